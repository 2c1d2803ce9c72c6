package org.legoos.managers.processor.pcache;

import java.util.function.BooleanSupplier;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.sched.WaitQueue;

/**
 * Waiting for another thread's eviction, fill or line lock to end: spins briefly, then sleeps. These are rare, and mostly as
 * short as one message.
 */
final class Waits {
    /** Sleepers look again this often, so that wakers need no memory fence on the fast path. */
    private static final long LOOK_NS = 1_000_000;

    private static final long PAUSE_NS = 50_000;
    private static final BooleanSupplier NEVER = () -> false;

    private final Clock clock;
    private final WaitQueue queue = new WaitQueue();

    Waits(Clock clock) {
        this.clock = clock;
    }

    /** Something has changed that somebody may be waiting for. */
    void wake() {
        queue.wakeAll();
    }

    /** Lets others go on for a moment, when what is waited for has no simple condition. */
    void pause() {
        queue.await(clock, NEVER, 0, clock.nowNs() + PAUSE_NS);
    }

    void until(BooleanSupplier condition) {
        while (!queue.await(clock, condition, WaitQueue.BRIEF_SPIN_NS, clock.nowNs() + LOOK_NS)) {
            Thread.onSpinWait();
        }
    }

    /** @return false when the deadline passed first */
    boolean until(BooleanSupplier condition, long deadlineNs) {
        while (!queue.await(clock, condition, WaitQueue.BRIEF_SPIN_NS, clock.nowNs() + LOOK_NS)) {
            if (clock.nowNs() >= deadlineNs) {
                return false;
            }
        }
        return true;
    }
}
