package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import org.legoos.mlx4.prm.CtrlSegment;

/**
 * The send queue's ring: which WQE is next, and whether software has handed it over. A doorbell stands for no more WQEs than the ring
 * has room for: before the first the ring may hold anything, and what the card's own completions write into a ring that overlaps with
 * their queue is not work without end.
 */
final class SendRing {
    private static final int SEGMENT_UNIT_BYTES = 16;
    private static final int COUNTER_MASK = 0xffff;

    private final QueueBuffer buffer;
    private final WqeSource source;
    private final long start;
    private final int logSize;
    private final int logStride;
    private boolean isLost; // its memory went away: one WQE fails for it, and there are no more
    private int counter; // slots consumed since creation; software sees its low 16 bits
    private int allowed; // slots that the last doorbell still stands for

    SendRing(QueueBuffer buffer, WqeSource source, long start, int logSize, int logStride) {
        this.buffer = buffer;
        this.source = source;
        this.start = start;
        this.logSize = logSize;
        this.logStride = logStride;
    }

    enum Fetched {
        NONE,
        WQE,
        /** Handed over, but it cannot be read. */
        UNREADABLE
    }

    void ring() {
        allowed = 1 << logSize;
    }

    /** Copies the next WQE to the source, whose size is then {@link CtrlSegment#DS}, and moves on. */
    Fetched fetch() {
        if (allowed <= 0) {
            return Fetched.NONE;
        }
        long at = start + ((long) (counter & (1 << logSize) - 1) << logStride);
        MemorySegment memory = buffer.locate(at);
        if (memory == null || isLost) {
            boolean isKnown = isLost;
            isLost = true;
            return isKnown ? Fetched.NONE : Fetched.UNREADABLE;
        }
        if (!buffer.refresh(at, CtrlSegment.SIZE_BYTES)) {
            return Fetched.NONE; // whose memory it is has gone
        }
        long base = buffer.offset(at);
        if (CtrlSegment.OWNER.get(memory, base) != (counter >>> logSize & 1)) {
            return Fetched.NONE;
        }
        VarHandle.acquireFence();
        int sizeBytes = Math.max(1, CtrlSegment.DS.get(memory, base)) * SEGMENT_UNIT_BYTES;
        boolean isRead = source.fetch(buffer, start, 1L << logSize + logStride, at - start, sizeBytes);
        CtrlSegment.DS.set(source.wqe, 0, sizeBytes / SEGMENT_UNIT_BYTES);
        int slots = Math.max(1, sizeBytes + (1 << logStride) - 1 >> logStride);
        counter += slots;
        allowed -= slots;
        isLost = !isRead;
        return isRead ? Fetched.WQE : Fetched.UNREADABLE;
    }

    int counter() {
        return counter & COUNTER_MASK;
    }
}
