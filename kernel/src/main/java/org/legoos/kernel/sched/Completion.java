package org.legoos.kernel.sched;

import java.util.function.BooleanSupplier;
import org.legoos.isa.time.Clock;

/** A one-shot event that threads wait for, after Linux's struct completion; reusable after {@link #reset}. */
public final class Completion {
    private final WaitQueue waiters = new WaitQueue();
    private volatile boolean done;
    private final BooleanSupplier isDone = () -> done;

    public void complete() {
        done = true;
        waiters.wakeAll();
    }

    public boolean isDone() {
        return done;
    }

    public void reset() {
        done = false;
    }

    /** @return false when {@code deadlineNs} (or WaitQueue.FOREVER) passed first */
    public boolean await(Clock clock, long spinNs, long deadlineNs) {
        return waiters.await(clock, isDone, spinNs, deadlineNs);
    }
}
