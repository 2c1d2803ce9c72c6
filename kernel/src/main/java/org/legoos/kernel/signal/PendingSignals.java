package org.legoos.kernel.signal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Signals that were sent and not yet taken, of a thread or of a whole process. Below SIGRTMIN one instance
 * a number, above it a queue. Thread-safe.
 */
public final class PendingSignals {
    /** No process queues more, whatever its RLIMIT_SIGPENDING. */
    public static final int QUEUED_MAX = 32768;

    /** @param account whose count it is part of. @param place in the order of arrival */
    private record Queued(SigInfo info, AtomicInteger account, long place) {}

    private final Supplier<AtomicInteger> account;
    private boolean isClosed; // guarded by this
    private long arrivals; // guarded by this

    @SuppressWarnings({"unchecked", "rawtypes"})
    private final ArrayDeque<Queued>[] queues = new ArrayDeque[Signals.NSIG + 1]; // guarded by this

    private volatile long mask; // written under this

    public PendingSignals() {
        AtomicInteger own = new AtomicInteger();
        this.account = () -> own;
    }

    /** @param account how many signals are queued, of all queues that count together now: those of one user */
    public PendingSignals(Supplier<AtomicInteger> account) {
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
        if (isClosed) {
            return true;
        }
        int signal = info.signal();
        boolean isRealTime = signal >= Signals.SIGRTMIN;
        if (!isRealTime && (mask & Signals.bit(signal)) != 0) {
            return true;
        }
        boolean mustFit = isRealTime || info.code() < 0;
        AtomicInteger charged = account.get();
        if (mustFit && charged.get() >= Math.min(QUEUED_MAX, limit < 0 ? QUEUED_MAX : limit)) {
            if (isRealTime && info.code() != SigInfo.SI_USER) {
                return false;
            }
            mask |= Signals.bit(signal);
            return true;
        }
        if (queues[signal] == null) {
            queues[signal] = new ArrayDeque<>(2);
        }
        queues[signal].add(new Queued(info, charged, arrivals++));
        info.queued();
        charged.incrementAndGet();
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
        ArrayDeque<Queued> queue = queues[signal];
        Queued taken = queue == null ? null : queue.poll();
        if (queue == null || queue.isEmpty()) {
            mask &= ~Signals.bit(signal);
        }
        if (taken == null) {
            return SigInfo.fromProcess(signal, SigInfo.SI_USER, 0, 0);
        }
        taken.account.decrementAndGet();
        return taken.info.taken();
    }

    /** What is queued, in the order of arrival; it stays. */
    public synchronized List<SigInfo> queued() {
        List<Queued> all = new ArrayList<>();
        for (ArrayDeque<Queued> queue : queues) {
            if (queue != null) {
                all.addAll(queue);
            }
        }
        all.sort(Comparator.comparingLong(Queued::place));
        return all.stream().map(Queued::info).toList();
    }

    /** Whom the signals are for has ended: drops all, and what comes later. */
    public synchronized void close() {
        isClosed = true;
        discard(-1);
    }

    /** Drops all instances of the signals of the set (an action became "ignore", SIGCONT against stop signals). */
    public synchronized void discard(long set) {
        long todo = mask & set;
        while (todo != 0) {
            ArrayDeque<Queued> queue = queues[Long.numberOfTrailingZeros(todo) + 1];
            if (queue != null) {
                for (Queued dropped : queue) {
                    dropped.account.decrementAndGet();
                    dropped.info.taken();
                }
                queue.clear();
            }
            todo &= todo - 1;
        }
        mask &= ~set;
    }
}
