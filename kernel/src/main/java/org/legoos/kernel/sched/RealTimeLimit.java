package org.legoos.kernel.sched;

/**
 * How much of a processor's time real-time threads get while ordinary ones wait (sched(7), sched_rt_runtime_us): of each period, as the
 * clock divides time into periods, so much; the rest is for ordinary threads. One for a node; any thread.
 */
public final class RealTimeLimit {
    /** {@link #runtimeUs()}: real-time threads may take all there is. */
    public static final int UNLIMITED = -1;

    private static final int PERIOD_US = 1_000_000;
    private static final int RUNTIME_US = 950_000;
    private static final long NS_PER_US = 1000;

    private volatile int periodUs = PERIOD_US;
    private volatile int runtimeUs = RUNTIME_US;

    public int periodUs() {
        return periodUs;
    }

    public int runtimeUs() {
        return runtimeUs;
    }

    /** @return false when the period is not positive or the runtime longer than it (Linux: EINVAL) */
    public synchronized boolean set(int newPeriodUs, int newRuntimeUs) {
        if (newPeriodUs <= 0 || newRuntimeUs < UNLIMITED || newRuntimeUs > newPeriodUs) {
            return false;
        }
        periodUs = newPeriodUs;
        runtimeUs = newRuntimeUs;
        return true;
    }

    long periodNs() {
        return periodUs * NS_PER_US;
    }

    /** Long.MAX_VALUE when there is no limit. */
    long runtimeNs() {
        int us = runtimeUs;
        return us == UNLIMITED || us == periodUs ? Long.MAX_VALUE : us * NS_PER_US;
    }
}
