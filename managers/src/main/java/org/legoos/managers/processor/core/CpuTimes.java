package org.legoos.managers.processor.core;

/**
 * CPU time of a thread. User and kernel time are not measured at each of millions of system calls (two clock
 * reads would cost more than getpid): one call in {@link #SAMPLE} is timed and stands for all of them.
 * CPU time is the time since the start without sleeps. Owner thread writes; others may read stale values.
 */
public final class CpuTimes {
    private final IoCounts io = new IoCounts();
    private long lastSyscall;
    static final int SAMPLE = 16;

    private final long startNs;
    private int calls;
    private volatile long systemNs;

    CpuTimes(long startNs) {
        this.startNs = startNs;
    }

    long startNs() {
        return startNs;
    }

    /** Whether this call is one that is timed. */
    boolean isSample() {
        return (++calls & SAMPLE - 1) == 0;
    }

    void sampled(long durationNs) {
        systemNs += durationNs * SAMPLE;
    }

    long totalNs(long nowNs, long sleptNs) {
        return Math.max(0, nowNs - startNs - sleptNs);
    }

    long systemNs(long totalNs) {
        return Math.min(systemNs, totalNs);
    }

    /** What it has read and written. */
    public IoCounts io() {
        return io;
    }

    /** The number of the system call it is in, or was in last, for those who look on. */
    public long lastSyscall() {
        return lastSyscall;
    }

    void entered(long nr) {
        lastSyscall = nr;
    }
}
