package org.legoos.kernel.drivers.pci;

import java.util.List;
import org.legoos.isa.irq.InterruptController;
import org.legoos.isa.pci.PciReg;

/** MSI-X of one device, enabled: its vectors point to vectors of the interrupt controller (PCI 3.0, 6.8.2). */
final class Msix {
    private static final int ENTRY_BYTES = 16;
    private static final int ADDRESS_LOW = 0;
    private static final int ADDRESS_HIGH = 4;
    private static final int DATA = 8;
    private static final int CONTROL = 12;
    private static final int UNMASKED = 0;

    private final PciDevice device;
    private final InterruptController interrupts;
    private final int capability;
    private final int[] vectors;

    private Msix(PciDevice device, InterruptController interrupts, int capability, int[] vectors) {
        this.device = device;
        this.interrupts = interrupts;
        this.capability = capability;
        this.vectors = vectors;
    }

    static Msix enable(PciDevice device, InterruptController interrupts, int capability, List<PciDevice.Interrupt> wanted) {
        int location = device.read32(capability + PciReg.MSIX_TABLE);
        Mmio table = device.bar(location & PciReg.MSIX_BIR_MASK);
        if (table == null) {
            throw new IllegalStateException(device + ": the MSI-X table is in a BAR without address");
        }
        int tableAt = location & ~PciReg.MSIX_BIR_MASK;
        Msix msix = new Msix(device, interrupts, capability, new int[wanted.size()]);
        msix.control(PciReg.MSIX_CONTROL_ENABLE | PciReg.MSIX_CONTROL_FUNCTION_MASK);
        for (int i = 0; i < wanted.size(); i++) {
            int vector = interrupts.allocateVector(wanted.get(i).name(), wanted.get(i).handler());
            msix.vectors[i] = vector;
            long entry = tableAt + (long) i * ENTRY_BYTES;
            table.write32(entry + ADDRESS_LOW, (int) InterruptController.MSI_BASE);
            table.write32(entry + ADDRESS_HIGH, (int) (InterruptController.MSI_BASE >>> 32));
            table.write32(entry + DATA, vector);
            table.write32(entry + CONTROL, UNMASKED);
        }
        msix.control(PciReg.MSIX_CONTROL_ENABLE);
        return msix;
    }

    void disable() {
        control(0);
        for (int vector : vectors) {
            interrupts.freeVector(vector);
        }
    }

    private void control(int bits) {
        int at = capability + PciReg.MSIX_CONTROL;
        int others = device.read16(at) & ~(PciReg.MSIX_CONTROL_ENABLE | PciReg.MSIX_CONTROL_FUNCTION_MASK);
        device.write16(at, others | bits);
    }
}
