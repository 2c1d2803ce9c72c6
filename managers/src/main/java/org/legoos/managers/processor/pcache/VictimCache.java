package org.legoos.managers.processor.pcache;

import java.util.concurrent.atomic.AtomicBoolean;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.mm.FrameAllocator;

/**
 * The fully associative victim cache (victim.c): copies of the last evicted pages, found by address space and address. An
 * entry is reserved before the page is unmapped, so that a faulting thread always finds it, and gets its data after.
 *
 * <pre>
 *   FREE -> RESERVED (Allocated) -> DIRTY (Hasdata, Waitflush) -> FLUSHING (Writeback) -> CLEAN (Usable, Flushed)
 *                                `-> CLEAN
 * </pre>
 *
 * One lock guards all; it is held for a scan of at most 128 entries and the copy of a page.
 */
final class VictimCache {
    static final int FREE = 0;
    static final int RESERVED = 1;
    static final int DIRTY = 2;
    static final int FLUSHING = 3;
    static final int CLEAN = 4;
    static final int NONE = -1;

    private final PhysicalMemory memory;
    private final long dataPa;
    private final int[] state;
    private final int[] space;
    private final long[] va;
    private final long[] stamp;
    private long nextStamp;
    private final AtomicBoolean locked = new AtomicBoolean();

    /** Takes its data pages from {@code frames}; there must be enough at boot. */
    VictimCache(PhysicalMemory memory, FrameAllocator frames, int entries) {
        this.memory = memory;
        this.dataPa = frames.allocContiguous(entries);
        if (dataPa == 0) {
            throw new IllegalStateException("no memory for " + entries + " victim cache entries");
        }
        state = new int[entries];
        space = new int[entries];
        va = new long[entries];
        stamp = new long[entries];
    }

    void lock() {
        while (!locked.compareAndSet(false, true)) {
            Thread.onSpinWait();
        }
    }

    void unlock() {
        locked.set(false);
    }

    int entryCount() {
        return state.length;
    }

    long dataPa(int entry) {
        return dataPa + ((long) entry << PhysicalMemory.PAGE_SHIFT);
    }

    // Everything below: preconditions: locked.

    int state(int entry) {
        return state[entry];
    }

    void setState(int entry, int newState) {
        state[entry] = newState;
    }

    int space(int entry) {
        return space[entry];
    }

    long va(int entry) {
        return va[entry];
    }

    /** The oldest entry of a state, or NONE. */
    int oldest(int wanted) {
        return nextOldest(wanted, NONE);
    }

    /** The oldest entry of a state among those younger than another one, or NONE. */
    int nextOldest(int wanted, int other) {
        int found = NONE;
        for (int i = 0; i < state.length; i++) {
            boolean isYounger = other == NONE || stamp[i] > stamp[other];
            if (state[i] == wanted && isYounger && (found == NONE || stamp[i] < stamp[found])) {
                found = i;
            }
        }
        return found;
    }

    void reserve(int entry, int spaceId, long guestVa) {
        state[entry] = RESERVED;
        space[entry] = spaceId;
        va[entry] = guestVa;
        stamp[entry] = nextStamp++;
    }

    int find(int spaceId, long guestVa) {
        return findIn(spaceId, guestVa, guestVa + 1);
    }

    /** An entry of the range, or NONE. */
    int findIn(int spaceId, long startVa, long endVa) {
        for (int i = 0; i < state.length; i++) {
            if (state[i] != FREE && space[i] == spaceId && va[i] >= startVa && va[i] < endVa) {
                return i;
            }
        }
        return NONE;
    }

    void copyTo(int entry, long toPa) {
        memory.copy(dataPa(entry), toPa, PhysicalMemory.PAGE_SIZE);
    }
}
