package org.legoos.kernel.sched;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.legoos.isa.time.Clock;

/**
 * Where threads wait for a condition that other threads or interrupts make true, as Linux's wait queues:
 * the waiter registers, checks the condition, and sleeps; the waker changes the state first and then
 * calls {@link #wakeAll}. Waiters may spin for a moment before they sleep, because waking a sleeper
 * costs tens of microseconds and a reply often comes in fewer.
 */
public final class WaitQueue {
    /** Long enough for a round trip to a peer in the same JVM, short enough not to starve a 2-core machine. */
    public static final long BRIEF_SPIN_NS = 30_000;

    /** No deadline. */
    public static final long FOREVER = Long.MAX_VALUE;

    private final ConcurrentLinkedQueue<Thread> sleepers = new ConcurrentLinkedQueue<>();

    /**
     * Waits until the condition holds.
     *
     * @param condition cheap, free of side effects, reads state with volatile semantics; keep it in a field
     *     (a lambda made per call allocates)
     * @param spinNs how long to spin before sleeping, 0 for not at all
     * @param deadlineNs on {@code clock}, or {@link #FOREVER}
     * @return false when the deadline passed first
     */
    public boolean await(Clock clock, BooleanSupplier condition, long spinNs, long deadlineNs) {
        if (condition.getAsBoolean()) {
            return true;
        }
        if (spinNs > 0) {
            long spinUntilNs = clock.nowNs() + spinNs;
            do {
                for (int i = 0; i < 16; i++) {
                    if (condition.getAsBoolean()) {
                        return true;
                    }
                    Thread.onSpinWait();
                }
            } while (clock.nowNs() < spinUntilNs);
        }
        KThread.goesToSleep();
        Thread me = Thread.currentThread();
        sleepers.add(me);
        try {
            while (!condition.getAsBoolean()) {
                if (deadlineNs == FOREVER) {
                    LockSupport.park(this);
                } else {
                    long leftNs = deadlineNs - clock.nowNs();
                    if (leftNs <= 0) {
                        return condition.getAsBoolean();
                    }
                    LockSupport.parkNanos(this, leftNs);
                }
                // An interrupted host thread would make park return at once for ever; interruption means nothing here.
                Thread.interrupted();
            }
            return true;
        } finally {
            sleepers.remove(me);
        }
    }

    /** Wakes every waiter; each checks its condition again. Cheap when nobody sleeps. Never blocks. */
    public void wakeAll() {
        if (sleepers.isEmpty()) {
            return;
        }
        for (Thread sleeper : sleepers) {
            LockSupport.unpark(sleeper);
        }
    }

    /** Wakes the waiter that has slept longest, if any sleeps. For waiters of whom any will do, and who wake the next one if need be. */
    public void wakeOne() {
        Thread sleeper = sleepers.peek();
        if (sleeper != null) {
            LockSupport.unpark(sleeper);
        }
    }
}
