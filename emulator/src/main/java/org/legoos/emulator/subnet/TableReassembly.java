package org.legoos.emulator.subnet;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.mad.SaMad;
import org.legoos.mlx4.sa.RmppReceiver;

/**
 * The multi-packet protocol in the name of clients, as the kernel does it for programs. A message to a client has room for one
 * datagram, so that of a longer table it gets the records that are in the first segment (as with ibsim itself).
 */
final class TableReassembly {
    private static final int TABLES_MAX = 64;

    /** What to do with a datagram. @param acknowledgement to be sent back, or null @param delivered to the client, or null */
    record Step(byte[] acknowledgement, byte[] delivered, int lengthBytes) {
        static Step pass(byte[] mad) {
            return new Step(null, mad, Mad.SIZE_BYTES);
        }
    }

    private final Map<Long, RmppReceiver> tables = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, RmppReceiver> eldest) {
            return size() > TABLES_MAX;
        }
    };

    /** A response that arrived; by its transaction id segments belong together. */
    synchronized Step take(byte[] mad) {
        MemorySegment m = MemorySegment.ofArray(mad);
        boolean isSegment = Mad.MGMT_CLASS.get(m, 0) == SaMad.CLASS_SUBN_ADM && (SaMad.RMPP_FLAGS.get(m, 0) & SaMad.FLAG_ACTIVE) != 0
                && SaMad.RMPP_TYPE.get(m, 0) == SaMad.TYPE_DATA && SaMad.RMPP_SEGMENT.get(m, 0) > 0;
        if (!isSegment) {
            return Step.pass(mad);
        }
        long id = Mad.TRANSACTION_ID.get(m, 0);
        RmppReceiver table = tables.computeIfAbsent(id, key -> new RmppReceiver());
        byte[] acknowledgement = table.accept(mad);
        if (!table.isComplete()) {
            return new Step(acknowledgement, null, 0);
        }
        tables.remove(id);
        int stride = SaMad.ATTRIBUTE_OFFSET.get(MemorySegment.ofArray(table.head()), 0) * Long.BYTES;
        int data = table.data().length;
        int fitting = stride == 0 ? 0 : Math.min(data, SaMad.DATA_BYTES / stride * stride);
        return new Step(acknowledgement, table.head(), SaMad.DATA + fitting);
    }
}
