package org.legoos.kernel.mm;

import java.util.BitSet;
import org.legoos.isa.memory.PhysicalMemory;

/**
 * The node's page-frame allocator: physically contiguous runs of 4 KiB frames out of one range of RAM,
 * first fit over a bitmap of words, with a cursor. Thread-safe. Frames are given zeroed.
 */
public final class FrameAllocator {
    private static final int SHIFT = PhysicalMemory.PAGE_SHIFT;

    private final PhysicalMemory memory;
    private final long basePa;
    private final int frameCount;
    private final BitSet used; // guarded by this
    private int cursor; // guarded by this
    private int usedCount; // guarded by this
    private final BitSet dirty; // guarded by this; frames that were given out before

    /** Manages [basePa, basePa + sizeBytes), both page aligned. */
    public FrameAllocator(PhysicalMemory memory, long basePa, long sizeBytes) {
        this.memory = memory;
        this.basePa = basePa;
        this.frameCount = Math.toIntExact(sizeBytes >>> SHIFT);
        this.used = new BitSet();
        this.dirty = new BitSet();
    }

    /** @return guestPa of a zeroed frame, 0 when none is left */
    public long alloc() {
        return allocContiguous(1);
    }

    /** @return guestPa of {@code frames} zeroed contiguous frames, 0 when there is no such run */
    public long allocContiguous(int frames) {
        return allocContiguous(frames, true);
    }

    /** As allocContiguous, with whatever was there before: for who writes all of it before anybody reads it. */
    public long allocContiguousUncleared(int frames) {
        return allocContiguous(frames, false);
    }

    private long allocContiguous(int frames, boolean clears) {
        int first;
        boolean wasUsed;
        synchronized (this) {
            first = FreeRun.find(used, cursor, 0, frameCount, frames);
            if (first < 0) {
                return 0;
            }
            used.set(first, first + frames);
            usedCount += frames;
            cursor = first + frames;
            int firstDirty = dirty.nextSetBit(first);
            wasUsed = firstDirty >= 0 && firstDirty < first + frames;
            dirty.set(first, first + frames);
        }
        long pa = basePa + ((long) first << SHIFT);
        if (wasUsed && clears) {
            memory.zero(pa, (long) frames << SHIFT);
        }
        return pa;
    }

    public void free(long pa) {
        freeContiguous(pa, 1);
    }

    public synchronized void freeContiguous(long pa, int frames) {
        int first = Math.toIntExact((pa - basePa) >>> SHIFT);
        if (used.nextClearBit(first) < first + frames) {
            throw new IllegalStateException("double free of frame 0x" + Long.toHexString(pa));
        }
        used.clear(first, first + frames);
        usedCount -= frames;
        if (first < cursor) {
            cursor = first;
        }
    }

    /** Number of a frame, from 0, among the {@link #totalBytes} of this allocator. */
    public int frameIndex(long pa) {
        return Math.toIntExact((pa - basePa) >>> SHIFT);
    }

    public long totalBytes() {
        return (long) frameCount << SHIFT;
    }

    public synchronized long freeBytes() {
        return (long) (frameCount - usedCount) << SHIFT;
    }
}
