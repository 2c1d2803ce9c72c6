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
        usedNs = usedNs(nowNs, heldNs);
    }

    /** Time used in the present period, with a turn that has lasted for so long. */
    private long usedNs(long nowNs, long heldNs) {
        long startNs = nowNs - Math.floorMod(nowNs, limit.periodNs());
        if (startNs != periodStartNs) {
            periodStartNs = startNs;
            usedNs = 0;
        }
        return usedNs + Math.min(heldNs, nowNs - startNs);
    }

    /** What is left in this period for a real-time thread that has had the processor for so long; Long.MAX_VALUE without a limit. */
    long leftNs(long nowNs, long heldNs) {
        long runtimeNs = limit.runtimeNs();
        return runtimeNs == Long.MAX_VALUE ? runtimeNs : Math.max(0, runtimeNs - usedNs(nowNs, heldNs));
    }

    boolean isOver(long nowNs) {
        return leftNs(nowNs, 0) == 0;
    }

    /** Until real-time threads may go on. */
    long untilNextNs(long nowNs) {
        return limit.periodNs() - Math.floorMod(nowNs, limit.periodNs());
    }
}
