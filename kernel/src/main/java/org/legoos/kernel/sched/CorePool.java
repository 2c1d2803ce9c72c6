package org.legoos.kernel.sched;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.legoos.isa.cpu.Cpu;
import org.legoos.isa.cpu.CpuContext;
import org.legoos.isa.cpu.CpuEngine;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.time.Clock;

/**
 * The cores that run groups use. Making one takes milliseconds and megabytes, so a group that ends leaves its core to the next
 * one, and there are at most {@link #CORES_MAX}: beyond these a group gets the core of the one whose threads have slept longest;
 * when none sleeps, groups that have had theirs for a slice give it up. A thread that sleeps needs no core.
 *
 * <p>A core keeps its translated code, which is by physical address: a child that shares its parent's lines finds it
 * translated already. So whoever refills a frame that held code tells all cores ({@link #invalidateCode}), not only
 * those that run its address space. Thread-safe. Lock: this, then a group's.
 */
public final class CorePool implements AutoCloseable {
    /** Cores there are at most: each takes some megabytes of the host, which has far fewer processors. */
    public static final int CORES_MAX = 32;

    /** Idle cores beyond this are closed. */
    private static final int IDLE_MAX = 8;

    /**
     * How long a group keeps its core while others wait for one and all are busy: long enough to have some pages at once in a
     * cache that all of them miss in.
     */
    private static final long SLICE_NS = 20_000_000;

    private final Supplier<CpuEngine> engine;
    private final PhysicalMemory memory;
    private final Clock clock;
    private final int coresMax;
    private final Clock.Timer timer;
    private final RealTimeLimit realTimeLimit = new RealTimeLimit();
    private final Processors processors;
    private final ArrayDeque<Cpu> idle = new ArrayDeque<>(); // guarded by this; the last one used is the first one taken
    private final CopyOnWriteArrayList<Cpu> all = new CopyOnWriteArrayList<>();
    private final List<RunGroup> owners = new ArrayList<>(); // who has a core; guarded by this
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>(); // guarded by this
    private int making; // cores about to be; guarded by this
    private volatile int waiting; // size of the queue; written under this
    private volatile long steals; // written under this
    private boolean isClosed; // guarded by this

    /** A thread that waits for a core. */
    private static final class Waiting {
        final RunGroup group;
        final Thread thread = Thread.currentThread();
        volatile Cpu core;

        Waiting(RunGroup group) {
            this.group = group;
        }
    }

    /**
     * @param engine asked when the first core is needed
     * @param processors how many groups may run at once, up to 64
     */
    public CorePool(Supplier<CpuEngine> engine, PhysicalMemory memory, Clock clock, int processors) {
        this(engine, memory, clock, processors, CORES_MAX);
    }

    CorePool(Supplier<CpuEngine> engine, PhysicalMemory memory, Clock clock, int processors, int coresMax) {
        this.engine = engine;
        this.memory = memory;
        this.clock = clock;
        this.coresMax = coresMax;
        this.timer = clock.newTimer(this::tick);
        this.processors = new Processors(processors, realTimeLimit, clock);
    }

    CpuEngine engine() {
        return engine.get();
    }

    /** A blank context for any core. */
    CpuContext newContext() {
        synchronized (this) {
            if (!all.isEmpty()) {
                return all.getFirst().newContext();
            }
        }
        Cpu first = engine.get().newCpu(memory);
        synchronized (this) {
            all.add(first);
            idle.addFirst(first);
            return first.newContext();
        }
    }

    /** A core for the group, whose registers are anything; waits when all are in use. */
    Cpu take(RunGroup group) {
        Waiting self;
        synchronized (this) {
            Cpu core = idle.pollLast();
            boolean isFull = all.size() + making >= coresMax;
            self = new Waiting(group);
            if (core == null && isFull) {
                queue.add(self); // before the look: who goes to sleep after it looks at the queue
                waiting = queue.size();
                core = steal();
                if (core == null) {
                    timer.arm(clock.nowNs() + SLICE_NS);
                } else {
                    queue.remove(self);
                    waiting = queue.size();
                }
            }
            if (core != null) {
                owners.add(group);
                return core;
            }
            making += isFull ? 0 : 1;
            self = isFull ? self : null;
        }
        return self == null ? make(group) : await(self);
    }

    private Cpu make(RunGroup group) {
        Cpu core = null;
        try {
            core = engine.get().newCpu(memory);
        } finally {
            synchronized (this) {
                making--;
                if (core != null) {
                    all.add(core);
                    owners.add(group);
                }
            }
        }
        return core;
    }

    private static Cpu await(Waiting self) {
        while (self.core == null) {
            LockSupport.park(self);
            Thread.interrupted();
        }
        return self.core;
    }

    /** The core of the group that has not run for longest, of those that do not run now; null when all run. */
    private Cpu steal() {
        while (true) {
            RunGroup oldest = null;
            for (RunGroup group : owners) {
                if (group.isAsleep() && (oldest == null || group.turnStartNs() < oldest.turnStartNs())) {
                    oldest = group;
                }
            }
            if (oldest == null) {
                return null;
            }
            Cpu core = oldest.surrender();
            if (core != null) {
                owners.remove(oldest);
                steals = steals + 1;
                return core;
            }
        }
    }

    /** A group does not need its core any more, or has had it for long enough. */
    void give(RunGroup group, Cpu core) {
        synchronized (this) {
            owners.remove(group);
            if (hand(core)) {
                return;
            }
            core.setPageFaultHandler(null);
            if (!isClosed && idle.size() < IDLE_MAX) {
                idle.addLast(core);
                return;
            }
            all.remove(core);
        }
        core.close();
    }

    /** Gives a core to who has waited longest. @return false when nobody waits */
    private boolean hand(Cpu core) {
        Waiting first = queue.poll();
        waiting = queue.size();
        if (first == null) {
            return false;
        }
        owners.add(first.group);
        first.core = core;
        LockSupport.unpark(first.thread);
        return true;
    }

    /** Somebody has waited for a slice. */
    private void tick() {
        RunGroup longest = null;
        synchronized (this) {
            if (queue.isEmpty()) {
                return;
            }
            Cpu core = steal();
            if (core != null) {
                hand(core);
            } else {
                for (RunGroup group : owners) {
                    if (longest == null || group.coreStartNs() < longest.coreStartNs()) {
                        longest = group;
                    }
                }
            }
            if (!queue.isEmpty()) {
                timer.arm(clock.nowNs() + Math.max(1, SLICE_NS / queue.size()));
            }
        }
        if (longest != null) {
            longest.preempt();
        }
    }

    Processors processors() {
        return processors;
    }

    /** What real-time threads may take of a core that they share with others. */
    public RealTimeLimit realTimeLimit() {
        return realTimeLimit;
    }

    /** Whether a group waits for a core. */
    boolean isWanted() {
        return waiting > 0;
    }

    /** The frames at guestPa are about to hold something else: no core has translated code of them after return. Any thread. */
    public void invalidateCode(long guestPa, long lengthBytes) {
        for (Cpu core : all) {
            core.invalidateCode(guestPa, lengthBytes);
        }
    }

    /** Cores there are, idle or not. */
    public int count() {
        return all.size();
    }

    /** How often a group got the core of a sleeping one. */
    public long steals() {
        return steals;
    }

    /** Idle cores end now, the others when their groups do. */
    @Override
    public void close() {
        ArrayDeque<Cpu> ended;
        synchronized (this) {
            isClosed = true;
            ended = new ArrayDeque<>(idle);
            idle.clear();
            all.removeAll(ended);
        }
        for (Cpu core : ended) {
            core.close();
        }
    }
}
