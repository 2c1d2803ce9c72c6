package org.legoos.kernel.sched;

import java.util.concurrent.locks.LockSupport;
import org.legoos.isa.time.Clock;

/** A kernel thread; see {@link Scheduler}. */
public final class KThread {
    /** What a thread does. */
    @FunctionalInterface
    public interface Body {
        void run(KThread self) throws Exception;
    }

    private static final ThreadLocal<KThread> CURRENT = new ThreadLocal<>();

    private final String name;
    private final int pid;
    private final Completion exit = new Completion();
    private volatile boolean stopRequested;
    private volatile Runnable onStop = () -> {};
    private volatile Thread host;
    private Runnable beforeSleep;
    private final TaskWork taskWork = new TaskWork();

    KThread(String name, int pid) {
        this.name = name;
        this.pid = pid;
    }

    void start(HostThreads hosts, String nodeName, long stackBytes, Runnable body) {
        hosts.run(nodeName + "/" + name, stackBytes, () -> {
            host = Thread.currentThread();
            CURRENT.set(this);
            try {
                body.run();
            } finally {
                CURRENT.remove();
                host = null;
            }
        });
    }

    void exited() {
        exit.complete();
    }

    /** What the thread does before it goes to sleep in any {@link WaitQueue}: gives way to others. The thread itself. */
    public void beforeSleep(Runnable action) {
        beforeSleep = action;
    }

    /** The calling thread, if it is a kernel thread, is about to sleep in a way of its own. Never blocks. */
    public static void goesToSleep() {
        KThread self = CURRENT.get();
        if (self != null && self.beforeSleep != null) {
            self.beforeSleep.run();
        }
    }

    /** The calling thread's, or null if it is no kernel thread. */
    public static TaskWork taskWork() {
        KThread self = CURRENT.get();
        return self == null ? null : self.taskWork;
    }

    public String name() {
        return name;
    }

    public int pid() {
        return pid;
    }

    public boolean shouldStop() {
        return stopRequested;
    }

    /** Installs what wakes the thread from its own way of waiting when it is asked to stop. */
    public void onStop(Runnable wake) {
        onStop = wake;
        if (stopRequested) {
            wake.run();
        }
    }

    /** Asks the thread to end. */
    public void stop() {
        stopRequested = true;
        onStop.run();
        Thread thread = host;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /** Waits for the end of the thread. @return false when the deadline passed first */
    public boolean awaitExit(Clock clock, long deadlineNs) {
        return exit.await(clock, 0, deadlineNs);
    }
}
