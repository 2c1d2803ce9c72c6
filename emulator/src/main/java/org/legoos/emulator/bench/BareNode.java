package org.legoos.emulator.bench;

import java.util.ArrayList;
import java.util.List;
import org.legoos.isa.bus.MmioBus;
import org.legoos.isa.bus.PortBus;
import org.legoos.isa.irq.InterruptController;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.pci.PciHost;
import org.legoos.isa.platform.Platform;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.drivers.mlx4.Mlx4Device;
import org.legoos.kernel.drivers.mlx4.Mlx4Driver;
import org.legoos.kernel.drivers.pci.PciBus;
import org.legoos.kernel.mm.FrameAllocator;
import org.legoos.kernel.printk.Printk;
import org.legoos.mlx4.hca.Hca;
import org.legoos.mlx4.hca.HcaConfig;

/** A machine with nothing but RAM and a card, and the driver on it: for benchmarks and tests of these two alone. */
public final class BareNode implements AutoCloseable {
    static final int HCA_SLOT = 3;
    private static final long RAM_BYTES = 64L << 20;
    private static final long FRAMES_FROM = 1L << 20;

    public final PhysicalMemory memory = PhysicalMemory.ofSize(RAM_BYTES);
    public final FrameAllocator frames = new FrameAllocator(memory, FRAMES_FROM, RAM_BYTES - FRAMES_FROM);
    public final Clock clock;
    public final Printk log;
    public final Hca hca;
    public final Platform platform;
    public final List<String> cardLog = new ArrayList<>();
    public Mlx4Device device;

    public BareNode(int number, Clock clock) {
        this.clock = clock;
        log = new Printk(clock);
        MmioBus mmio = new MmioBus();
        PortBus ports = new PortBus();
        InterruptController interrupts = new InterruptController();
        PciHost pci = new PciHost(mmio, ports);
        hca = new Hca(HcaConfig.onePort("mlx4_" + number, 0x0002_c903_0000_1000L + 16L * number), memory, interrupts, clock, this::cardSays);
        pci.plug(HCA_SLOT, hca);
        platform = new Platform(memory, mmio, ports, pci, interrupts, clock, null, 1);
    }

    private synchronized void cardSays(String line) {
        cardLog.add(line);
    }

    public void probe() {
        device = Mlx4Driver.probeFirst(PciBus.scan(platform, log), platform, frames, log).orElseThrow();
    }

    /** Resets the card and gives the RAM back. It stays mapped: a timer's or thread's last look at a queue may come late. */
    @Override
    public void close() {
        platform.pci().reset();
        memory.discard(0, memory.sizeBytes());
    }
}
