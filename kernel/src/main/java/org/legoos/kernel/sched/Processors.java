package org.legoos.kernel.sched;

import org.legoos.isa.time.Clock;

/**
 * The processors that a node shows to programs. A {@link RunGroup} needs one to run its programs, which it chooses among those that its thread
 * may use (sched_setaffinity(2)); so at most so many groups run at once. The others wait, each for one processor, and get theirs by
 * policy and weight ({@link TurnQueue}), which is how nice acts between processes. Kernel code needs none.
 *
 * <p>A group that sleeps keeps its processor until another one needs it: as long as there are no more groups than processors, sleeping and
 * waking cost nothing here. Thread-safe. Lock: this, then a group's.
 */
public final class Processors {
    private static final long SLICE_NS = 4_000_000;

    /** Who comes back from a sleep waits no longer for one that only computes. */
    private static final long WAKE_SLICE_NS = 200_000;

    private final Clock clock;
    private final Clock.Timer timer;
    private final Slot[] slots;
    private long timerNs = Long.MAX_VALUE; // guarded by this
    private volatile int waiting; // in all queues; written under this

    /** One processor. Guarded by the processors' lock. */
    private static final class Slot {
        final TurnQueue<Placement> queue = new TurnQueue<>();
        final RealTimeUse realTime;
        Placement owner;
        long sinceNs; // what the owner has had since is not charged yet
        long beganNs;

        Slot(RealTimeLimit limit) {
            realTime = new RealTimeUse(limit);
        }

        int load() {
            return queue.size() + (owner == null ? 0 : 1);
        }
    }

    Processors(int count, RealTimeLimit limit, Clock clock) {
        this.clock = clock;
        this.timer = clock.newTimer(this::tick);
        this.slots = new Slot[count];
        for (int i = 0; i < count; i++) {
            slots[i] = new Slot(limit);
        }
    }

    public int count() {
        return slots.length;
    }

    /** Whether a group waits for a processor. */
    boolean isWanted() {
        return waiting > 0;
    }

    /** Gives the group a processor of those that it may use, or a place in a queue. @return whether it has one */
    synchronized boolean place(Placement group, long affinity, boolean wasPreempted) {
        long nowNs = clock.nowNs();
        int had = group.takeProcessor();
        if (had != Placement.NONE) {
            free(group, had, nowNs);
        }
        int chosen = leastLoaded(affinity, group.lastProcessor() + (wasPreempted ? 1 : 0));
        slots[chosen].queue.add(group, wasPreempted); // before the look: who goes to sleep after it looks at the queues
        group.waitsAt(chosen);
        waiting = waiting + 1;
        for (int i = 0; i < slots.length; i++) {
            int candidate = (chosen + i) % slots.length;
            if (isIn(affinity, candidate) && isFree(slots[candidate])) {
                leaveQueue(group);
                own(candidate, group, nowNs);
                return true;
            }
        }
        settle(slots[chosen], nowNs);
        watch(slots[chosen], nowNs);
        return false;
    }

    /** Does not wait any more. @return false when it has got a processor in between */
    synchronized boolean abandon(Placement group) {
        return group.waitsAt() != Placement.NONE && leaveQueue(group);
    }

    private boolean leaveQueue(Placement group) {
        slots[group.waitsAt()].queue.remove(group);
        group.waitsAt(Placement.NONE);
        waiting = waiting - 1;
        return true;
    }

    private static boolean isIn(long affinity, int processor) {
        return (affinity >>> processor & 1) != 0;
    }

    /** Nobody has it, or one that sleeps and loses it. */
    private static boolean isFree(Slot slot) {
        if (slot.owner != null && slot.owner.loseProcessor()) {
            slot.owner = null;
        }
        return slot.owner == null;
    }

