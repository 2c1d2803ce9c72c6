package org.legoos.managers.processor.time;

import java.util.function.LongSupplier;
import org.legoos.isa.time.Clock;

/**
 * A timer that a program set: it goes off at a time of some clock and then every interval. It is driven by
 * the node's clock; a clock that runs slower (CPU time) is looked at again when it could have got there.
 * Thread-safe.
 */
public final class CountdownTimer {
    /** Shortest sensible interval: shorter ones would only burn the clock's thread. */
    private static final long INTERVAL_NS_MIN = 10_000;

    /** CPU clocks are looked at no more often than this. */
    private static final long CPU_LOOK_NS = 1_000_000;

    /** Called when it goes off, with how many more expiries passed unnoticed. On the clock's thread. */
    @FunctionalInterface
    public interface Expiry {
        void expired(int overruns);
    }

    private final Clock clock;
    private final LongSupplier source;
    private final boolean isNodeClock;
    private final Expiry expiry;
    private final Clock.Timer timer;
    private long deadlineNs; // on source; 0 when disarmed; guarded by this
    private long intervalNs; // guarded by this

    /** @param source the clock that counts, null for the node's own */
    public CountdownTimer(Clock clock, LongSupplier source, Expiry expiry) {
        this.clock = clock;
        this.isNodeClock = source == null;
        this.source = source == null ? clock::nowNs : source;
        this.expiry = expiry;
        this.timer = clock.newTimer(this::fire);
    }

    public long nowNs() {
        return source.getAsLong();
    }

    /** Arms for a time of its clock; 0 disarms. */
    public synchronized void set(long newDeadlineNs, long newIntervalNs) {
        deadlineNs = newDeadlineNs;
        intervalNs = newIntervalNs == 0 ? 0 : Math.max(INTERVAL_NS_MIN, newIntervalNs);
        if (newDeadlineNs == 0) {
            timer.cancel();
        } else {
            arm();
        }
    }

    private void arm() {
        if (isNodeClock) {
            timer.arm(deadlineNs);
        } else {
            timer.arm(clock.nowNs() + Math.max(CPU_LOOK_NS, deadlineNs - source.getAsLong()));
        }
    }

    private void fire() {
        int overruns;
        synchronized (this) {
            if (deadlineNs == 0) {
                return;
            }
            long lateNs = source.getAsLong() - deadlineNs;
            if (lateNs < 0) {
                arm();
                return;
            }
            if (intervalNs == 0) {
                deadlineNs = 0;
                overruns = 0;
            } else {
                overruns = (int) Math.min(Integer.MAX_VALUE - 1, lateNs / intervalNs);
                deadlineNs += intervalNs * (overruns + 1L);
                arm();
            }
        }
        expiry.expired(overruns);
    }

    /** Time until it goes off, 0 when disarmed. */
    public synchronized long remainingNs() {
        return deadlineNs == 0 ? 0 : Math.max(1, deadlineNs - source.getAsLong());
    }

    public synchronized long intervalNs() {
        return intervalNs;
    }

    public void cancel() {
        set(0, 0);
    }
}
