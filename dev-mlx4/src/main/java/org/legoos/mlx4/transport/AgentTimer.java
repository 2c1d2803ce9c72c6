package org.legoos.mlx4.transport;

/** A one-shot timer of an agent; made by {@link AgentTimers#newTimer}, used only by that agent. */
public final class AgentTimer {
    private final AgentTimers timers;
    final Runnable action;
    long deadlineNs = Long.MAX_VALUE;
    /** Deadline by which the heap is ordered; may be earlier than the real one. */
    long queuedNs;
    int heapIndex = -1;

    AgentTimer(AgentTimers timers, Runnable action) {
        this.timers = timers;
        this.action = action;
    }

    public void arm(long atNs) {
        deadlineNs = atNs;
        timers.enqueue(this);
    }

    public void cancel() {
        deadlineNs = Long.MAX_VALUE;
    }

    public boolean isArmed() {
        return deadlineNs != Long.MAX_VALUE;
    }
}
