package org.legoos.kernel.drivers.mlx4;

import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.prm.DataSegment;
import org.legoos.mlx4.prm.MemKey;
import org.legoos.mlx4.prm.RqDoorbell;

/** The receive ring of a QP; the card learns of new entries from the doorbell record. */
final class ReceiveQueue {
    private final MemorySegment memory;
    private final long basePa;
    private final long doorbellRecord;
    private final QpGeometry geometry;
    private final long[] workRequestIds;
    private final int slotMask;
    private int head; // guarded by this
    private volatile int tail; // written under the receive CQ's lock

    ReceiveQueue(MemorySegment memory, long basePa, long doorbellRecord, QpGeometry geometry) {
        this.memory = memory;
        this.basePa = basePa;
        this.doorbellRecord = doorbellRecord;
        this.geometry = geometry;
        slotMask = geometry.receiveSlots() - 1;
        workRequestIds = new long[geometry.receiveSlots()];
    }

    synchronized void reset() {
        head = 0;
        tail = 0;
        WireWords.publish(memory, doorbellRecord, 0);
    }

    /** @return false when the queue is full */
    synchronized boolean post(long workRequestId, long address, int lengthBytes, int localKey) {
        int index = head;
        if (index - tail >= geometry.receiveSlots()) {
            return false;
        }
        long wqe = basePa + ((long) (index & slotMask) << geometry.logReceiveStride());
        if (lengthBytes > 0) {
            segment(wqe, address, lengthBytes, localKey);
        }
        int used = lengthBytes > 0 ? DataSegment.SIZE_BYTES : 0;
        if (used < 1 << geometry.logReceiveStride()) {
            segment(wqe + used, 0, 0, MemKey.INVALID_LKEY); // the end of the list
        }
        workRequestIds[index & slotMask] = workRequestId;
        head = index + 1;
        WireWords.publish(memory, doorbellRecord, RqDoorbell.POSTED.of0(head));
        return true;
    }

    synchronized boolean isEmpty() {
        return tail == head;
    }

    /** Receives complete in order. @return the work request's id */
    long done() {
        int index = tail;
        long id = workRequestIds[index & slotMask];
        tail = index + 1;
        return id;
    }

    private void segment(long at, long address, int lengthBytes, int localKey) {
        WireWords.put(memory, at, lengthBytes);
        DataSegment.LKEY.set(memory, at, localKey);
        DataSegment.ADDRESS.set(memory, at, address);
    }
}
