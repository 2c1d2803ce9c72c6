package org.legoos.kernel.ib.mad;

import java.util.TreeSet;
import java.util.function.LongSupplier;

/** The timers of one thread, which runs them when it has the time. */
public final class TimerQueue implements Timers {
    /** {@link #nextDeadlineNs()} when there is none. */
    public static final long NONE = Long.MAX_VALUE;

    private final LongSupplier nowNs;
    private final TreeSet<Entry> entries = new TreeSet<>();
    private long sequence;

    public TimerQueue(LongSupplier nowNs) {
        this.nowNs = nowNs;
    }

    private final class Entry implements Timer, Comparable<Entry> {
        final long deadlineNs;
        final long number;
        final Runnable action;

        Entry(long deadlineNs, long number, Runnable action) {
            this.deadlineNs = deadlineNs;
            this.number = number;
            this.action = action;
        }

        @Override
        public void cancel() {
            entries.remove(this);
        }

        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(deadlineNs, other.deadlineNs);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    @Override
    public long nowNs() {
        return nowNs.getAsLong();
    }

    @Override
    public Timer after(long delayNs, Runnable action) {
        Entry entry = new Entry(nowNs() + delayNs, sequence++, action);
        entries.add(entry);
        return entry;
    }

    public long nextDeadlineNs() {
        return entries.isEmpty() ? NONE : entries.first().deadlineNs;
    }

    public int size() {
        return entries.size();
    }

    /** Runs what is due now; what that adds waits for the next call. */
    public void runDue() {
        long now = nowNs();
        long end = sequence;
        while (!entries.isEmpty() && entries.first().deadlineNs <= now && entries.first().number < end) {
            entries.pollFirst().action.run();
        }
    }
}
