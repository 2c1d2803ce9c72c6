package org.legoos.mlx4.transport;

/** A one-shot timer of an agent; made by {@link AgentTimers#newTimer}, used only by that agent. */
public final class AgentTimer {
    private final AgentTimers timers;
    private final Runnable action;
    long deadlineNs = Long.MAX_VALUE;
    /** Deadline by which the heap is ordered; may be earlier than the real one. */
    long queuedNs;
    int heapIndex = -1;
    /** How long after its deadline it fired last. */
    private long lateNs;

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

    void fire(long afterDeadlineNs) {
        lateNs = afterDeadlineNs;
        action.run();
    }

    /** How long after its deadline it fired last: then the agent had no processor, or waited for one. */
    public long lateNs() {
        return lateNs;
    }

    public boolean isArmed() {
        return deadlineNs != Long.MAX_VALUE;
    }
}
