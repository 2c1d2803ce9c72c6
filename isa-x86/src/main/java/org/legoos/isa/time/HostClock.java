package org.legoos.isa.time;

import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The host's time. One daemon thread fires all timers of the JVM, in order of deadline. */
public final class HostClock implements Clock {
    private static final class Holder {
        static final HostClock INSTANCE = new HostClock();
    }

    private final ReentrantLock mu = new ReentrantLock();
    private final Condition changed = mu.newCondition();
    private final PriorityQueue<HostTimer> armed =
            new PriorityQueue<>((a, b) -> Long.compare(a.deadlineNs, b.deadlineNs)); // guarded by mu
    private boolean threadStarted; // guarded by mu

    private HostClock() {}

    public static HostClock instance() {
        return Holder.INSTANCE;
    }

    @Override
    public long nowNs() {
        return System.nanoTime();
    }

    @Override
    public long wallTimeNs() {
        java.time.Instant now = java.time.Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    @Override
    public Timer newTimer(Runnable action) {
        return new HostTimer(action);
    }

    private void fireForEver() {
        while (true) {
            HostTimer due = awaitNext();
            try {
                due.action.run();
            } catch (Throwable e) {
                // One broken timer must not stop all the others.
                Thread.currentThread().getUncaughtExceptionHandler().uncaughtException(Thread.currentThread(), e);
            }
        }
    }

    private HostTimer awaitNext() {
        mu.lock();
        try {
            while (true) {
                HostTimer first = armed.peek();
                if (first == null) {
                    changed.awaitUninterruptibly();
                    continue;
                }
                long waitNs = first.deadlineNs - nowNs();
                if (waitNs <= 0) {
                    armed.poll();
                    first.isArmed = false;
                    return first;
                }
                try {
                    changed.awaitNanos(waitNs);
                } catch (InterruptedException e) {
                    // Nobody interrupts this thread on purpose; the loop looks at the queue again.
                    Thread.interrupted();
                }
            }
        } finally {
            mu.unlock();
        }
    }

    private final class HostTimer implements Timer {
        private final Runnable action;
        private long deadlineNs; // guarded by mu
        private boolean isArmed; // guarded by mu

        HostTimer(Runnable action) {
            this.action = action;
        }

        @Override
        public void arm(long newDeadlineNs) {
            mu.lock();
            try {
                if (isArmed) {
                    armed.remove(this);
                }
                deadlineNs = newDeadlineNs;
                isArmed = true;
                armed.add(this);
                if (!threadStarted) {
                    threadStarted = true;
                    Thread.ofPlatform().daemon().name("clock").start(HostClock.this::fireForEver);
                }
                if (armed.peek() == this) {
                    changed.signal();
                }
            } finally {
                mu.unlock();
            }
        }

        @Override
        public void cancel() {
            mu.lock();
            try {
                if (isArmed) {
                    isArmed = false;
                    armed.remove(this);
                }
            } finally {
                mu.unlock();
            }
        }
    }
}
