package org.legoos.kernel.sched;

import java.util.ArrayDeque;
import org.legoos.isa.cpu.Cpu;
import org.legoos.isa.cpu.CpuEngine;
import org.legoos.isa.cpu.PageFaultHandler;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.time.Clock;

/**
 * Programs' threads that share writable memory. Where the engine's LOCKed instructions are not atomic between cores
 * ({@link CpuEngine#atomicBetweenCpus}) they take turns on one core, as threads on a machine with one processor do: one holds
 * the turn; who wants it waits. The turn is handed on when the holder sleeps or ends, or has had it for a slice.
 * Who wants it back after a sleep goes before who was preempted (and soon takes it from a busy holder), but not for
 * ever. Groups run in parallel. Where the engine's cores are atomic, each thread has a group of its own.
 *
 * <p>A holder keeps the turn between its runs on the core, so a thread without siblings pays one comparison a trap.
 *
 * <p>Lock: this object's, for the queues; nothing is called with it held. The turn itself protects the core.
 */
public final class RunGroup {
    /** The holder keeps the turn for one to two of these while others want it. */
    private static final long SLICE_NS = 2_000_000;

    /** A holder that has had the turn for this long gives it to one that comes back from a sleep. */
    private static final long WAKE_SLICE_NS = 200_000;

    /** So many turns in a row go to those that slept before one that was preempted gets its turn. */
    private static final int WOKEN_IN_A_ROW_MAX = 8;

    private final CorePool pool;
    private final Clock clock;
    private final Cpu core;
    private final Clock.Timer timer;
    private final ArrayDeque<SharedCpu> woken = new ArrayDeque<>(); // guarded by this
    private final ArrayDeque<SharedCpu> preempted = new ArrayDeque<>(); // guarded by this
    private int wokenInARow; // guarded by this
    private long timerNs = Long.MAX_VALUE; // when the timer goes off; guarded by this
    private int members; // guarded by this
    private volatile int waiting; // size of both queues; written under this
    private volatile SharedCpu holder;
    private volatile boolean preempting;
    private volatile long turnStartNs;

    /** The address space that the core's translations are of; the holder's. */
    private PageFaultHandler loadedSpace;

    public RunGroup(CorePool pool, Clock clock) {
        this.clock = clock;
        this.pool = pool;
        this.core = pool.take();
        this.timer = clock.newTimer(this::sliceOver);
        core.setPageFaultHandler((guestVa, errorCode) -> holder.onFault(guestVa, errorCode));
    }

    /** A core of its own for a thread that shares memory with this group's: of this group if the engine demands it. */
    public SharedCpu newCpu(PhysicalMemory memory) {
        CpuEngine engine = core.engine();
        boolean isAlone = engine.atomicBetweenCpus() && memberCount() > 0;
        RunGroup group = isAlone ? new RunGroup(pool, clock) : this;
        return new SharedCpu(group);
    }

    Cpu core() {
        return core;
    }

    Clock clock() {
        return clock;
    }

    synchronized int memberCount() {
        return members;
    }

    /** Nobody runs here any more; the core is gone. */
    public synchronized boolean isEmpty() {
        return members == 0;
    }

    /** One thread at most runs here. */
    public synchronized boolean isAlone() {
        return members <= 1;
    }

    synchronized void join() {
        members++;
    }

    /** The last one gives the core back. */
    void leave() {
        boolean isLast;
        synchronized (this) {
            isLast = --members == 0;
        }
        if (isLast) {
            timer.cancel();
            pool.give(core);
        }
    }

    // ---- the turn

    boolean isHolder(SharedCpu cpu) {
        return holder == cpu;
    }

    /** Whether the holder should hand the turn on as soon as it can. */
    boolean isPreempting() {
        return preempting;
    }

    boolean isWanted() {
        return waiting > 0;
    }

    /** Gets the turn, or a place in the queue. @return false when the caller has to wait for {@link #isHolder} */
    synchronized boolean take(SharedCpu cpu, boolean wasPreempted) {
        if (holder == null) {
            begin(cpu);
            return true;
        }
        (wasPreempted ? preempted : woken).add(cpu);
        waiting = waiting + 1;
        watch(wasPreempted ? SLICE_NS : WAKE_SLICE_NS);
        return false;
    }

    /** Hands the turn on. The holder has saved its registers. */
    synchronized void giveUp(SharedCpu cpu) {
        if (holder != cpu) {
            return;
        }
        if (waiting == 0) {
            holder = null;
            return;
        }
        begin(next());
        holder.unpark();
        if (waiting > 0) {
            watch(woken.isEmpty() ? SLICE_NS : WAKE_SLICE_NS);
        }
    }

    private void begin(SharedCpu cpu) {
        preempting = false;
        turnStartNs = clock.nowNs();
        holder = cpu;
    }

    private SharedCpu next() {
        boolean isWoken = !woken.isEmpty() && (preempted.isEmpty() || wokenInARow < WOKEN_IN_A_ROW_MAX);
        wokenInARow = isWoken ? wokenInARow + 1 : 0;
        waiting = waiting - 1;
        return isWoken ? woken.poll() : preempted.poll();
    }

    /** Has the timer look at the holder when it has had this much of its turn. */
    private void watch(long sliceNs) {
        long atNs = Math.max(turnStartNs + sliceNs, clock.nowNs());
        if (atNs < timerNs) {
            timerNs = atNs;
            timer.arm(atNs);
        }
    }

    private void sliceOver() {
        boolean isOver;
        synchronized (this) {
            timerNs = Long.MAX_VALUE;
            if (waiting == 0 || holder == null) {
                return;
            }
            long sliceNs = woken.isEmpty() ? SLICE_NS : WAKE_SLICE_NS;
            isOver = clock.nowNs() - turnStartNs >= sliceNs;
            if (isOver) {
                preempting = true;
            } else {
                watch(sliceNs);
            }
        }
        if (isOver) {
            core.interrupt();
        }
    }

    // ---- the holder's

    /** Puts the core into an address space if it is in another. */
    void enterSpace(PageFaultHandler space, long pageTableRoot) {
        if (loadedSpace != space) {
            loadedSpace = space;
            core.setPageTableRoot(pageTableRoot);
        }
    }
}
