package org.legoos.isa.platform;

import org.legoos.isa.bus.MmioBus;
import org.legoos.isa.bus.PortBus;
import org.legoos.isa.cpu.CpuEngine;
import org.legoos.isa.irq.InterruptController;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.pci.PciHost;
import org.legoos.isa.time.Clock;

/**
 * The bare machine that a kernel boots on: what firmware would hand over. The kernel finds everything
 * else (UARTs at their ports, the VGA text buffer, the HCA on PCI) as it would on hardware.
 *
 * @param memory RAM from guest-physical 0
 * @param mmio the memory bus beside RAM
 * @param ports the I/O port bus
 * @param pci the PCI host bridge (configuration mechanism #1 is on the port bus)
 * @param interrupts where MSI messages and ISA lines arrive
 * @param clock time
 * @param engine makes user-mode cores over {@code memory}
 * @param coreCount how many cores the machine shows
 */
public record Platform(
        PhysicalMemory memory,
        MmioBus mmio,
        PortBus ports,
        PciHost pci,
        InterruptController interrupts,
        Clock clock,
        CpuEngine engine,
        int coreCount) {}
