package org.legoos.kernel.ib.mad;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.sched.Completion;
import org.legoos.kernel.sched.KThread;
import org.legoos.kernel.sched.Scheduler;
import org.legoos.kernel.sched.WaitQueue;

/** The kernel thread on which a port's management runs: completions, timers, and what other threads hand over. */
public final class MadThread implements AutoCloseable {
    private static final long EXIT_NS_MAX = 5_000_000_000L;

    private final Clock clock;
    private final TimerQueue timers;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<BooleanSupplier> pollers = new CopyOnWriteArrayList<>();
    private final WaitQueue waiters = new WaitQueue();
    private final KThread thread;
    private volatile boolean hasNews;

    public MadThread(Scheduler scheduler, String name) {
        clock = scheduler.clock();
        timers = new TimerQueue(clock::nowNs);
        thread = scheduler.spawn(name, this::run);
        thread.onStop(this::wake);
    }

    private void run(KThread self) {
        BooleanSupplier mustLook = () -> hasNews || self.shouldStop();
        while (!self.shouldStop()) {
            hasNews = false;
            boolean isBusy = false;
            for (BooleanSupplier poller : pollers) {
                isBusy |= poller.getAsBoolean();
            }
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
            timers.runDue();
            if (!isBusy) {
                waiters.await(clock, mustLook, 0, timers.nextDeadlineNs());
            }
        }
    }

    /** For the thread itself. */
    public Timers timers() {
        return timers;
    }

    public Clock clock() {
        return clock;
    }

    /** Something to look for whenever the thread wakes; true when there was something and there may be more. */
    public void addPoller(BooleanSupplier poller) {
        pollers.add(poller);
    }

    /** There is something to look at. From any thread, interrupt handlers too; never blocks. */
    public void wake() {
        hasNews = true;
        waiters.wakeAll();
    }

    /** Has the thread run this soon. From any thread; never blocks. */
    public void execute(Runnable task) {
        tasks.add(task);
        wake();
    }

    /** Has the thread run this, and waits until it has; false when it did not within that time. Not from the thread itself. */
    public boolean executeAndWait(Runnable task, long timeoutNs) {
        Completion done = new Completion();
        execute(() -> {
            task.run();
            done.complete();
        });
        return done.await(clock, 0, clock.nowNs() + timeoutNs);
    }

    /** Ends the thread; nothing that was handed over runs any more. */
    @Override
    public void close() {
        thread.stop();
        thread.awaitExit(clock, clock.nowNs() + EXIT_NS_MAX);
    }
}
