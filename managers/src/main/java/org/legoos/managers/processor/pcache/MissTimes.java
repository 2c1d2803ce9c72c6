package org.legoos.managers.processor.pcache;

import org.legoos.isa.time.Clock;
import org.legoos.kernel.counters.Counters;
import org.legoos.kernel.counters.LatencyHistogram;

/**
 * Where the time of a miss goes: walk (range and page-table lookup), alloc (a line, without evicting), evict, rpc, map; and
 * that of a zero fill as a whole. Six clock readings a miss when switched on, none otherwise.
 */
final class MissTimes {
    private final Clock clock;
    private final boolean isOn;
    private final LatencyHistogram miss;
    private final LatencyHistogram walk;
    private final LatencyHistogram alloc;
    private final LatencyHistogram evict;
    private final LatencyHistogram rpc;
    private final LatencyHistogram map;
    private final LatencyHistogram zerofill;

    MissTimes(Clock clock, Counters counters, boolean isOn) {
        this.clock = clock;
        this.isOn = isOn;
        miss = counters.histogram("pcache_miss_ns");
        walk = counters.histogram("pcache_miss_walk_ns");
        alloc = counters.histogram("pcache_miss_alloc_ns");
        evict = counters.histogram("pcache_miss_evict_ns");
        rpc = counters.histogram("pcache_miss_rpc_ns");
        map = counters.histogram("pcache_miss_map_ns");
        zerofill = counters.histogram("pcache_zerofill_ns");
    }

    long now() {
        return isOn ? clock.nowNs() : 0;
    }

    /** @param faultNs when the fault began */
    void begin(FaultContext context, long faultNs) {
        if (isOn) {
            long nowNs = clock.nowNs();
            walk.recordNs(nowNs - faultNs);
            context.startNs = faultNs;
            context.filledNs = nowNs; // of the walk, until allocated
            context.evictNs = 0;
            context.rpcNs = 0;
        }
    }

    void evicted(FaultContext context, long sinceNs) {
        if (isOn) {
            context.evictNs += clock.nowNs() - sinceNs;
        }
    }

    void allocated(FaultContext context) {
        if (isOn) {
            context.allocatedNs = clock.nowNs();
            alloc.recordNs(context.allocatedNs - context.filledNs - context.evictNs);
            if (context.evictNs != 0) {
                evict.recordNs(context.evictNs);
            }
        }
    }

    /** The page is in its line. */
    void filled(FaultContext context) {
        if (isOn) {
            context.filledNs = clock.nowNs();
            context.rpcNs = context.filledNs - context.allocatedNs;
        }
    }

    /** @param isMiss whether it came from its home */
    void mapped(FaultContext context, boolean isMiss) {
        if (!isOn) {
            return;
        }
        long nowNs = clock.nowNs();
        map.recordNs(nowNs - context.filledNs);
        if (isMiss) {
            rpc.recordNs(context.rpcNs);
            miss.recordNs(nowNs - context.startNs);
        } else {
            zerofill.recordNs(nowNs - context.startNs);
        }
    }
}
