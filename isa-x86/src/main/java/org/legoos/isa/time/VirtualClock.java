package org.legoos.isa.time;

import java.util.PriorityQueue;

/** Time that moves only when its owner says so: for deterministic tests and simulation. Single-threaded. */
public final class VirtualClock implements Clock {
    private long nowNs;
    private long armCount;
    private final PriorityQueue<Entry> armed = new PriorityQueue<>((a, b) -> a.deadlineNs != b.deadlineNs
            ? Long.compare(a.deadlineNs, b.deadlineNs)
            : Long.compare(a.order, b.order));

    @Override
    public long nowNs() {
        return nowNs;
    }

    @Override
    public long wallTimeNs() {
        return nowNs;
    }

    @Override
    public Timer newTimer(Runnable action) {
        return new Entry(action);
    }

    /** Fires every timer due up to and including {@code untilNs}, in order, and ends there. */
    public void advanceTo(long untilNs) {
        while (!armed.isEmpty() && armed.peek().deadlineNs <= untilNs) {
            Entry due = armed.poll();
            nowNs = Math.max(nowNs, due.deadlineNs);
            due.isArmed = false;
            due.action.run();
        }
        nowNs = Math.max(nowNs, untilNs);
    }

    /** Jumps to the next timer and fires it; false when none is armed. */
    public boolean advanceToNextTimer() {
        if (armed.isEmpty()) {
            return false;
        }
        advanceTo(armed.peek().deadlineNs);
        return true;
    }

    private final class Entry implements Timer {
        private final Runnable action;
        private long deadlineNs;
        private long order;
        private boolean isArmed;

        Entry(Runnable action) {
            this.action = action;
        }

        @Override
        public void arm(long newDeadlineNs) {
            cancel();
            deadlineNs = newDeadlineNs;
            order = armCount++;
            isArmed = true;
            armed.add(this);
        }

        @Override
        public void cancel() {
            if (isArmed) {
                isArmed = false;
                armed.remove(this);
            }
        }
    }
}
