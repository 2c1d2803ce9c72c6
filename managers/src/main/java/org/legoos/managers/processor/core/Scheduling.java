package org.legoos.managers.processor.core;

import org.legoos.kernel.sched.Share;
import org.legoos.kernel.sched.SharedCpu;

/**
 * What sched_setaffinity(2) and sched_setscheduler(2) set for one thread. Policy and nice decide its {@link Share} beside those
 * it takes turns with; between run groups the host decides. Any thread.
 */
public final class Scheduling {
    public static final int SCHED_OTHER = 0;
    public static final int SCHED_FIFO = 1;
    public static final int SCHED_RR = 2;
    public static final int SCHED_BATCH = 3;
    public static final int SCHED_IDLE = 5;
    public static final int SCHED_DEADLINE = 6;
    public static final int SCHED_RESET_ON_FORK = 0x40000000;

    public static final int RT_PRIORITY_MIN = 1;
    public static final int RT_PRIORITY_MAX = 99;

    public static final int NICE_MIN = -20;
    public static final int NICE_MAX = 19;

    private final SharedCpu cpu;
    private volatile int nice;
    private volatile int policy;
    private volatile int priority;
    private volatile boolean isResetOnFork;
    private volatile int ioPriority;

    Scheduling(SharedCpu cpu) {
        this.cpu = cpu;
    }

    private void apply() {
        cpu.changeShare(this::apply);
    }

    private void apply(Share share) {
        switch (policy) {
            case SCHED_FIFO, SCHED_RR -> share.setRealTime(priority, policy == SCHED_RR);
            case SCHED_BATCH -> share.setBatch(nice);
            case SCHED_IDLE -> share.setIdle();
            default -> share.setNice(nice);
        }
    }

    /** Bit i: may run on CPU i. May have bits of CPUs that are not there. */
    public long affinity() {
        return cpu.share().affinity();
    }

    public void setAffinity(long cpus) {
        cpu.share().setAffinity(cpus);
        cpu.interrupt(); // it may be on another one
    }

    public int policy() {
        return policy;
    }

    public int priority() {
        return priority;
    }

    public boolean isResetOnFork() {
        return isResetOnFork;
    }

    public void set(int newPolicy, int newPriority, boolean isReset) {
        policy = newPolicy;
        priority = newPriority;
        isResetOnFork = isReset;
        apply();
    }

    /** ioprio_set(2): kept; there are no queues of a disk. */
    public int ioPriority() {
        return ioPriority;
    }

    public void setIoPriority(int priority) {
        ioPriority = priority;
    }

    public boolean isRealTime() {
        return policy == SCHED_FIFO || policy == SCHED_RR;
    }

    public int nice() {
        return nice;
    }

    public void setNice(int value) {
        nice = value;
        apply();
    }

    /** What a child begins with. */
    void inherit(Scheduling parent) {
        cpu.share().setAffinity(parent.affinity());
        ioPriority = parent.ioPriority;
        boolean isReset = parent.isResetOnFork && parent.isRealTime();
        nice = isReset ? 0 : parent.isResetOnFork ? Math.max(0, parent.nice) : parent.nice;
        if (!isReset) {
            policy = parent.policy;
            priority = parent.priority;
        }
        apply();
    }
}
