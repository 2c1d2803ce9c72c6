package org.legoos.kernel.signal;

import java.util.ArrayDeque;

/**
 * Signals that were sent and not yet taken, of a thread or of a whole process. Below SIGRTMIN one instance
 * a number, above it a queue. Thread-safe.
 */
public final class PendingSignals {
    /** RLIMIT_SIGPENDING's default for a small machine; beyond it only the signal's bit is kept or EAGAIN given. */
    public static final int QUEUED_MAX = 4096;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private final ArrayDeque<SigInfo>[] queues = new ArrayDeque[Signals.NSIG + 1]; // guarded by this

    private int queued; // guarded by this
    private volatile long mask; // written under this

    /** The set of pending signals; may be read without lock. */
    public long mask() {
        return mask;
    }

    /** @return false when a real-time signal found the queue full */
    public synchronized boolean add(SigInfo info) {
        int signal = info.signal();
        if (signal < Signals.SIGRTMIN) {
            if ((mask & Signals.bit(signal)) != 0) {
                return true;
            }
        } else if (queued >= QUEUED_MAX) {
            return false;
        }
        if (queues[signal] == null) {
            queues[signal] = new ArrayDeque<>(2);
        }
        queues[signal].add(info);
        queued++;
        mask |= Signals.bit(signal);
        return true;
    }

    /** Takes the next signal of the set: synchronous ones first, then by number. @return null if there is none */
    public synchronized SigInfo take(long set) {
        long candidates = mask & set;
        if (candidates == 0) {
            return null;
        }
        if ((candidates & Signals.SYNCHRONOUS) != 0) {
            candidates &= Signals.SYNCHRONOUS;
        }
        int signal = Long.numberOfTrailingZeros(candidates) + 1;
        SigInfo info = queues[signal].poll();
        queued--;
        if (queues[signal].isEmpty()) {
            mask &= ~Signals.bit(signal);
        }
        return info;
    }

    /** Drops all instances of the signals of the set (an action became "ignore", SIGCONT against stop signals). */
    public synchronized void discard(long set) {
        long todo = mask & set;
        while (todo != 0) {
            int signal = Long.numberOfTrailingZeros(todo) + 1;
            queued -= queues[signal].size();
            queues[signal].clear();
            todo &= todo - 1;
        }
        mask &= ~set;
    }
}
