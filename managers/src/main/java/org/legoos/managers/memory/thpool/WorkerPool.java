package org.legoos.managers.memory.thpool;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.legoos.fit.Incoming;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.counters.Counter;
import org.legoos.kernel.counters.LatencyHistogram;
import org.legoos.kernel.printk.LogLevel;
import org.legoos.kernel.sched.KThread;
import org.legoos.kernel.sched.TaskWork;
import org.legoos.kernel.sched.WaitQueue;

/**
 * The memory manager's worker threads (thpool in managers/memory/core.c): a ring of 256 requests that arrive on the
 * polling thread and are taken in order by whichever worker is free. Handing over allocates nothing; a full ring
 * refuses.
 */
public final class WorkerPool {
    /** NR_THPOOL_BUFFER. */
    public static final int RING_SIZE = 256;

    private static final long LONGEST_SPIN_NS = 100_000;
    /** A spinning worker that has not said so for longer has lost its core, and another one must be woken. */
    private static final long SPIN_SEEN_NS = 3_000;
    private static final int LENDABLE = 4;
    private static final long NOBODY = Long.MIN_VALUE / 2;

    /** What a worker does with a request; it replies to it or frees it. */
    public interface Work {
        void run(Incoming message, Worker worker);
    }

    private final Clock clock;
    private final Kernel kernel;
    private final Work work;
    private final AtomicBoolean spinning = new AtomicBoolean();
    private volatile long spunAtNs = NOBODY;
    private volatile long spinNs = WaitQueue.BRIEF_SPIN_NS;
    private final WaitQueue arrivals = new WaitQueue();
    private final Incoming[] ring = new Incoming[RING_SIZE];
    private final long[] arrivedNs = new long[RING_SIZE];
    private int head; // guarded by ring
    private volatile int queued; // changed with ring held
    private final ThpoolStats stats = new ThpoolStats();
    private final LatencyHistogram queueing;
    private final Worker[] workers;
    /** Lent to threads that do a request themselves. */
    private final ArrayDeque<Worker> lendable = new ArrayDeque<>(LENDABLE); // guarded by itself
    private final Counter taskWork;

    public WorkerPool(Kernel kernel, int workerCount, Work work) {
        this.clock = kernel.clock();
        this.kernel = kernel;
        this.work = work;
        this.queueing = kernel.counters().histogram("thpool_queueing_ns");
        for (int i = 0; i < RING_SIZE; i++) {
            ring[i] = new Incoming();
        }
        workers = new Worker[workerCount];
        for (int i = 0; i < workerCount; i++) {
            workers[i] = new Worker(i, kernel);
        }
        this.taskWork = kernel.counters().counter("thpool_task_work");
    }

    public void start() {
        for (Worker worker : workers) {
            worker.thread = kernel.sched().spawn("thpool/" + worker.id(), self -> run(worker, self));
            kernel.log().info("thpool: %s worker_id: %d UP", worker.thread.name(), worker.id());
        }
    }

    /** Hands a request over. @return false when the ring is full: the caller still owns the message */
    public boolean offer(Incoming message) {
        long nowNs = clock.nowNs();
        synchronized (ring) {
            if (queued == RING_SIZE) {
                return false;
            }
            int slot = (head + queued) % RING_SIZE;
            message.moveTo(ring[slot]);
            arrivedNs[slot] = nowNs;
            queued = queued + 1;
            stats.queued(queued);
        }
        if (nowNs - spunAtNs > SPIN_SEEN_NS) {
            arrivals.wakeOne();
        }
        return true;
    }

    /**
     * As offer, of a request that takes no longer than waking a worker, or not much: a thread that waits for an answer, and on which the
     * request has arrived, does it itself ({@link TaskWork}).
     */
    public boolean offerShort(Incoming message) {
        TaskWork here = KThread.taskWork();
        Worker worker = here == null ? null : borrow();
        if (worker == null) {
            return offer(message);
        }
        if (!here.offer(worker.task)) {
            giveBack(worker);
            return offer(message);
        }
        message.moveTo(worker.message);
        taskWork.increment();
        return true;
    }

    private Worker borrow() {
        synchronized (lendable) {
            return lendable.poll();
        }
    }

    private void giveBack(Worker worker) {
        synchronized (lendable) {
            lendable.push(worker);
        }
    }

    /** Before the first request: {@link #offerShort} may have the waiting threads work. */
    public void lendWorkers() {
        for (int i = 0; i < LENDABLE; i++) {
            Worker worker = new Worker(workers.length + i, kernel);
            worker.task = () -> {
                handle(worker);
                giveBack(worker);
            };
            giveBack(worker);
        }
    }

    private void run(Worker worker, KThread self) {
        BooleanSupplier ready = () -> queued > 0 || self.shouldStop();
        self.onStop(arrivals::wakeAll);
        while (!self.shouldStop()) {
            awaitWork(ready);
            while (take(worker)) {
                handle(worker);
            }
        }
    }

    /**
     * One idle worker at a time spins for a while before it sleeps, because to be woken takes longer than most requests. How long follows
     * from what it would have been good for, as KVM's halt_poll_ns: longer when work came soon after it had given up, else as little as ever.
     */
    private void awaitWork(BooleanSupplier ready) {
        long startNs = clock.nowNs();
        if (spinning.compareAndSet(false, true)) {
            long untilNs = startNs + spinNs;
            for (long nowNs = startNs; !ready.getAsBoolean() && nowNs < untilNs; nowNs = clock.nowNs()) {
                spunAtNs = nowNs;
                Thread.onSpinWait();
            }
            spunAtNs = NOBODY; // before the look at what is queued that sleeping begins with: offer wakes nobody until now
            spinning.set(false);
        }
        if (!ready.getAsBoolean()) {
            arrivals.await(clock, ready, 0, WaitQueue.FOREVER);
            boolean cameSoon = clock.nowNs() - startNs < LONGEST_SPIN_NS;
            spinNs = cameSoon ? Math.min(LONGEST_SPIN_NS, 2 * spinNs) : WaitQueue.BRIEF_SPIN_NS;
        }
    }

    private boolean take(Worker worker) {
        long waitedNs;
        boolean hasMore;
        synchronized (ring) {
            if (queued == 0) {
                return false;
            }
            ring[head].moveTo(worker.message);
            waitedNs = clock.nowNs() - arrivedNs[head];
            head = (head + 1) % RING_SIZE;
            queued = queued - 1;
            stats.taken(waitedNs, queued);
            hasMore = queued > 0;
        }
        if (hasMore) {
            arrivals.wakeOne();
        }
        queueing.recordNs(waitedNs);
        return true;
    }

    private void handle(Worker worker) {
        worker.inHandler = true;
        try {
            work.run(worker.message, worker);
        } catch (RuntimeException e) {
            kernel.log().once(LogLevel.ERR, "thpool-" + e, "thpool: request failed: %s", e);
        } finally {
            worker.handled = worker.handled + 1;
            worker.inHandler = false;
        }
    }

    /** The original's print_thpool_stats. */
    public String report() {
        StringBuilder text = new StringBuilder();
        for (Worker worker : workers) {
            text.append("thpool worker %d: in_handler %s nr_handled %d%n"
                    .formatted(worker.id(), worker.inHandler ? "YES" : "NO", worker.handled));
        }
        synchronized (ring) {
            return text.append(stats.report()).toString();
        }
    }
}
