package org.legoos.kernel.signal;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Signals that were sent and not yet taken, of a thread or of a whole process. Below SIGRTMIN one instance
 * a number, above it a queue. Thread-safe.
 */
public final class PendingSignals {
    /** No process queues more, whatever its RLIMIT_SIGPENDING. */
    public static final int QUEUED_MAX = 32768;

    private final AtomicInteger account;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private final ArrayDeque<SigInfo>[] queues = new ArrayDeque[Signals.NSIG + 1]; // guarded by this

    private volatile long mask; // written under this

    public PendingSignals() {
        this(new AtomicInteger());
    }

    /** @param account how many signals are queued, of all queues that count together */
    public PendingSignals(AtomicInteger account) {
        this.account = account;
    }

    /** The set of pending signals; may be read without lock. */
    public long mask() {
        return mask;
    }

    /** As {@link #add(SigInfo, long)} without a limit of the process's own. */
    public boolean add(SigInfo info) {
        return add(info, QUEUED_MAX);
    }

    /**
     * Puts a signal in. Beyond the limit, what the kernel or kill(2) sends is still pending, without saying from whom
     * (__send_signal in kernel/signal.c).
     *
     * @param limit RLIMIT_SIGPENDING
     * @return false when a real-time signal found the queue full
     */
    public synchronized boolean add(SigInfo info, long limit) {
        int signal = info.signal();
        boolean isRealTime = signal >= Signals.SIGRTMIN;
        if (!isRealTime && (mask & Signals.bit(signal)) != 0) {
            return true;
        }
        boolean mustFit = isRealTime || info.code() < 0;
        if (mustFit && account.get() >= Math.min(QUEUED_MAX, limit < 0 ? QUEUED_MAX : limit)) {
            if (isRealTime && info.code() != SigInfo.SI_USER) {
                return false;
            }
            mask |= Signals.bit(signal);
            return true;
        }
        if (queues[signal] == null) {
            queues[signal] = new ArrayDeque<>(2);
        }
        queues[signal].add(info);
        info.queued();
        account.incrementAndGet();
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
        ArrayDeque<SigInfo> queue = queues[signal];
        SigInfo info = queue == null ? null : queue.poll();
        if (queue == null || queue.isEmpty()) {
            mask &= ~Signals.bit(signal);
        }
        if (info == null) {
            return SigInfo.fromProcess(signal, SigInfo.SI_USER, 0, 0);
        }
        account.decrementAndGet();
        return info.taken();
    }

    /** Drops all instances of the signals of the set (an action became "ignore", SIGCONT against stop signals). */
    public synchronized void discard(long set) {
        long todo = mask & set;
        while (todo != 0) {
            ArrayDeque<SigInfo> queue = queues[Long.numberOfTrailingZeros(todo) + 1];
            if (queue != null) {
                account.addAndGet(-queue.size());
                queue.forEach(SigInfo::taken);
                queue.clear();
            }
            todo &= todo - 1;
        }
        mask &= ~set;
    }
}
