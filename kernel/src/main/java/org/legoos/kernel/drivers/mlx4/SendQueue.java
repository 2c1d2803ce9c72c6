package org.legoos.kernel.drivers.mlx4;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.ib.QpType;
import org.legoos.kernel.ib.SendWorkRequest;
import org.legoos.mlx4.prm.CtrlSegment;

/** The send ring of a QP: who posts holds its lock, who polls moves the tail under the CQ's. */
final class SendQueue {
    private static final int STAMP = -1;
    private static final int STAMP_BYTES = 64;
    private static final int COUNTER_MASK = 0xffff;

    private final MemorySegment memory;
    private final long basePa;
    private final QpGeometry geometry;
    private final long[] workRequestIds;
    private final int slotMask;
    private int head; // guarded by this
    private volatile int tail; // written under the send CQ's lock

    SendQueue(MemorySegment memory, long basePa, QpGeometry geometry) {
        this.memory = memory;
        this.basePa = basePa;
        this.geometry = geometry;
        slotMask = geometry.sendSlots() - 1;
        workRequestIds = new long[geometry.sendSlots()];
    }

    /** Marks every slot as software's and starts at slot 0. */
    synchronized void reset() {
        head = 0;
        tail = 0;
        for (int i = 0; i < geometry.sendSlots(); i++) {
            CtrlSegment.OWNER_OPCODE_WORD.set(memory, slot(i), STAMP);
            stampTail(i);
        }
    }

    /** What {@link #post} says when the queue is full, and when a doorbell is due; else it is a WQE for BlueFlame. */
    static final long FULL = -1;

    static final long POSTED = 0;

    /** @param blueFlame for inline requests that fit; null: never */
    synchronized long post(SendWorkRequest request, QpType type, int pd, int port, BlueFlame blueFlame, int qpn) {
        int index = head;
        if (index - tail >= geometry.maxSends()) {
            return FULL;
        }
        long wqe = slot(index);
        switch (type) {
            case UD -> SendWqe.datagram(memory, wqe, request, pd, port);
            case GSI -> MadWqe.write(memory, wqe, request, index);
            case RC, UC -> SendWqe.connected(memory, wqe, request);
        }
        workRequestIds[index & slotMask] = request.workRequestId;
        int ownerBit = index >>> geometry.logSendSlots() & 1;
        int lineBytes = blueFlame != null && request.inline ? SendWqe.lineBytes(memory, wqe) : Integer.MAX_VALUE;
        boolean isBlueFlame = blueFlame != null && blueFlame.takes(lineBytes);
        if (isBlueFlame) {
            SendWqe.publish(memory, wqe, SendWqe.opcode(request.opcode), ownerBit, index, qpn);
        } else {
            SendWqe.publish(memory, wqe, SendWqe.opcode(request.opcode), ownerBit);
        }
        head = index + 1;
        stampTail(index + geometry.headroomSlots());
        return isBlueFlame ? wqe : POSTED;
    }

    /** The WQE with this 16-bit counter is done, and with it all before it. @return its work request's id */
    long done(int wqeCounter) {
        int last = tail;
        last += wqeCounter - last & COUNTER_MASK;
        long id = workRequestIds[last & slotMask];
        tail = last + 1;
        return id;
    }

    synchronized boolean isEmpty() {
        return tail == head;
    }

    /** The oldest one is done. @return its work request's id */
    long done() {
        return done(tail);
    }

    /** Words at which a prefetch of a slot used later would look for an inline header. */
    private void stampTail(int index) {
        long wqe = slot(index);
        for (int at = STAMP_BYTES; at < 1 << geometry.logSendStride(); at += STAMP_BYTES) {
            WireWords.put(memory, wqe + at, STAMP);
        }
    }

    private long slot(int index) {
        return basePa + ((long) (index & slotMask) << geometry.logSendStride());
    }
}
