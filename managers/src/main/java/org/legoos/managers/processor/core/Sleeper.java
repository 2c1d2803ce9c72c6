package org.legoos.managers.processor.core;

import java.util.function.BooleanSupplier;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.sched.WaitQueue;

/**
 * How a program's thread sleeps in a system call. {@link #prepare}, then check the condition, then
 * {@link #sleep}: a wake after prepare is never lost. The one place where a thread gives way.
 */
final class Sleeper implements Waiter {
    private final Clock clock;
    private final WaitQueue queue = new WaitQueue();
    private volatile boolean woken;
    private final BooleanSupplier isWoken = () -> woken;
    private long sleptNs; // owner only

    Sleeper(Clock clock) {
        this.clock = clock;
    }

    void prepare() {
        woken = false;
    }

    /** @return false when the deadline passed first */
    boolean sleep(long deadlineNs) {
        long startNs = clock.nowNs();
        boolean isWake = queue.await(clock, isWoken, 0, deadlineNs);
        sleptNs += clock.nowNs() - startNs;
        return isWake;
    }

    @Override
    public void wake(int ready) {
        wake();
    }

    void wake() {
        woken = true;
        queue.wakeAll();
    }

    /** Time asleep so far: not CPU time. */
    long sleptNs() {
        return sleptNs;
    }
}
