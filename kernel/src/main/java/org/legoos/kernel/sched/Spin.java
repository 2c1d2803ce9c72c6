package org.legoos.kernel.sched;

import java.util.function.BooleanSupplier;
import org.legoos.isa.time.Clock;

/**
 * How long one thread spins for what it waits for before it sleeps. To be put to sleep and woken by the host costs tens of
 * microseconds, more than many waits last: a contended lock, a turn, an answer through a pipe. So a thread whose waits have
 * been short spins, and one whose waits are long hardly does; now and then it tries whether that has changed. Owner only.
 */
public final class Spin {
    private static final long MAX_NS = 25_000;
    private static final long MIN_NS = 500;

    /** One wait in so many is tried at full length. */
    private static final int TRIAL_EACH = 8;

    private static final int SPINS_BETWEEN_LOOKS = 32;

    private long budgetNs = MAX_NS;
    private int waits;

    /** @return whether the condition, which reads volatile state, became true in time */
    public boolean await(Clock clock, BooleanSupplier condition) {
        boolean isTrial = ++waits % TRIAL_EACH == 0;
        long limitNs = isTrial ? MAX_NS : budgetNs;
        long startNs = clock.nowNs();
        do {
            for (int i = 0; i < SPINS_BETWEEN_LOOKS; i++) {
                if (condition.getAsBoolean()) {
                    budgetNs = MAX_NS;
                    return true;
                }
                Thread.onSpinWait();
            }
        } while (clock.nowNs() - startNs < limitNs);
        budgetNs = Math.max(MIN_NS, budgetNs / 2);
        return false;
    }
}
