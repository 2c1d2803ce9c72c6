package org.legoos.kernel.sched;

/** What real-time threads have had of one processor in the present period of the {@link RealTimeLimit}. Guarded by its owner's lock. */
final class RealTimeUse {
    private final RealTimeLimit limit;
    private long periodStartNs;
    private long usedNs;

    RealTimeUse(RealTimeLimit limit) {
        this.limit = limit;
    }

    /** A real-time thread has had the processor for so long until now. */
    void charge(long nowNs, long heldNs) {
        long startNs = nowNs - Math.floorMod(nowNs, limit.periodNs());
        if (startNs != periodStartNs) {
            periodStartNs = startNs;
            usedNs = 0;
        }
        usedNs += Math.min(heldNs, nowNs - startNs);
    }

    /** What is left in this period; Long.MAX_VALUE without a limit. */
    long leftNs(long nowNs) {
        charge(nowNs, 0);
        long runtimeNs = limit.runtimeNs();
        return runtimeNs == Long.MAX_VALUE ? runtimeNs : Math.max(0, runtimeNs - usedNs);
    }

    boolean isOver(long nowNs) {
        return leftNs(nowNs) == 0;
    }

    /** Until real-time threads may go on. */
    long untilNextNs(long nowNs) {
        return limit.periodNs() - Math.floorMod(nowNs, limit.periodNs());
    }
}
