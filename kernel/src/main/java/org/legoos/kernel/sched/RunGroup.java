package org.legoos.kernel.sched;

import java.lang.invoke.VarHandle;
import org.legoos.isa.cpu.Cpu;
import org.legoos.isa.cpu.CpuContext;
import org.legoos.isa.cpu.CpuEngine;
import org.legoos.isa.cpu.PageFaultHandler;
import org.legoos.isa.cpu.TranslationCache;
import org.legoos.isa.time.Clock;

/**
 * Programs' threads that share writable memory. Where the engine's LOCKed instructions are not atomic between cores
 * ({@link CpuEngine#atomicBetweenCpus}) they take turns on one core, as threads on a machine with one processor do: one holds
 * the turn; who wants it waits. The turn is handed on when the holder sleeps or ends, or has had it for a slice.
 * Who wants it back after a sleep goes before who was preempted (and soon takes it from a busy holder), but not for
 * ever ({@link TurnQueue}). Groups run in parallel. Where the engine's cores are atomic, each thread has a group of its own.
 *
 * <p>A group gets its core from the {@link CorePool} when a thread needs it, and may lose it while all sleep.
 *
 * <p>A holder keeps the turn between its runs on the core, so a thread without siblings pays one comparison a trap.
 *
 * <p>Lock: this object's, for the queue; the pool is not called with it held. The turn itself protects the core.
 */
public final class RunGroup implements TranslationCache {
    /** The holder keeps the turn for one to two of these while others want it. */
    private static final long SLICE_NS = 2_000_000;

    /** A holder that has had the turn for this long gives it to one that comes back from a sleep. */
    private static final long WAKE_SLICE_NS = 200_000;

    private final CorePool pool;
    private final Clock clock;
    private final Clock.Timer timer;
    private final PageFaultHandler onFault = (guestVa, errorCode) -> holder().onFault(guestVa, errorCode);
    private final TurnQueue<SharedCpu> queue = new TurnQueue<>(); // guarded by this
    private final RealTimeUse realTime; // guarded by this
    private long timerNs = Long.MAX_VALUE; // when the timer goes off; guarded by this
    private int members; // guarded by this
    private volatile int waiting; // size of the queue; written under this
    private volatile SharedCpu holder;
    private volatile boolean preempting;
    private volatile long turnStartNs;
    private volatile boolean hasBegun; // false while the host has not yet woken the holder's thread, or it waits for a processor
    private long chargedNs; // until when the holder has been charged; guarded by this

    private final Placement placement;

    /** Null while the group has none; set by the holder, taken away while there is no holder. */
    private volatile Cpu core;

    private volatile long coreStartNs;

    /** The address space that the core's translations are of; the holder's. */
    private PageFaultHandler loadedSpace;

    public RunGroup(CorePool pool, Clock clock) {
        this.clock = clock;
        this.pool = pool;
        this.placement = new Placement(this, pool.processors());
        this.realTime = new RealTimeUse(pool.realTimeLimit());
        this.timer = clock.newTimer(this::sliceOver);
    }

    /** A core of its own for a thread that shares memory with this group's: of this group if the engine demands it. */
    public SharedCpu newCpu() {
        boolean isAlone = engine().atomicBetweenCpus() && memberCount() > 0;
        RunGroup group = isAlone ? new RunGroup(pool, clock) : this;
        return new SharedCpu(group);
    }

    CpuEngine engine() {
        return pool.engine();
    }

    CpuContext newContext() {
        return pool.newContext();
    }

    private SharedCpu holder() {
        return holder;
    }

    Clock clock() {
        return clock;
    }

    synchronized int memberCount() {
        return members;
    }

