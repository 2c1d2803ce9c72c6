package org.legoos.kernel.drivers.mlx4;

import java.util.Optional;
import org.legoos.isa.platform.Platform;
import org.legoos.kernel.drivers.pci.PciBus;
import org.legoos.kernel.drivers.pci.PciDevice;
import org.legoos.kernel.ib.IbDevice.PortState;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.mm.FrameAllocator;
import org.legoos.kernel.printk.Printk;

/** Finds the card and makes an IbDevice of it. */
public final class Mlx4Driver {
    public static final int VENDOR_MELLANOX = 0x15b3;

    /** MT27500 family, ConnectX-3. */
    public static final int DEVICE_CONNECTX3 = 0x1003;

    private Mlx4Driver() {}

    /** Probes the first ConnectX-3 on the bus; empty when there is none. Throws IbException when it does not come up. */
    public static Optional<Mlx4Device> probeFirst(PciBus bus, Platform platform, FrameAllocator frames, Printk log) {
        return bus.find(VENDOR_MELLANOX, DEVICE_CONNECTX3).map(pci -> probe(pci, platform, frames, log));
    }

    public static Mlx4Device probe(PciDevice pci, Platform platform, FrameAllocator frames, Printk log) {
        HostResources host = new HostResources(platform.memory(), frames, platform.clock(), log);
        log.info("mlx4_core %s: Initializing", pci.address());
        pci.enable();
        Mlx4Hardware card;
        Mlx4Device device;
        try {
            card = new Mlx4Hardware(host, pci);
            card.start();
            device = new Mlx4Device(host, card);
        } catch (IbException e) {
            pci.disable(); // no DMA by a card that nobody drives
            throw e;
        }
        log.info("mlx4_core %s: %s, node GUID %016x, %d port(s), %d QPs, %d CQs", pci.address(), device.name(), device.nodeGuid(),
                card.ports().length, 1 << card.profile().logQps(), 1 << card.profile().logCqs());
        return device;
    }

    /** Waits for the subnet manager, and says what it gave us. */
    public static PortState awaitPort(Mlx4Device device, int port, long timeoutNs, Printk log) {
        PortState state = device.awaitPortActive(port, timeoutNs);
        if (state.active() && state.lid() != 0) {
            log.info("%s: port %d active, LID %d, SM LID %d, MTU %d", device.name(), port, state.lid(), state.smLid(), state.activeMtuBytes());
        } else {
            log.warn("%s: port %d is %s, LID %d after %d ms: is there a subnet manager?", device.name(), port,
                    state.active() ? "active" : "not active", state.lid(), timeoutNs / 1_000_000);
        }
        return state;
    }
}
