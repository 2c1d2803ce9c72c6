package org.legoos.kernel.drivers.mlx4;

import java.util.function.BooleanSupplier;
import org.legoos.isa.pci.PciReg;
import org.legoos.kernel.drivers.pci.Mmio;
import org.legoos.kernel.drivers.pci.PciDevice;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;
import org.legoos.mlx4.prm.Dcs;
import org.legoos.mlx4.prm.Hcr;

/**
 * Takes the card from whatever it was doing to its state after power-on (Linux reset.c, and the ownership
 * check of main.c). Linux then sleeps for a second; here a mark left in the HCR tells when the reset has
 * happened, so that a card which resets at once is not waited for.
 */
final class CardReset {
    private static final long SEMAPHORE_TIMEOUT_NS = 10_000_000_000L;
    private static final long SETTLE_NS = 1_000_000_000L;
    private static final long VENDOR_TIMEOUT_NS = 2_000_000_000L;
    private static final long POLL_NS = 1_000_000L;
    private static final int MARK = 0x6c65676f;
    private static final int NO_VENDOR = 0xffff;

    private final HostResources host;
    private final PciDevice pci;
    private final Mmio dcs;
    private final WaitQueue nobody = new WaitQueue(); // its deadline paces the polling

    private CardReset(HostResources host, PciDevice pci, Mmio dcs) {
        this.host = host;
        this.pci = pci;
        this.dcs = dcs;
    }

    static void run(HostResources host, PciDevice pci, Mmio dcs) {
        CardReset reset = new CardReset(host, pci, dcs);
        reset.own();
        reset.reset();
    }

    private void own() {
        if (dcs.read32Be(Dcs.OWNERSHIP) != 0) {
            throw new IbException(Errno.EINVAL, "mlx4_core " + pci.address() + ": another driver owns the card");
        }
    }

    private void reset() {
        int[] header = pci.saveHeader();
        if (!poll(() -> dcs.read32Be(Dcs.SEMAPHORE) == 0, SEMAPHORE_TIMEOUT_NS)) {
            throw new IbException(Errno.EAGAIN, "mlx4_core " + pci.address() + ": failed to obtain HW semaphore, aborting");
        }
        dcs.write32Be(Dcs.HCR + Hcr.IN_MODIFIER, MARK);
        dcs.write32Be(Dcs.RESET, Dcs.RESET_VALUE);
        if (dcs.read32Be(Dcs.HCR + Hcr.IN_MODIFIER) != 0) {
            poll(() -> false, SETTLE_NS);
        }
        if (!poll(() -> pci.vendorId() != NO_VENDOR, VENDOR_TIMEOUT_NS)) {
            throw new IbException(Errno.ENODEV, "mlx4_core " + pci.address() + ": PCI device did not come back after reset, aborting");
        }
        pci.restoreHeader(header);
        if ((pci.read16(PciReg.COMMAND) & PciReg.COMMAND_MEMORY) == 0) {
            throw new IbException(Errno.EIO, "mlx4_core " + pci.address() + ": memory decoding is off after reset");
        }
    }

    private boolean poll(BooleanSupplier condition, long timeoutNs) {
        long deadlineNs = host.clock().nowNs() + timeoutNs;
        while (!nobody.await(host.clock(), condition, 0, Math.min(deadlineNs, host.clock().nowNs() + POLL_NS))) {
            if (host.clock().nowNs() >= deadlineNs) {
                return false;
            }
        }
        return true;
    }
}
