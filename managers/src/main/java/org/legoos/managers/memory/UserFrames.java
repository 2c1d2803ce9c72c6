package org.legoos.managers.memory;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.legoos.isa.mmu.FrameSource;
import org.legoos.kernel.mm.FrameAllocator;

/**
 * The frames that programs and files may use: the node's frames less a reserve, so that no program can take
 * what the kernel needs to go on. A freed frame rests before it is given out again, because the card
 * may still be sending it as somebody's last page (replies from handlers do not wait for the card).
 *
 * <p>After fork a frame has several owners, each of which frees it once; nobody writes to it until it has one again.
 */
public final class UserFrames implements FrameSource {
    private static final int RESERVE_SHIFT = 5; // 1/32 of the node
    private static final long MAX_RESERVE_BYTES = 32L << 20;
    private static final int PAGE_SHIFT = 12;
    /** Ranges of all address spaces: one for each 8 KiB of the node, within bounds. They take Java memory. */
    private static final int RANGE_SHIFT = 13;

    private static final long MIN_RANGES = 1 << 17;
    private static final long MAX_RANGES = 1 << 20;
    /** More frames than FIT can have replies under way. */
    private static final int RESTING = 512;

    private final FrameAllocator frames;
    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong ranges = new AtomicLong();
    private final long[] resting = new long[RESTING]; // guarded by this; a ring
    private int restingHead; // guarded by this
    private int restingCount; // guarded by this
    private volatile AtomicIntegerArray moreOwners; // by frame number; made at the first fork

    public UserFrames(FrameAllocator frames) {
        this.frames = frames;
        long reserveBytes = Math.min(MAX_RESERVE_BYTES, frames.totalBytes() >>> RESERVE_SHIFT);
        this.limit = Math.max(0, frames.freeBytes() - reserveBytes) >>> PAGE_SHIFT;
    }

    /** guestPa of a zeroed frame, or 0. */
    @Override
    public long allocFrame() {
        if (used.incrementAndGet() <= limit) {
            long pa = frames.alloc();
            if (pa == 0 && wakeResting()) {
                pa = frames.alloc();
            }
            if (pa != 0) {
                return pa;
            }
        }
        used.decrementAndGet();
        return 0;
    }

    /** One more owner: whoever writes must have a copy of his own from now on. Preconditions: the caller's owner has it. */
    public void share(long framePa) {
        AtomicIntegerArray owners = moreOwners;
        if (owners == null) {
            synchronized (this) {
                if (moreOwners == null) {
                    moreOwners = new AtomicIntegerArray((int) (frames.totalBytes() >>> PAGE_SHIFT));
                }
                owners = moreOwners;
            }
        }
        owners.incrementAndGet(frames.frameIndex(framePa));
    }

    /** Whether others own the frame too. When not, nobody can begin to but through the caller's owner. */
    public boolean isShared(long framePa) {
        AtomicIntegerArray owners = moreOwners;
        return owners != null && owners.get(frames.frameIndex(framePa)) > 0;
    }

    /** One owner less, if there are several. */
    private boolean leave(long framePa) {
        AtomicIntegerArray owners = moreOwners;
        if (owners == null) {
            return false;
        }
        int index = frames.frameIndex(framePa);
        int more = owners.get(index);
        while (more > 0 && !owners.compareAndSet(index, more, more - 1)) {
            more = owners.get(index);
        }
        return more > 0;
    }

    @Override
    public void freeFrame(long framePa) {
        if (leave(framePa)) {
            return;
        }
        used.decrementAndGet();
        long oldest = 0;
        synchronized (this) {
            int slot = (restingHead + restingCount) % RESTING;
            if (restingCount == RESTING) {
                oldest = resting[restingHead];
                restingHead = (restingHead + 1) % RESTING;
            } else {
                restingCount++;
            }
            resting[slot] = framePa;
        }
        if (oldest != 0) {
            frames.free(oldest);
        }
    }

    /**
     * guestPa of so many frames in a row, with whatever was there before, or 0. The owner writes what it reads, and sees to it that
     * they rest before {@link #freeContiguous}.
     */
    public long allocContiguousUncleared(int count) {
        if (used.addAndGet(count) <= limit) {
            long pa = frames.allocContiguousUncleared(count);
            if (pa == 0 && wakeResting()) {
                pa = frames.allocContiguousUncleared(count);
            }
            if (pa != 0) {
                return pa;
            }
        }
        used.addAndGet(-count);
        return 0;
    }

    public void freeContiguous(long pa, int count) {
        used.addAndGet(-count);
        frames.freeContiguous(pa, count);
    }

    /** Freed frames that nobody gets yet. */
    public synchronized int restingCount() {
        return restingCount;
    }

    /** Gives all resting frames back; whether there were any. */
    private synchronized boolean wakeResting() {
        boolean any = restingCount > 0;
        while (restingCount > 0) {
            frames.free(resting[restingHead]);
            restingHead = (restingHead + 1) % RESTING;
            restingCount--;
        }
        return any;
    }

    /** Counts ranges of address spaces that come (or, negative, go). */
    public void countRanges(int change) {
        ranges.addAndGet(change);
    }

    /** Ranges of all address spaces. */
    public long rangeCount() {
        return ranges.get();
    }

    /** Whether the node's address spaces together have as many ranges as it can keep. */
    public boolean hasTooManyRanges() {
        return ranges.get() >= Math.clamp(totalBytes() >>> RANGE_SHIFT, MIN_RANGES, MAX_RANGES);
    }

    public long totalBytes() {
        return limit << PAGE_SHIFT;
    }

    public long usedBytes() {
        return used.get() << PAGE_SHIFT;
    }

    public long freeBytes() {
        return totalBytes() - usedBytes();
    }
}
