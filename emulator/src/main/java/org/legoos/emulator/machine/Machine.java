package org.legoos.emulator.machine;

import java.io.IOException;
import java.util.function.BiFunction;
import org.legoos.isa.bus.MmioBus;
import org.legoos.isa.bus.PortBus;
import org.legoos.isa.cpu.CpuEngine;
import org.legoos.isa.irq.InterruptController;
import org.legoos.isa.irq.MsiSink;
import org.legoos.isa.memory.Dma;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.pci.PciFunction;
import org.legoos.isa.pci.PciHost;
import org.legoos.isa.platform.Platform;
import org.legoos.isa.time.Clock;
import org.legoos.serial.SerialBackend;
import org.legoos.serial.SerialBackends;
import org.legoos.serial.Uart16550;
import org.legoos.serial.vga.VgaText;

/** One emulated computer: RAM, buses, two UARTs, a VGA text screen, and an HCA in PCI slot 3. */
public final class Machine implements AutoCloseable {
    /** Where the HCA is plugged in. */
    private static final int HCA_SLOT = 3;

    private final Platform platform;
    private final Uart16550[] uarts;
    private final SerialBackend[] backends;
    private final VgaText screen;

    private Machine(Platform platform, Uart16550[] uarts, SerialBackend[] backends, VgaText screen) {
        this.platform = platform;
        this.uarts = uarts;
        this.backends = backends;
        this.screen = screen;
    }

    /**
     * Assembles a machine.
     *
     * @param ramBytes its RAM
     * @param cores how many cores it shows
     * @param serial what ttyS0 and ttyS1 are wired to, in {@link SerialBackends#SYNTAX}
     * @param hca makes the card, given its view of memory and of the interrupt controller
     * @throws IOException when a serial port cannot be opened; the message is for the user
     */
    public static Machine assemble(long ramBytes, int cores, CpuEngine engine, Clock clock, String[] serial,
            BiFunction<Dma, MsiSink, PciFunction> hca) throws IOException {
        SerialBackend[] backends = openAll(serial);
        PhysicalMemory memory = PhysicalMemory.ofSize(ramBytes);
        MmioBus mmio = new MmioBus();
        PortBus ports = new PortBus();
        InterruptController interrupts = new InterruptController();
        PciHost pci = new PciHost(mmio, ports);
        VgaText screen = new VgaText();
        screen.mapOn(mmio, ports);
        Uart16550[] uarts = {
            plugUart(ports, interrupts, clock, backends[0], Uart16550.COM1_PORT, Uart16550.COM1_LINE),
            plugUart(ports, interrupts, clock, backends[1], Uart16550.COM2_PORT, Uart16550.COM2_LINE)
        };
        pci.plug(HCA_SLOT, hca.apply(memory, interrupts));
        Platform platform = new Platform(memory, mmio, ports, pci, interrupts, clock, engine, cores);
        return new Machine(platform, uarts, backends, screen);
    }

    private static SerialBackend[] openAll(String[] serial) throws IOException {
        SerialBackend[] opened = new SerialBackend[serial.length];
        for (int i = 0; i < serial.length; i++) {
            try {
                opened[i] = SerialBackends.open(serial[i]);
            } catch (IOException e) {
                for (int j = 0; j < i; j++) {
                    opened[j].close();
                }
                throw e;
            }
        }
        return opened;
    }

    private static Uart16550 plugUart(PortBus ports, InterruptController interrupts, Clock clock, SerialBackend backend, int port, int line) {
        Uart16550 uart = new Uart16550(clock, backend, () -> interrupts.raiseIsaLine(line));
        ports.map(port, Uart16550.PORT_COUNT, uart);
        return uart;
    }

    public Platform platform() {
        return platform;
    }

    public VgaText screen() {
        return screen;
    }

    /** Where the other end of a serial port is, e.g. "/dev/pts/3"; empty if that is no news. */
    public String serialLocation(int port) {
        return backends[port].location();
    }

    /** Puts out what the serial ports hold and gives the RAM back to the host. */
    @Override
    public void close() {
        abandon();
        platform.memory().close();
    }

    /** As close, but the RAM stays: threads that did not end in time may still use it. */
    public void abandon() {
        for (Uart16550 uart : uarts) {
            uart.close();
        }
    }
}
