package org.legoos.managers.processor.pcache;

import java.util.BitSet;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Address spaces by the small number that reverse mappings hold (the ASID of the paper's lines). */
final class SpaceTable {
    /** As many processes as Linux has pids by default. */
    private static final int MAX_SPACES = 32768;

    private final AtomicReferenceArray<PcacheSpace> spaces = new AtomicReferenceArray<>(MAX_SPACES);
    private final BitSet used = new BitSet(); // guarded by this

    /** Reserves an id; -1 when there are too many. */
    synchronized int reserve() {
        int id = used.nextClearBit(1);
        if (id >= MAX_SPACES) {
            return -1;
        }
        used.set(id);
        return id;
    }

    synchronized int count() {
        return used.cardinality();
    }

    void put(PcacheSpace space) {
        spaces.setRelease(space.id, space);
    }

    PcacheSpace get(int id) {
        return spaces.getAcquire(id);
    }

    /** Preconditions: no line refers to it any more. */
    synchronized void remove(PcacheSpace space) {
        spaces.setRelease(space.id, null);
        used.clear(space.id);
    }
}
