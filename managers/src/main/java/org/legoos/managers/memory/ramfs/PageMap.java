package org.legoos.managers.memory.ramfs;

import java.util.function.LongConsumer;

/**
 * Page index to frame, as an open-addressing table of longs: its size follows the number of pages, not the
 * size of a sparse file, and a lookup allocates nothing. Indexes are 0 or more; frames are not 0.
 */
final class PageMap {
    private static final int MIN_SLOTS = 8;
    private static final long HASH = 0x9e3779b97f4a7c15L;

    private long[] indexes = new long[MIN_SLOTS];
    private long[] frames = new long[MIN_SLOTS]; // 0 marks a free slot
    private int count;

    int count() {
        return count;
    }

    long get(long index) {
        return frames[slot(index)];
    }

    /** The slot that has the index, or the free one where it belongs. */
    private int slot(long index) {
        int mask = frames.length - 1;
        int slot = home(index);
        while (frames[slot] != 0 && indexes[slot] != index) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private int home(long index) {
        return (int) (index * HASH >>> 32) & frames.length - 1;
    }

    void put(long index, long framePa) {
        if ((count + 1) * 4L > frames.length * 3L) {
            resize(frames.length * 2);
        }
        int slot = slot(index);
        count += frames[slot] == 0 ? 1 : 0;
        indexes[slot] = index;
        frames[slot] = framePa;
    }

    /** The least index that is at least so large and has a frame, -1 when there is none. */
    long firstFrom(long index) {
        if (frames[slot(index)] != 0) {
            return index;
        }
        long found = -1;
        for (int i = 0; i < frames.length; i++) {
            boolean isNearer = frames[i] != 0 && indexes[i] >= index && (found < 0 || indexes[i] < found);
            found = isNearer ? indexes[i] : found;
        }
        return found;
    }

    /** Takes out all pages from firstIndex on and hands their frames over. */
    void removeFrom(long firstIndex, LongConsumer freed) {
        removeRange(firstIndex, Long.MAX_VALUE, freed);
    }

    /** Takes out the pages of [firstIndex, endIndex) and hands their frames over. */
    void removeRange(long firstIndex, long endIndex, LongConsumer freed) {
        long[] oldIndexes = indexes;
        long[] oldFrames = frames;
        int kept = 0;
        for (int i = 0; i < oldFrames.length; i++) {
            if (oldFrames[i] != 0 && oldIndexes[i] >= firstIndex && oldIndexes[i] < endIndex) {
                freed.accept(oldFrames[i]);
                oldFrames[i] = 0;
            }
            kept += oldFrames[i] != 0 ? 1 : 0;
        }
        if (kept != count) {
            int slots = MIN_SLOTS;
            while ((kept + 1) * 4L > slots * 3L) {
                slots *= 2;
            }
            resize(slots);
        }
    }

    private void resize(int slots) {
        long[] oldIndexes = indexes;
        long[] oldFrames = frames;
        indexes = new long[slots];
        frames = new long[slots];
        count = 0;
        for (int i = 0; i < oldFrames.length; i++) {
            if (oldFrames[i] != 0) {
                int slot = slot(oldIndexes[i]);
                indexes[slot] = oldIndexes[i];
                frames[slot] = oldFrames[i];
                count++;
            }
        }
    }
}
