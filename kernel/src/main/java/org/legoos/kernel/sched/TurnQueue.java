package org.legoos.kernel.sched;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Who waits for the turn on a processor, and who is next (sched(7)): those about to end; then real-time threads by priority, but not
 * beyond their {@link RealTimeLimit} while others wait; then who comes back from a sleep, but not for ever and not if it has had more
 * than its share; then who has had least, by weight. Guarded by its owner's lock.
 *
 * @param <T> who takes turns
 */
final class TurnQueue<T extends Standing.Taker> {
    /** So many turns in a row go to those that slept before one that was preempted gets its turn. */
    private static final int WOKEN_IN_A_ROW_MAX = 8;

    /** Who slept is not ahead of the others by more than this, nor goes before them if it is behind by more. */
    private static final long SLEEPER_CREDIT_NS = 2_000_000;

    private static final long SLEEPER_DEBT_NS = 10_000_000;

    private final ArrayDeque<T> woken = new ArrayDeque<>();
    private final PriorityQueue<T> others = new PriorityQueue<>(Standing::compare);
    private final PriorityQueue<T> realTime = new PriorityQueue<>(Standing::compare); // and urgent
    private int wokenInARow;
    private long sequence;
    private long servedNs; // the least weighted time of those that want the processor: where those who slept begin again

    /** One begins its turn without a place here, or has another share than when it began. */
    void enter(T taker) {
        comeHome(taker.standing());
        taker.standing().queuedAs(sequence++, taker.share(), false);
    }

    void add(T taker, boolean wasPreempted) {
        Standing standing = taker.standing();
        Share share = taker.share();
        comeHome(standing);
        standing.queuedAs(sequence++, share, wasPreempted);
        if (!wasPreempted) {
            standing.weightedNs = Math.max(standing.weightedNs, servedNs - SLEEPER_CREDIT_NS);
        }
        boolean isWoken = !wasPreempted && !share.isPatient() && standing.weightedNs - servedNs < SLEEPER_DEBT_NS;
        if (standing.claim() > 0) {
            realTime.add(taker);
        } else if (isWoken) {
            woken.add(taker);
        } else {
            others.add(taker);
        }
    }

    /** Who comes from another queue is as far ahead or behind as it was there. The lock must be that of both. */
    private void comeHome(Standing standing) {
        if (standing.home != this) {
            standing.weightedNs += servedNs - (standing.home == null ? standing.weightedNs : standing.home.servedNs);
            standing.home = this;
        }
    }

    /** @return whether it was there */
    boolean remove(T taker) {
        return woken.remove(taker) || others.remove(taker) || realTime.remove(taker);
    }

    int size() {
        return woken.size() + others.size() + realTime.size();
    }

    private boolean hasOrdinary() {
        return !woken.isEmpty() || !others.isEmpty();
    }

    private int bestClaim() {
        return realTime.isEmpty() ? 0 : realTime.peek().standing().claim();
    }

    /** Takes the next one out; null when nobody waits. */
    T poll(long nowNs, RealTimeUse use) {
        int claim = bestClaim();
        if (claim > 0 && (claim == Share.URGENT || !hasOrdinary() || !use.isOver(nowNs))) {
            wokenInARow = 0;
            return realTime.poll();
        }
        boolean isWoken = !woken.isEmpty() && (others.isEmpty() || wokenInARow < WOKEN_IN_A_ROW_MAX);
        wokenInARow = isWoken ? wokenInARow + 1 : 0;
        return isWoken ? woken.poll() : others.poll();
    }

    /** Takes out the one with the best claim of those that may use the processor; null when there is none. */
    T pollAllowed(int processor) {
        T best = null;
        for (Collection<T> part : List.of(realTime, woken, others)) {
            for (T taker : part) {
                boolean mayUse = (taker.share().affinity() >>> processor & 1) != 0;
                if (mayUse && (best == null || Standing.compare(taker, best) < 0)) {
                    best = taker;
                }
            }
            if (best != null) {
                part.remove(best);
                return best;
            }
        }
        return null;
    }

    /** The turn of one begins or goes on, who is charged for what it has had. Who waits keeps what it is behind that one. */
    void served(T taker) {
        T first = others.peek();
        long hadNs = taker.standing().weightedNs;
        servedNs = Math.max(servedNs, first == null ? hadNs : Math.min(hadNs, first.standing().weightedNs));
    }

    /**
     * How long the holder keeps the turn at least before somebody here gets it, from its begin; Long.MAX_VALUE when it keeps it anyway.
     *
     * @param holder who is charged for what it has had
     * @param heldNs how long it has had the turn by now
     */
    long graceNs(T holder, long nowNs, long heldNs, RealTimeUse use, long sliceNs, long wakeSliceNs) {
        int its = holder.standing().claim();
        int claim = bestClaim();
        if (its == 0) {
            boolean isOver = claim > 0 && claim < Share.URGENT && use.isOver(nowNs);
            if (claim > 0 && !isOver) {
                return 0;
            }
            long untilNs = isOver ? heldNs + use.untilNextNs(nowNs) : Long.MAX_VALUE;
            return Math.min(untilNs, !woken.isEmpty() ? wakeSliceNs : !others.isEmpty() ? sliceNs : Long.MAX_VALUE);
        }
        if (claim > its) {
            return 0;
        }
        long turnNs = claim == its && holder.share().isRoundRobin() ? sliceNs : Long.MAX_VALUE;
        long leftNs = holder.standing().isRealTime() && hasOrdinary() ? use.leftNs(nowNs) : Long.MAX_VALUE;
        return leftNs == Long.MAX_VALUE ? turnNs : Math.min(turnNs, heldNs + leftNs);
    }

    /** Whether somebody's claim is better than that of the holder, who is charged and whose grace is over. */
    boolean beats(T holder) {
        if (!woken.isEmpty() || !realTime.isEmpty() || holder.standing().claim() > 0) {
            return true;
        }
        T first = others.peek();
        return first != null && first.standing().weightedNs < holder.standing().weightedNs;
    }
}