    /** Where the fewest are; of these the first one from there on: where it was last, or the next, which shares fairly among all. */
    private int leastLoaded(long affinity, int from) {
        int best = -1;
        for (int i = 0; i < slots.length; i++) {
            int candidate = (from + i) % slots.length;
            if (isIn(affinity, candidate) && (best < 0 || slots[candidate].load() < slots[best].load())) {
                best = candidate;
            }
        }
        return best;
    }

    private void own(int processor, Placement group, long nowNs) {
        Slot slot = slots[processor];
        slot.owner = group;
        slot.sinceNs = nowNs;
        slot.beganNs = nowNs;
        slot.queue.enter(group);
        slot.queue.served(group);
        group.gotProcessor(processor);
    }

    /** A group has no use for its processor now, or has had it for long enough. */
    synchronized void freed(Placement group, int processor) {
        free(group, processor, clock.nowNs());
    }

    private void free(Placement group, int processor, long nowNs) {
        Slot slot = slots[processor];
        if (slot.owner != group) {
            return;
        }
        settle(slot, nowNs);
        slot.owner = null;
        hand(processor, nowNs);
    }

    /** Gives a free processor to who has the best claim: of those that wait for it, else of those that wait for another. */
    private void hand(int processor, long nowNs) {
        Placement next = slots[processor].queue.poll(nowNs, slots[processor].realTime);
        for (int i = 1; next == null && i < slots.length; i++) {
            next = slots[(processor + i) % slots.length].queue.pollAllowed(processor);
        }
        if (next == null) {
            return;
        }
        waiting = waiting - 1;
        next.waitsAt(Placement.NONE);
        own(processor, next, nowNs);
        next.unpark();
        watch(slots[processor], nowNs);
    }

    /** Charges the owner for what it has had. */
    private void settle(Slot slot, long nowNs) {
        Placement owner = slot.owner;
        if (owner == null) {
            return;
        }
        long usedNs = nowNs - Math.max(slot.sinceNs, owner.busySinceNs());
        slot.sinceNs = nowNs;
        if (usedNs > 0) {
            Standing standing = owner.standing();
            standing.weightedNs += owner.share().weighted(usedNs) / (1 + owner.siblings());
            if (standing.isRealTime()) {
                slot.realTime.charge(nowNs, usedNs);
            }
        }
        slot.queue.served(owner);
    }

    private void watch(Slot slot, long nowNs) {
        if (slot.queue.size() > 0 && slot.owner != null) {
            long graceNs = graceNs(slot, nowNs);
            if (graceNs != Long.MAX_VALUE) {
                watchAt(Math.max(nowNs, slot.beganNs + graceNs));
            }
        }
    }

    private long graceNs(Slot slot, long nowNs) {
        return slot.queue.graceNs(slot.owner, nowNs, nowNs - slot.beganNs, slot.realTime, SLICE_NS, WAKE_SLICE_NS);
    }

    private void watchAt(long atNs) {
        if (atNs < timerNs) {
            timerNs = atNs;
            timer.arm(atNs);
        }
    }

    private synchronized void tick() {
        timerNs = Long.MAX_VALUE;
        long nowNs = clock.nowNs();
        for (int i = 0; i < slots.length; i++) {
            Slot slot = slots[i];
            if (slot.queue.size() == 0) {
                continue;
            }
            if (isFree(slot)) {
                hand(i, nowNs);
            } else {
                look(slot, nowNs);
            }
        }
    }

    /** Takes the processor from its owner if somebody's claim is better, once it has had its slice. */
    private void look(Slot slot, long nowNs) {
        settle(slot, nowNs);
        slot.queue.enter(slot.owner); // its policy may be another one by now
        long graceNs = graceNs(slot, nowNs);
        if (graceNs == Long.MAX_VALUE) {
            return;
        }
        long heldNs = nowNs - slot.beganNs;
        if (heldNs < graceNs) {
            watchAt(slot.beganNs + graceNs);
        } else {
            if (slot.queue.beats(slot.owner)) {
                slot.owner.preempt();
            }
            watchAt(nowNs + SLICE_NS);
        }
    }
}