    /** Nobody runs here any more. */
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
            freeCore();
            placement.freed(placement.takeProcessor());
        }
    }

    // ---- the core

    /** The core, or null: then the holder calls {@link #attachCore}. */
    Cpu core() {
        return core;
    }

    /** The holder needs a core: waits for one. */
    Cpu attachCore() {
        Cpu given = pool.take(this);
        loadedSpace = null; // what the core remembers is of another one
        given.setPageFaultHandler(onFault);
        coreStartNs = clock.nowNs();
        core = given;
        return given;
    }

    /** Takes the core away if nobody uses or wants it; null otherwise. */
    synchronized Cpu surrender() {
        if (holder != null || waiting > 0) {
            return null;
        }
        Cpu had = core;
        core = null;
        return had;
    }

    private void freeCore() {
        Cpu had = surrender();
        if (had != null) {
            pool.give(this, had);
        }
    }

    /** Has a core that nobody uses. */
    boolean isAsleep() {
        return isIdle() && core != null;
    }

    long turnStartNs() {
        return turnStartNs;
    }

    long coreStartNs() {
        return coreStartNs;
    }

    /** Others need the core: the holder gives it up soon. */
    void preempt() {
        preempting = true;
        interruptCore();
    }

    void interruptCore() {
        placement.unpark();
        Cpu here = core;
        if (here != null) {
            here.interrupt();
        }
    }

    /** A core that the group gets later begins without translations, after it was set: one of both sees the other's change. */
    @Override
    public void shootdown(long guestVa) {
        VarHandle.fullFence();
        Cpu here = core;
        if (here != null) {
            here.shootdown(guestVa);
        }
    }

    @Override
    public void shootdownAll() {
        VarHandle.fullFence();
        Cpu here = core;
        if (here != null) {
            here.shootdownAll();
        }
    }

    void invalidateCode(long guestPa, long lengthBytes) {
        pool.invalidateCode(guestPa, lengthBytes);
    }

    // ---- the turn

    boolean isHolder(SharedCpu cpu) {
        return holder == cpu;
    }

    /** Whether the holder should hand the turn on as soon as it can. */
    boolean isPreempting() {
        return preempting;
    }

    /** Whether siblings wait for the turn. */
    boolean isWanted() {
        return waiting > 0;
    }

    /** Whether anybody waits for what the holder has: siblings for the turn, or another group for the core. */
    boolean isCoreWanted() {
        return waiting > 0 || pool.isWanted() || placement.isWanted();
    }

    Placement placement() {
        return placement;
    }

    /** The processor that the group has, or -1. */
    public int processor() {
        return placement.processor();
    }

    /** Waits for a processor while it has the turn. */
    void awaitsProcessor() {
        hasBegun = false;
    }

    int waitingCount() {
        return waiting;
    }

    boolean isIdle() {
        return holder == null && waiting == 0;
    }

    /** Gets the turn, or a place in the queue. @return false when the caller has to wait for {@link #isHolder} */
    synchronized boolean take(SharedCpu cpu, boolean wasPreempted) {
        if (holder == null) {
            queue.enter(cpu);
            begin(cpu);
            hasBegun = true;
            placement.busySince(turnStartNs);
            return true;
        }
        settle(clock.nowNs());
        queue.add(cpu, wasPreempted);
        waiting = queue.size();
        watch();
        return false;
    }

    /** A thread has another share than before. */
    synchronized void shareChanged(SharedCpu cpu) {
        if (holder == cpu) {
            queue.enter(cpu);
        } else if (queue.remove(cpu)) {
            queue.add(cpu, false);
        }
        watch();
    }

    /** Charges the holder for what it has had. */
    private void settle(long nowNs) {
        if (hasBegun) {
            SharedCpu had = holder;
            long usedNs = nowNs - Math.max(chargedNs, turnStartNs);
            had.standing().weightedNs += had.share().weighted(usedNs);
            if (had.standing().isRealTime()) {
                realTime.charge(nowNs, usedNs);
            }
            queue.served(had);
        }
        chargedNs = nowNs;
    }

    /** Hands the turn on. The holder has saved its registers. */
    void giveUp(SharedCpu cpu) {
        giveUp(cpu, false);
    }

    /**
     * Hands the turn on to who has the best claim, the holder among them. The holder has saved its registers.
     *
     * @return false when nobody else wants the turn: then the holder has no place in the queue
     */
    boolean passOn(SharedCpu cpu) {
        return giveUp(cpu, true);
    }

    private boolean giveUp(SharedCpu cpu, boolean staysInLine) {
        Cpu freed = null;
        boolean isIdle;
        int lost = -1;
        synchronized (this) {
            if (holder != cpu) {
                return false;
            }
            if (members > 1) {
                settle(clock.nowNs());
            }
            isIdle = waiting == 0;
            boolean isProcessorDue = placement.isDue();
            if (isIdle) {
                holder = null;
            } else {
                if (preempting && pool.isWanted()) {
                    freed = core;
                    core = null;
                }
                if (staysInLine) {
                    queue.add(cpu, true);
                }
                SharedCpu next = queue.poll(clock.nowNs(), realTime);
                waiting = queue.size();
                begin(next);
                next.unpark();
                watch();
            }
            if (placement.isWanted() && (isIdle || isProcessorDue)) {
                lost = placement.takeProcessor();
            }
        }
        placement.freed(lost);
        if (freed != null) {
            pool.give(this, freed);
        } else if (isIdle && pool.isWanted()) {
            freeCore();
        }
        return !isIdle;
    }

    /** Who was given the turn has woken up: its slice begins now. On a busy host it would be over before, again and again. */
    void turnBegins() {
        turnStartNs = clock.nowNs();
        hasBegun = true;
        if (waiting > 0) {
            synchronized (this) {
                watch();
            }
        }
    }

    private void begin(SharedCpu cpu) {
        preempting = false;
        hasBegun = false;
        turnStartNs = clock.nowNs();
        queue.served(cpu);
        placement.holdsNow(cpu.share());
        holder = cpu;
    }

    /** Has the timer look at the holder when it has had its part of its turn. */
    private void watch() {
        long graceNs = waiting == 0 ? Long.MAX_VALUE : graceNs(clock.nowNs());
        if (graceNs != Long.MAX_VALUE) {
            watch(graceNs);
        }
    }

    private long graceNs(long nowNs) {
        return queue.graceNs(holder, nowNs, nowNs - turnStartNs, realTime, SLICE_NS, WAKE_SLICE_NS);
    }

    private void watch(long sliceNs) {
        long atNs = Math.max(turnStartNs + sliceNs, clock.nowNs());
        if (atNs < timerNs) {
            timerNs = atNs;
            timer.arm(atNs);
        }
    }

    private void sliceOver() {
        synchronized (this) {
            timerNs = Long.MAX_VALUE;
            if (waiting == 0 || holder == null) {
                return;
            }
            long nowNs = clock.nowNs();
            settle(nowNs);
            long graceNs = graceNs(nowNs);
            if (graceNs == Long.MAX_VALUE || graceNs > 0 && !hasBegun) {
                return;
            }
            long heldNs = nowNs - turnStartNs;
            if (heldNs < graceNs) {
                watch(graceNs);
                return;
            }
            if (!queue.beats(holder)) {
                watch(heldNs + SLICE_NS);
                return;
            }
            preempting = true;
        }
        interruptCore();
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
