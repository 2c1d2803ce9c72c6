package org.legoos.managers.processor.core;

import java.util.function.BooleanSupplier;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.sched.SharedCpu;
import org.legoos.kernel.sched.Spin;
import org.legoos.kernel.sched.WaitQueue;

/**
 * How a program's thread sleeps in a system call. {@link #prepare}, then check the condition, then
 * {@link #sleep}: a wake after prepare is never lost. Who sleeps gives way to the threads that share its core.
 */
final class Sleeper implements Waiter {
    private final Clock clock;
    private final SharedCpu cpu;
    private final WaitQueue queue = new WaitQueue();
    private volatile boolean woken;
    private final BooleanSupplier isWoken = () -> woken;
    private volatile long sleptNs; // written by the owner
    private volatile long sleeps; // written by the owner
    private volatile long asleepSinceNs; // 0 when awake; written by the owner
    private final Spin spin = new Spin();

    Sleeper(Clock clock, SharedCpu cpu) {
        this.clock = clock;
        this.cpu = cpu;
    }

    void prepare() {
        woken = false;
    }

    /** @return false when the deadline passed first */
    boolean sleep(long deadlineNs) {
        long startNs = clock.nowNs();
        cpu.giveWay();
        asleepSinceNs = startNs;
        boolean isWake = spin.await(clock, isWoken) || queue.await(clock, isWoken, 0, deadlineNs);
        sleptNs += clock.nowNs() - startNs;
        asleepSinceNs = 0;
        sleeps = sleeps + 1;
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

    long sleeps() {
        return sleeps;
    }

    boolean isAsleep() {
        return asleepSinceNs != 0;
    }

    /** Time asleep so far, with a sleep that lasts: not CPU time. */
    long sleptNs() {
        long sinceNs = asleepSinceNs;
        long before = sleptNs;
        return sinceNs == 0 ? before : before + Math.max(0, clock.nowNs() - sinceNs);
    }
}
