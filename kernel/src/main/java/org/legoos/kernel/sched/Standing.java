package org.legoos.kernel.sched;

/** Where somebody stands in a {@link TurnQueue}: what has been had, and the claim. Guarded by the lock of the queue. */
final class Standing {
    /** Who takes turns. */
    interface Taker {
        Share share();

        Standing standing();
    }

    /** Time on the processor over weight. */
    long weightedNs;

    /** The queue whose time weightedNs goes by. */
    TurnQueue<?> home;

    private long sequence;
    private int claim; // of the share, as of when it was queued: what is in a queue must not change

    /** A SCHED_FIFO thread that was preempted keeps its place among those of its priority. */
    void queuedAs(long number, Share share, boolean wasPreempted) {
        if (claim != share.claim() || !wasPreempted || !isRealTime() || share.isRoundRobin()) {
            sequence = number;
        }
        claim = share.claim();
    }

    /** 0: ordinary; else the real-time priority, or {@link Share#URGENT}. */
    int claim() {
        return claim;
    }

    boolean isRealTime() {
        return claim > 0 && claim < Share.URGENT;
    }

    /** By claim, then who has had least, then who came first. */
    static int compare(Taker a, Taker b) {
        Standing x = a.standing();
        Standing y = b.standing();
        if (x.claim != y.claim) {
            return Integer.compare(y.claim, x.claim);
        }
        int byTime = x.claim > 0 ? 0 : Long.compare(x.weightedNs, y.weightedNs);
        return byTime != 0 ? byTime : Long.compare(x.sequence, y.sequence);
    }
}
