package org.legoos.kernel.boot;

import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.platform.Platform;
import org.legoos.kernel.counters.Counters;
import org.legoos.kernel.drivers.mlx4.Mlx4Device;
import org.legoos.kernel.drivers.mlx4.Mlx4Driver;
import org.legoos.kernel.drivers.pci.PciBus;
import org.legoos.kernel.ib.IbDevice;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.kconfig.KConfig;
import org.legoos.kernel.mm.FrameAllocator;
import org.legoos.kernel.printk.LogLevel;
import org.legoos.kernel.printk.Printk;
import org.legoos.kernel.sched.KThread;
import org.legoos.kernel.sched.Scheduler;

/**
 * Boots the core kernel on a machine, in the order of LegoOS's start_kernel().
 * <pre>
 *  guest-physical memory map
 *  0        - 1M        firmware, VGA text at 0xb8000
 *  1M       - 16M       unused (the original's kernel image and trampoline)
 *  16M      - memmap    page frames: page tables, DMA buffers, rings (a memory node's pages too)
 *  memmap   - +size     ExCache lines and their metadata (processor nodes)
 *  512G     -           PCI memory
 * </pre>
 */
public final class KernelBoot {
    private static final long FRAMES_START = 16L << 20;
    private static final long MIN_RAM = 64L << 20;

    private final Platform platform;
    private final KConfig config;
    private final Printk log;
    private Kernel.MemoryRange excache;
    private Scheduler sched;
    private FrameAllocator frames;
    private IbDevice ib;

    private KernelBoot(Platform platform, KConfig config) {
        this.platform = platform;
        this.config = config;
        this.log = new Printk(platform.clock());
    }

    /** Boots; throws a BootException with one line that says what to change when it cannot. */
    public static Kernel boot(Platform platform, KConfig config) {
        return new KernelBoot(platform, config).start();
    }

    private Kernel start() {
        Consoles.register(log, platform, config); // first, so that the rest can be seen
        printBanner(); // version, command line
        setUpMemory(); // ExCache reservation, page frames
        startScheduler(); // kernel threads
        probePci(); // devices, the HCA among them
        Counters counters = new Counters();
        counters.gauge("kernel_frames", () -> (frames.totalBytes() - frames.freeBytes()) / PhysicalMemory.PAGE_SIZE);
        counters.gauge("kernel_threads", () -> sched.threads().size());
        return new Kernel(platform, config, log, sched, frames, excache, counters, ib);
    }

    private void printBanner() {
        String component = config.bool("COMP_PROCESSOR") ? "pComponent" : config.bool("COMP_MEMORY") ? "mComponent" : "none";
        log.info("LegoOS version 4.0.0%s-%s+ (Java %s) SMP", config.string("LOCALVERSION"), component, Runtime.version().feature());
        log.info("Command line: %s", config.string("CMDLINE"));
    }

    private void setUpMemory() {
        long ram = platform.memory().sizeBytes();
        if (ram < MIN_RAM) {
            throw new BootException("a node needs at least " + (MIN_RAM >> 20) + "M of RAM, this one has " + (ram >> 20) + "M");
        }
        log.info("e820: [mem 0x%012x-0x%012x] usable", 0, ram - 1);
        excache = MemmapOption.parse(config.string("CMDLINE"), ram);
        long framesEnd = ram;
        if (excache.sizeBytes() > 0) {
            log.info("e820: [mem 0x%012x-0x%012x] reserved by memmap=", excache.basePa(), excache.basePa() + excache.sizeBytes() - 1);
            framesEnd = excache.basePa();
        } else if (config.bool("COMP_PROCESSOR")) {
            throw new BootException("a processor node needs memmap=SIZE$START in CONFIG_CMDLINE: it is where the ExCache lies");
        }
        frames = new FrameAllocator(platform.memory(), FRAMES_START, framesEnd - FRAMES_START);
        log.info("Memory: %dK available for page frames", (framesEnd - FRAMES_START) >> 10);
    }

    private void startScheduler() {
        sched = new Scheduler(hostName(), platform.clock(), this::threadCrashed);
        log.info("Scheduler is up and running");
        log.info("x86: Booted up 1 node, %d CPUs", platform.coreCount());
    }

    /** The configured name of this node. */
    private String hostName() {
        String own = config.string("DEFAULT_HOSTNAME");
        if (!own.equals("(none)")) {
            return own;
        }
        String[] all = config.string("FIT_NODE_HOSTNAMES").split(",");
        int id = config.integer("FIT_LOCAL_ID");
        return id < all.length ? all[id].strip() : own;
    }

    private void threadCrashed(KThread thread, Throwable cause) {
        StringBuilder trace = new StringBuilder();
        for (StackTraceElement frame : cause.getStackTrace()) {
            trace.append("\n  ").append(frame);
        }
        log.log(LogLevel.EMERG, "BUG: kernel thread %s(pid:%d) died of %s%s", thread.name(), thread.pid(), cause, trace);
    }

    private void probePci() {
        PciBus bus = PciBus.scan(platform, log);
        if (!config.bool("INFINIBAND") || !config.bool("MLX4_CORE")) {
            return;
        }
        try {
            Mlx4Device device = Mlx4Driver.probeFirst(bus, platform, frames, log)
                    .orElseThrow(() -> new BootException("no ConnectX-3 on the PCI bus, and FIT needs one"));
            device.useBlueFlame(config.bool("MLX4_BLUEFLAME"));
            long timeoutNs = config.integer("FIT_INITIAL_SLEEP_TIMEOUT") * 1_000_000_000L;
            if (!Mlx4Driver.awaitPort(device, 1, timeoutNs, log).active()) {
                throw new BootException("port 1 of " + device.name() + " did not become active: no cable or no subnet manager");
            }
            ib = device;
        } catch (IbException e) {
            throw new BootException("the HCA does not start: " + e.getMessage(), e);
        }
    }
}
