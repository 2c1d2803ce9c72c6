package org.legoos.kernel.sched;

/**
 * How large a part of a core a thread gets beside its siblings: Linux's weights, in which one step of nice is about a quarter more
 * or less, and its real-time priorities. Changed by {@link SharedCpu#changeShare}.
 */
public final class Share {
    /** The claim of who is about to end: above all real-time priorities. */
    static final int URGENT = 100;

    /** Of nice -20 to 19: sched_prio_to_weight of Linux's kernel/sched/core.c. */
    private static final int[] WEIGHTS = {
        88761, 71755, 56483, 46273, 36291, 29154, 23254, 18705, 14949, 11916, 9548, 7620, 6100, 4904, 3906, 3121, 2501,
        1991, 1586, 1277, 1024, 820, 655, 526, 423, 335, 272, 215, 172, 137, 110, 87, 70, 56, 45, 36, 29, 23, 18, 15
    };

    private static final int NICE_MIN = -20;
    private static final int WEIGHT_NICE_0 = 1024;

    /** SCHED_IDLE: less than nice 19. */
    private static final int WEIGHT_IDLE = 3;

    private volatile int weight = WEIGHT_NICE_0;
    private volatile int realTime; // 0: not a real-time thread
    private volatile boolean isRoundRobin;
    private volatile boolean isPatient;
    private volatile boolean isUrgent;
    private volatile long affinity = -1;

    /** SCHED_OTHER. @param nice -20 to 19 */
    public void setNice(int nice) {
        set(WEIGHTS[nice - NICE_MIN], 0, false, false);
    }

    /** SCHED_BATCH: does not take the turn from others when it wakes. */
    public void setBatch(int nice) {
        set(WEIGHTS[nice - NICE_MIN], 0, false, true);
    }

    /** SCHED_IDLE. */
    public void setIdle() {
        set(WEIGHT_IDLE, 0, false, true);
    }

    /** SCHED_FIFO, and SCHED_RR, whose threads of the same priority take turns. @param priority 1 to 99 */
    public void setRealTime(int priority, boolean takesTurns) {
        set(WEIGHT_NICE_0, priority, takesTurns, false);
    }

    private void set(int newWeight, int newRealTime, boolean takesTurns, boolean waits) {
        weight = newWeight;
        isRoundRobin = takesTurns;
        isPatient = waits;
        realTime = newRealTime;
    }

    /** Bit i: may run on processor i; one that there is must be among them. */
    public long affinity() {
        return affinity;
    }

    public void setAffinity(long processors) {
        affinity = processors;
    }

    /** The thread is about to end and does not run its program any more: it goes before all others. */
    void setUrgent() {
        isUrgent = true;
    }

    /** 0: ordinary; else the real-time priority, or URGENT. */
    int claim() {
        return isUrgent ? URGENT : realTime;
    }

    boolean isRoundRobin() {
        return isRoundRobin;
    }

    /** Does not take the turn from others when it wakes. */
    boolean isPatient() {
        return isPatient;
    }

    long weighted(long heldNs) {
        return weight == WEIGHT_NICE_0 ? heldNs : heldNs * WEIGHT_NICE_0 / weight;
    }
}
