package org.legoos.mlx4.hca;

import org.legoos.mlx4.transport.AgentTimer;
import org.legoos.mlx4.transport.AgentTimers;

/**
 * Holds back an event until so many causes have come together or so much time has passed since the first (PRM: max
 * count and period of a CQ or EQ). Without both an event is due at once.
 */
final class Moderation {
    private static final long US_NS = 1_000;

    private final AgentTimers timers;
    private final Runnable onDue;
    private AgentTimer timer; // made when first needed
    private int count;
    private long periodNs;
    private int waiting;

    /** @param onDue called by the agent when the period ends with causes still waiting */
    Moderation(AgentTimers timers, Runnable onDue) {
        this.timers = timers;
        this.onDue = onDue;
    }

    /** What waits is due now, if the new rule says so. */
    void set(int periodUs, int maxCount) {
        periodNs = periodUs * US_NS;
        count = maxCount;
        if (waiting > 0 && (waiting >= count || periodNs == 0)) {
            end();
        }
    }

    /** One more cause; true when the event is due with it. */
    boolean isDue() {
        waiting++;
        if (periodNs == 0 || waiting >= count) {
            clear();
            return true;
        }
        if (timer == null) {
            timer = timers.newTimer(this::end);
        }
        if (!timer.isArmed()) {
            timer.arm(timers.clock().nowNs() + periodNs);
        }
        return false;
    }

    private void end() {
        if (waiting > 0) {
            clear();
            onDue.run();
        }
    }

    /** The event has come, or its queue goes away. */
    void clear() {
        waiting = 0;
        if (timer != null) {
            timer.cancel();
        }
    }
}
