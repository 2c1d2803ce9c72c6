package org.legoos.managers.processor.core;

import java.util.function.BooleanSupplier;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.sched.SharedCpu;
import org.legoos.kernel.sched.WaitQueue;

/**
 * How a program's thread sleeps in a system call. {@link #prepare}, then check the condition, then
 * {@link #sleep}: a wake after prepare is never lost. Who sleeps gives way to the threads that share its core.
 *
 * <p>A sleep that a sibling or another process ends soon (a contended lock, a pipe) is over before the host could put the
 * thread to sleep and wake it: it spins first, for longer where that has paid off and hardly at all where it has not.
 */
final class Sleeper implements Waiter {
    private static final long SPIN_NS_MAX = 20_000;
    private static final long SPIN_NS_MIN = 1_000;

    private final Clock clock;
    private final SharedCpu cpu;
    private final WaitQueue queue = new WaitQueue();
    private volatile boolean woken;
    private final BooleanSupplier isWoken = () -> woken;
    private volatile long sleptNs; // written by the owner
    private long spinNs = SPIN_NS_MIN; // owner only

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
        boolean isWake = spin(startNs) || queue.await(clock, isWoken, 0, deadlineNs);
        sleptNs += clock.nowNs() - startNs;
        return isWake;
    }

    private boolean spin(long startNs) {
        do {
            for (int i = 0; i < 32; i++) {
                if (woken) {
                    spinNs = Math.min(SPIN_NS_MAX, 2 * spinNs);
                    return true;
                }
                Thread.onSpinWait();
            }
        } while (clock.nowNs() - startNs < spinNs);
        spinNs = Math.max(SPIN_NS_MIN, spinNs / 2);
        return false;
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
