package org.legoos.fit;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.sched.WaitQueue;

/**
 * Lets one thread at a time call (CONFIG_FIT_SEQUENTIAL_IBAPI). Whoever calls while a call of this node waits for him
 * waits in vain, until his time is up: an option for debugging, as in the original.
 */
final class Gate {
    private final AtomicBoolean isTaken = new AtomicBoolean();
    private final WaitQueue waiters = new WaitQueue();
    private final BooleanSupplier isFree = () -> !isTaken.get();

    /** @return false when the deadline passed first */
    boolean enter(Clock clock, long deadlineNs) {
        while (!isTaken.compareAndSet(false, true)) {
            if (!waiters.await(clock, isFree, WaitQueue.BRIEF_SPIN_NS, deadlineNs)) {
                return false;
            }
        }
        return true;
    }

    void leave() {
        isTaken.set(false);
        waiters.wakeAll();
    }
}
