package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import org.legoos.mlx4.prm.DataSegment;
import org.legoos.mlx4.prm.MemKey;
import org.legoos.mlx4.prm.RqDoorbell;
import org.legoos.mlx4.transport.ReceiveRequest;

/** A receive queue's ring. How much is posted is known only from the doorbell record in memory. */
final class ReceiveRing {
    private static final int COUNTER_MASK = 0xffff;

    private final QueueBuffer buffer;
    private final BusMaster bus;
    private final long start;
    private final int logSize;
    private final int logStride;
    private final long dbRecordAddr;
    private int posted; // as last read
    private int counter;

    ReceiveRing(QueueBuffer buffer, BusMaster bus, long start, int logSize, int logStride, long dbRecordAddr) {
        this.buffer = buffer;
        this.bus = bus;
        this.start = start;
        this.logSize = logSize;
        this.logStride = logStride;
        this.dbRecordAddr = dbRecordAddr;
    }

    boolean fetch(ReceiveRequest into) {
        if (posted == counter) {
            posted = RqDoorbell.POSTED.of(bus.read32(dbRecordAddr, posted));
            if (posted == counter) {
                return false;
            }
            VarHandle.acquireFence();
        }
        into.wqeIndex = counter;
        long at = start + ((long) (counter & (1 << logSize) - 1) << logStride);
        readScatterList(buffer, at, (1 << logStride) / DataSegment.SIZE_BYTES, into);
        counter = counter + 1 & COUNTER_MASK;
        return true;
    }

    /** Reads up to {@code maxEntries}; an unreadable one ends the list, and what arrives does not fit. */
    static void readScatterList(QueueBuffer buffer, long from, int maxEntries, ReceiveRequest into) {
        int entries = Math.min(maxEntries, HcaLimits.MAX_SG_RQ);
        for (int i = 0; i < entries; i++) {
            long at = from + (long) i * DataSegment.SIZE_BYTES;
            MemorySegment memory = buffer.locate(at);
            if (memory == null || !buffer.refresh(at, DataSegment.SIZE_BYTES)) {
                return;
            }
            long base = buffer.offset(at);
            int count = DataSegment.BYTE_COUNT.get(memory, base);
            int lkey = DataSegment.LKEY.get(memory, base);
            if (count == 0 && lkey == MemKey.INVALID_LKEY) {
                return;
            }
            if (count != 0) {
                into.data.add(lkey, DataSegment.ADDRESS.get(memory, base), count);
            }
        }
    }

    int counter() {
        return counter;
    }
}
