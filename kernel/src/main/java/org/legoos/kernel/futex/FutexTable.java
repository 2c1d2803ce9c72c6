package org.legoos.kernel.futex;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * All futex waiters of a node. A word is named by its owner and an offset: an address space and an address, or a
 * memory object that several processes share and a place in it. Nothing is kept for a word that nobody waits for.
 */
public final class FutexTable {
    private static final int BUCKETS = 256;
    private static final int WORD_BITS = 2;
    private static final int SPREAD = 0x9e3779b9;

    private final FutexBucket[] buckets = new FutexBucket[BUCKETS];
    private final AtomicInteger piWaits = new AtomicInteger();

    public FutexTable() {
        for (int i = 0; i < BUCKETS; i++) {
            buckets[i] = new FutexBucket(i);
        }
    }

    public FutexBucket bucket(Object owner, long offset) {
        int hash = (owner.hashCode() + Long.hashCode(offset >>> WORD_BITS)) * SPREAD;
        return buckets[hash >>> 24];
    }

    public FutexBucket bucket(int index) {
        return buckets[index];
    }

    public int bucketCount() {
        return BUCKETS;
    }

    /** Threads that wait for a word now. */
    public int waiterCount() {
        int count = 0;
        for (FutexBucket bucket : buckets) {
            count += bucket.count();
        }
        return count;
    }

    /** Calls that may wait for a PI futex begin and end; a dying owner need not look for heirs when there are none. */
    public void piWaitBegins() {
        piWaits.incrementAndGet();
    }

    public void piWaitEnds() {
        piWaits.decrementAndGet();
    }

    public boolean hasPiWaits() {
        return piWaits.get() > 0;
    }
}
