package org.legoos.kernel.boot;

import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.platform.Platform;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.counters.Counters;
import org.legoos.kernel.ib.IbDevice;
import org.legoos.kernel.kconfig.KConfig;
import org.legoos.kernel.mm.FrameAllocator;
import org.legoos.kernel.printk.Printk;
import org.legoos.kernel.sched.Scheduler;

/**
 * A booted core kernel: what managers stand on.
 *
 * @param platform the machine
 * @param config this node's .config
 * @param log printk
 * @param sched kernel threads
 * @param frames page frames for the kernel, DMA buffers and page tables (a memory node's pages too)
 * @param excache the range that memmap=SIZE$START reserved, sizeBytes 0 when there is none
 * @param counters everything counted on this node
 * @param ib the first InfiniBand device
 */
public record Kernel(
        Platform platform,
        KConfig config,
        Printk log,
        Scheduler sched,
        FrameAllocator frames,
        MemoryRange excache,
        Counters counters,
        IbDevice ib) {

    /** A range of guest-physical memory. */
    public record MemoryRange(long basePa, long sizeBytes) {}

    public PhysicalMemory memory() {
        return platform.memory();
    }

    public Clock clock() {
        return platform.clock();
    }

    /** Processors that programs see: those of the platform, CONFIG_NR_CPUS at most. */
    public int processorCount() {
        return Math.min(platform.coreCount(), config.integer("NR_CPUS"));
    }
}
