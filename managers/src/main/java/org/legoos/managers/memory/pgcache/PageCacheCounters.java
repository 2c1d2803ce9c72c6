package org.legoos.managers.memory.pgcache;

import org.legoos.kernel.counters.Counter;
import org.legoos.kernel.counters.Counters;

/** What the page cache counts. */
final class PageCacheCounters {
    private final Counter hits;
    private final Counter misses;
    private final Counter fills;
    private final Counter fillBytes;
    private final Counter writeBacks;
    private final Counter writeBackBytes;
    private final Counter evictions;
    private final Counter errors;

    PageCacheCounters(Counters counters) {
        hits = counters.counter("pgcache_hit");
        misses = counters.counter("pgcache_miss");
        fills = counters.counter("pgcache_fill");
        fillBytes = counters.counter("pgcache_fill_bytes");
        writeBacks = counters.counter("pgcache_writeback");
        writeBackBytes = counters.counter("pgcache_writeback_bytes");
        evictions = counters.counter("pgcache_eviction");
        errors = counters.counter("pgcache_error");
    }

    void hit() {
        hits.increment();
    }

    void miss() {
        misses.increment();
    }

    /** A read from the storage node. @param bytes or a negative errno */
    void fill(int bytes) {
        fills.increment();
        if (bytes < 0) {
            errors.increment();
        } else {
            fillBytes.add(bytes);
        }
    }

    void writeBack(int bytes) {
        writeBacks.increment();
        writeBackBytes.add(bytes);
    }

    void evicted() {
        evictions.increment();
    }

    void failed() {
        errors.increment();
    }
}
