package org.legoos.kernel.sched;

/**
 * Work that a thread does itself while it waits, as Linux's task_work. Messages are handled where they arrive, and in one JVM that is nearly
 * always the thread that waits for the answer; what a handler must not do, because it waits for a disk, this thread can do a moment later,
 * when it holds nothing of the receive path. No other thread is woken for it, which takes longer than most requests.
 *
 * <p>Only its own thread touches it. A thread that waits says so by {@link #begin()}, calls {@link #run()} when it would wait, and
 * {@link #end()} in any case; waits may be nested in work. Work must not wait for locks that are held across waits.
 */
public final class TaskWork {
    private int waits;
    private Runnable pending;

    TaskWork() {}

    /** The thread is about to wait for something that others may do on it. */
    public void begin() {
        waits++;
    }

    /** @return false when the thread does not wait, or has work already: another thread must do it */
    public boolean offer(Runnable work) {
        if (waits == 0 || pending != null) {
            return false;
        }
        pending = work;
        return true;
    }

    public boolean isPending() {
        return pending != null;
    }

    /** Does what has been offered, giving way to other threads first. @return whether there was anything */
    public boolean run() {
        Runnable work = pending;
        if (work == null) {
            return false;
        }
        KThread.goesToSleep();
        while (work != null) {
            pending = null;
            work.run();
            work = pending;
        }
        return true;
    }

    /** The thread waits no more. */
    public void end() {
        run();
        waits--;
    }
}
