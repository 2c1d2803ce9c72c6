package org.legoos.kernel.sched;

import java.util.ArrayDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.legoos.isa.cpu.Cpu;
import org.legoos.isa.cpu.CpuEngine;
import org.legoos.isa.memory.PhysicalMemory;

/**
 * The cores that run groups use. Making one takes milliseconds and megabytes, so a group that ends leaves its core to the next
 * one. The core keeps its translated code, which is by physical address: a child that shares its parent's lines finds it
 * translated already. So whoever refills a frame that held code tells all cores ({@link #invalidateCode}), not only
 * those that run its address space. Thread-safe.
 */
public final class CorePool implements AutoCloseable {
    /** Cores that may be in use at once: each takes some megabytes of the host. */
    private static final int CORES_MAX = 256;

    /** Idle cores beyond this are closed. */
    private static final int IDLE_MAX = 8;

    private final Supplier<CpuEngine> engine;
    private final PhysicalMemory memory;
    private final ArrayDeque<Cpu> idle = new ArrayDeque<>(); // guarded by this; the last one used is the first one taken
    private final CopyOnWriteArrayList<Cpu> all = new CopyOnWriteArrayList<>();
    private boolean isClosed; // guarded by this

    /** @param engine asked when the first core is needed */
    public CorePool(Supplier<CpuEngine> engine, PhysicalMemory memory) {
        this.engine = engine;
        this.memory = memory;
    }

    CpuEngine engine() {
        return engine.get();
    }

    PhysicalMemory memory() {
        return memory;
    }

    /** A core that nobody uses; its registers are anything. */
    Cpu take() {
        synchronized (this) {
            Cpu core = idle.pollLast();
            if (core != null) {
                return core;
            }
        }
        Cpu core = engine.get().newCpu(memory);
        all.add(core);
        return core;
    }

    void give(Cpu core) {
        core.setPageFaultHandler(null);
        synchronized (this) {
            if (!isClosed && idle.size() < IDLE_MAX) {
                idle.addLast(core);
                return;
            }
        }
        all.remove(core);
        core.close();
    }

    /** The frames at guestPa are about to hold something else: no core has translated code of them after return. Any thread. */
    public void invalidateCode(long guestPa, long lengthBytes) {
        for (Cpu core : all) {
            core.invalidateCode(guestPa, lengthBytes);
        }
    }

    /** Whether so many cores are in use that nothing should begin that needs another one. */
    public synchronized boolean isExhausted() {
        return all.size() - idle.size() >= CORES_MAX;
    }

    /** Cores there are, idle or not. */
    public int count() {
        return all.size();
    }

    /** Idle cores end now, the others when their groups do. */
    @Override
    public void close() {
        ArrayDeque<Cpu> ended;
        synchronized (this) {
            isClosed = true;
            ended = new ArrayDeque<>(idle);
            idle.clear();
        }
        for (Cpu core : ended) {
            all.remove(core);
            core.close();
        }
    }
}
