package org.legoos.kernel.sched;

import java.util.ArrayDeque;
import java.util.PriorityQueue;

/**
 * Who waits for the turn in a {@link RunGroup}, and who is next (sched(7)): real-time threads by priority; then who comes
 * back from a sleep, but not for ever and not if it has had more than its share; then who has had least, by weight.
 * Guarded by the group's lock.
 */
final class TurnQueue {
    /** So many turns in a row go to those that slept before one that was preempted gets its turn. */
    private static final int WOKEN_IN_A_ROW_MAX = 8;

    /** Who slept is not ahead of the others by more than this, nor goes before them if it is behind by more. */
    private static final long SLEEPER_CREDIT_NS = 2_000_000;

    private static final long SLEEPER_DEBT_NS = 10_000_000;

    private final ArrayDeque<SharedCpu> woken = new ArrayDeque<>();
    private final PriorityQueue<SharedCpu> others = new PriorityQueue<>(TurnQueue::compare);
    private int wokenInARow;
    private long sequence;
    private long servedNs; // weighted time of who was served last: where those who slept begin again

    /** Who has the better claim. */
    private static int compare(SharedCpu a, SharedCpu b) {
        Share x = a.share();
        Share y = b.share();
        if (x.realTime() != y.realTime()) {
            return Integer.compare(y.realTime(), x.realTime());
        }
        int byTime = x.realTime() > 0 ? 0 : Long.compare(x.weightedNs, y.weightedNs);
        return byTime != 0 ? byTime : Long.compare(x.sequence, y.sequence);
    }

    void add(SharedCpu cpu, boolean wasPreempted) {
        Share share = cpu.share();
        share.queuedAs(sequence++);
        share.weightedNs = Math.max(share.weightedNs, servedNs - SLEEPER_CREDIT_NS);
        boolean isWoken = !wasPreempted && share.mayPreempt() && share.weightedNs - servedNs < SLEEPER_DEBT_NS;
        if (isWoken) {
            woken.add(cpu);
        } else {
            others.add(cpu);
        }
    }

    int size() {
        return woken.size() + others.size();
    }

    /** Takes the next one out. */
    SharedCpu poll() {
        boolean isRealTime = !others.isEmpty() && others.peek().share().realTime() > 0;
        boolean isWoken = !isRealTime && !woken.isEmpty() && (others.isEmpty() || wokenInARow < WOKEN_IN_A_ROW_MAX);
        wokenInARow = isWoken ? wokenInARow + 1 : 0;
        return isWoken ? woken.poll() : others.poll();
    }

    /** Begins the turn of one that was or was not in the queue. */
    void served(SharedCpu cpu) {
        servedNs = Math.max(servedNs, cpu.share().weightedNs);
    }

    /** How long the holder keeps the turn at least before somebody here gets it; Long.MAX_VALUE when it keeps it anyway. */
    long graceNs(SharedCpu holder, long sliceNs, long wakeSliceNs) {
        int realTime = holder.share().realTime();
        int claim = others.isEmpty() ? 0 : others.peek().share().realTime();
        if (claim > realTime) {
            return 0;
        }
        if (realTime > 0) {
            return claim == realTime && holder.share().isRoundRobin() ? sliceNs : Long.MAX_VALUE;
        }
        return woken.isEmpty() ? sliceNs : wakeSliceNs;
    }

    /** Whether somebody's claim is better than that of the holder, who has had the turn for so long. */
    boolean beats(SharedCpu holder, long heldNs) {
        if (!woken.isEmpty() || holder.share().realTime() > 0) {
            return true;
        }
        SharedCpu first = others.peek();
        Share share = holder.share();
        return first != null && (first.share().realTime() > 0
                || first.share().weightedNs < share.weightedNs + share.weighted(heldNs));
    }
}
