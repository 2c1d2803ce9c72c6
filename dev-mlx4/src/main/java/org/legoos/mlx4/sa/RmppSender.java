package org.legoos.mlx4.sa;

import java.lang.foreign.MemorySegment;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.mad.SaMad;

/**
 * Sends tables in segments (IBA 13.6.6): so many as the receiver's window allows, again from the last acknowledged one on after a
 * time-out, and gives up after a few. Used by one agent.
 */
public final class RmppSender {
    /** Tables that are under way; a further one is refused with "no resources". */
    public static final int TRANSFERS_MAX = 128;

    /** Bytes of all tables under way: what strangers can make us keep. */
    public static final int BYTES_MAX = 32 << 20;

    private static final long TIMEOUT_NS = 500_000_000L;
    private static final int TIMEOUTS_MAX = 4;

    /** Takes segments to the wire. */
    @FunctionalInterface
    public interface Output {
        void send(byte[] mad, int dlid, int qp);
    }

    private record Key(long transactionId, int lid, int qp) {}

    private static final class Transfer {
        byte[] head;
        byte[] data;
        int segments;
        int acknowledged;
        int windowLast = 1;
        int sent;
        int timeouts;
        long deadlineNs;
    }

    private final Output output;
    private final Map<Key, Transfer> transfers = new LinkedHashMap<>();

    public RmppSender(Output output) {
        this.output = output;
    }

    /**
     * Begins to send a table.
     *
     * @param head the response as it shall be, without data: {@link SaMad#DATA} bytes
     * @return false when too much is under way
     */
    public boolean start(byte[] head, byte[] data, int dlid, int qp, long nowNs) {
        Key key = new Key(Mad.TRANSACTION_ID.get(MemorySegment.ofArray(head), 0), dlid, qp);
        transfers.remove(key); // asked again
        long held = data.length;
        for (Transfer each : transfers.values()) {
            held += each.data.length;
        }
        if (transfers.size() >= TRANSFERS_MAX || held > BYTES_MAX) {
            return false;
        }
        Transfer transfer = new Transfer();
        transfer.head = head;
        transfer.data = data;
        transfer.segments = Math.max(1, (data.length + SaMad.DATA_BYTES - 1) / SaMad.DATA_BYTES);
        transfers.put(key, transfer);
        push(key, transfer, nowNs);
        return true;
    }

    /** An ACK, STOP or ABORT from the receiver. */
    public void control(byte[] mad, int slid, int qp, long nowNs) {
        MemorySegment m = MemorySegment.ofArray(mad);
        Key key = new Key(Mad.TRANSACTION_ID.get(m, 0), slid, qp);
        Transfer transfer = transfers.get(key);
        if (transfer == null) {
            return;
        }
        if (SaMad.RMPP_TYPE.get(m, 0) != SaMad.TYPE_ACK) {
            transfers.remove(key);
            return;
        }
        int segment = SaMad.RMPP_SEGMENT.get(m, 0);
        int last = SaMad.RMPP_NEW_WINDOW_LAST.get(m, 0);
        if (segment < transfer.acknowledged || segment > transfer.sent || last < segment) {
            return; // an old one, or nonsense
        }
        boolean isProgress = segment > transfer.acknowledged || last > transfer.windowLast;
        transfer.acknowledged = segment;
        transfer.windowLast = Math.max(transfer.windowLast, last);
        if (segment == transfer.segments) {
            transfers.remove(key);
        } else if (isProgress) {
            transfer.timeouts = 0;
            push(key, transfer, nowNs);
        }
    }

    /** Repeats what has not been acknowledged in time. */
    public void runDue(long nowNs) {
        for (Iterator<Map.Entry<Key, Transfer>> all = transfers.entrySet().iterator(); all.hasNext();) {
            Map.Entry<Key, Transfer> each = all.next();
            Transfer transfer = each.getValue();
            if (transfer.deadlineNs > nowNs) {
                continue;
            }
            if (++transfer.timeouts > TIMEOUTS_MAX) {
                all.remove();
            } else {
                transfer.sent = transfer.acknowledged;
                push(each.getKey(), transfer, nowNs);
            }
        }
    }

    /** When {@link #runDue} has something to do; {@link Long#MAX_VALUE}: never. */
    public long nextDeadlineNs() {
        long next = Long.MAX_VALUE;
        for (Transfer each : transfers.values()) {
            next = Math.min(next, each.deadlineNs);
        }
        return next;
    }

    private void push(Key key, Transfer transfer, long nowNs) {
        while (transfer.sent < Math.min(transfer.windowLast, transfer.segments)) {
            transfer.sent++;
            output.send(segment(transfer, transfer.sent), key.lid, key.qp);
        }
        transfer.deadlineNs = nowNs + TIMEOUT_NS;
    }

    private static byte[] segment(Transfer transfer, int number) {
        byte[] mad = java.util.Arrays.copyOf(transfer.head, Mad.SIZE_BYTES);
        MemorySegment m = MemorySegment.ofArray(mad);
        int from = (number - 1) * SaMad.DATA_BYTES;
        int length = Math.min(SaMad.DATA_BYTES, transfer.data.length - from);
        System.arraycopy(transfer.data, from, mad, SaMad.DATA, length);
        boolean isFirst = number == 1;
        boolean isLast = number == transfer.segments;
        SaMad.RMPP_VERSION.set(m, 0, SaMad.RMPP_VERSION_1);
        SaMad.RMPP_TYPE.set(m, 0, SaMad.TYPE_DATA);
        SaMad.RMPP_RESP_TIME.set(m, 0, SaMad.RESP_TIME_NONE);
        SaMad.RMPP_FLAGS.set(m, 0, SaMad.FLAG_ACTIVE | (isFirst ? SaMad.FLAG_FIRST : 0) | (isLast ? SaMad.FLAG_LAST : 0));
        SaMad.RMPP_STATUS.set(m, 0, 0);
        SaMad.RMPP_SEGMENT.set(m, 0, number);
        int whole = transfer.data.length + transfer.segments * SaMad.CLASS_HEADER_BYTES;
        SaMad.RMPP_PAYLOAD_LENGTH.set(m, 0, isFirst ? whole : isLast ? length + SaMad.CLASS_HEADER_BYTES : 0);
        return mad;
    }
}
