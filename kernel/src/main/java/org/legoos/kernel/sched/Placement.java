package org.legoos.kernel.sched;

import java.util.concurrent.locks.LockSupport;

/**
 * The processor of a {@link RunGroup}, and its claim to one among the groups. What the group's holder or {@link Processors} change says
 * so; whether it has one the holder reads at each run, at the cost of a comparison.
 */
final class Placement implements Standing.Taker {
    static final int NONE = -1;

    private final RunGroup group;
    private final Processors processors;
    private final Standing standing = new Standing(); // guarded by the processors' lock
    private volatile Share share = new Share(); // the holder's, or that of who was it last
    private volatile int processor = NONE;
    private volatile long processorBit; // 0 without one
    private volatile boolean isDue; // the holder is to give the processor up
    private volatile long busySinceNs;
    private volatile Thread waiter; // the holder's while it waits
    private int lastProcessor; // guarded by the processors' lock
    private int waitsAt = NONE; // guarded by the processors' lock

    Placement(RunGroup group, Processors processors) {
        this.group = group;
        this.processors = processors;
    }

    @Override
    public Standing standing() {
        return standing;
    }

    @Override
    public Share share() {
        return share;
    }

    /** Another thread of the group has the turn. */
    void holdsNow(Share its) {
        share = its;
    }

    int processor() {
        return processor;
    }

    /** Whether the group has a processor that this thread of it may use. */
    boolean isPlaced(Share its) {
        return (processorBit & its.affinity()) != 0;
    }

    /** Whether another group waits for a processor. */
    boolean isWanted() {
        return processors.isWanted();
    }

    /**
     * Gets the holder a processor.
     *
     * @return false when something is to be done first: for the thread, for siblings, or for groups that wait for its core
     */
    boolean await(SharedCpu holder, boolean wasPreempted) {
        if (processors.place(this, holder.share().affinity(), wasPreempted)) {
            return true;
        }
        group.awaitsProcessor();
        waiter = Thread.currentThread();
        while (processor < 0) {
            if ((group.isPreempting() || holder.isInterrupted()) && processors.abandon(this)) {
                waiter = null;
                return false;
            }
            LockSupport.park(this);
            Thread.interrupted();
        }
        waiter = null;
        group.turnBegins();
        return true;
    }

    void unpark() {
        Thread thread = waiter;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /** Under the processors' lock. */
    void gotProcessor(int number) {
        isDue = false;
        lastProcessor = number;
        processorBit = 1L << number;
        processor = number;
    }

    /** The holder, or under the group's lock; {@link #freed} is next. @return its number, or NONE */
    int takeProcessor() {
        int had = processor;
        processorBit = 0;
        processor = NONE;
        return had;
    }

    void freed(int had) {
        if (had != NONE) {
            processors.freed(this, had);
        }
    }

    /** Takes the processor from a group that sleeps. */
    boolean loseProcessor() {
        if (!isAsleep()) {
            return false;
        }
        synchronized (group) {
            return isAsleep() && takeProcessor() != NONE;
        }
    }

    private boolean isAsleep() {
        return group.isIdle() && processor != NONE;
    }

    /** The group's holder gives the processor up as soon as it can. */
    void preempt() {
        isDue = true;
        group.preempt();
    }

    boolean isDue() {
        return isDue;
    }

    /** The group has woken up. */
    void busySince(long sinceNs) {
        busySinceNs = sinceNs;
    }

    long busySinceNs() {
        return busySinceNs;
    }

    /** How many of the group's threads wait for its turn. */
    int siblings() {
        return group.waitingCount();
    }

    int lastProcessor() {
        return lastProcessor;
    }

    /** At which processor it waits, or NONE. */
    int waitsAt() {
        return waitsAt;
    }

    void waitsAt(int number) {
        waitsAt = number;
    }
}
