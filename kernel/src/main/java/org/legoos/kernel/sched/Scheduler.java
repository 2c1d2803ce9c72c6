package org.legoos.kernel.sched;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.legoos.isa.time.Clock;

/**
 * Makes the node's kernel threads: the one place from which threads come. A kernel thread is a daemon
 * platform thread of the host; its pid counts from 1 on each node. A thread that dies of an exception is
 * our bug: it is reported through {@code onCrash} and the node goes on.
 */
public final class Scheduler {
    private final String nodeName;
    private final Clock clock;
    private final BiConsumer<KThread, Throwable> onCrash;
    private final HostThreads hosts = new HostThreads();
    private final AtomicInteger nextPid = new AtomicInteger(1);
    private final List<KThread> threads = new CopyOnWriteArrayList<>();

    public Scheduler(String nodeName, Clock clock, BiConsumer<KThread, Throwable> onCrash) {
        this.nodeName = nodeName;
        this.clock = clock;
        this.onCrash = onCrash;
    }

    public Clock clock() {
        return clock;
    }

    /** Starts a kernel thread. The body should return soon after {@link KThread#shouldStop} turns true. */
    public KThread spawn(String name, KThread.Body body) {
        return spawn(name, 0, body);
    }

    /** As {@link #spawn(String, KThread.Body)} with a host stack size in bytes, 0 for the default. */
    public KThread spawn(String name, long stackBytes, KThread.Body body) {
        KThread thread = new KThread(name, nextPid.getAndIncrement());
        threads.add(thread);
        try {
            start(thread, stackBytes, body);
        } catch (OutOfMemoryError e) { // the host's limit of threads
            threads.remove(thread);
            throw e;
        }
        return thread;
    }

    private void start(KThread thread, long stackBytes, KThread.Body body) {
        thread.start(hosts, nodeName, stackBytes, () -> {
            try {
                body.run(thread);
            } catch (Throwable t) {
                onCrash.accept(thread, t);
            } finally {
                threads.remove(thread);
                thread.exited();
            }
        });
    }

    public List<KThread> threads() {
        return threads;
    }

    /** Asks all threads to stop, wakes them, and waits for them until the deadline. @return true when all ended */
    public boolean stopAll(long deadlineNs) {
        for (KThread thread : threads) {
            thread.stop();
        }
        boolean all = true;
        for (KThread thread : threads) {
            all &= thread.awaitExit(clock, deadlineNs);
        }
        return all;
    }
}
