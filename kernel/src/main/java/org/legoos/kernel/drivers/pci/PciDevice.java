package org.legoos.kernel.drivers.pci;

import java.util.List;
import org.legoos.isa.pci.PciReg;
import org.legoos.isa.platform.Platform;

/** A function on bus 0 as its driver uses it: configuration space, BARs, MSI-X (Linux's struct pci_dev). */
public final class PciDevice {
    /** One interrupt of a device. The handler runs on the interrupting thread: short, never blocking. */
    public record Interrupt(String name, Runnable handler) {}

    /** Configuration words 22 and 23 of Mellanox cards are a gateway: reading them has side effects. */
    private static final int SAVED_WORDS = 16;

    private final Platform platform;
    private final int slot;
    private final Mmio[] bars = new Mmio[PciReg.BAR_COUNT];
    private Msix msix;

    PciDevice(Platform platform, int slot) {
        this.platform = platform;
        this.slot = slot;
    }

    public int read8(int offset) {
        return platform.pci().configRead(slot, offset, 1) & 0xff;
    }

    public int read16(int offset) {
        return platform.pci().configRead(slot, offset, 2) & 0xffff;
    }

    public int read32(int offset) {
        return platform.pci().configRead(slot, offset, 4);
    }

    public void write16(int offset, int value) {
        platform.pci().configWrite(slot, offset, 2, value);
    }

    public void write32(int offset, int value) {
        platform.pci().configWrite(slot, offset, 4, value);
    }

    public int vendorId() {
        return read16(PciReg.VENDOR_ID);
    }

    public int deviceId() {
        return read16(PciReg.DEVICE_ID);
    }

    public int classCode() {
        return read32(PciReg.REVISION_ID) >>> 8;
    }

    /** The registers of BAR {@code index}, or null when it has none that got an address. */
    public Mmio bar(int index) {
        return bars[index];
    }

    /** Lets the device answer on its BARs and do DMA. */
    public void enable() {
        write16(PciReg.COMMAND, read16(PciReg.COMMAND) | PciReg.COMMAND_MEMORY | PciReg.COMMAND_MASTER);
    }

    public void disable() {
        clearCommand(PciReg.COMMAND_MASTER);
    }

    /** @return where the capability begins, 0 when the device does not have it */
    public int findCapability(int id) {
        if ((read16(PciReg.STATUS) & PciReg.STATUS_CAP_LIST) == 0) {
            return 0;
        }
        int at = read8(PciReg.CAPABILITIES_POINTER) & ~3;
        for (int seen = 0; at >= 0x40 && seen < PciReg.CONFIG_BYTES / 4; seen++) {
            if (read8(at) == id) {
                return at;
            }
            at = read8(at + 1) & ~3;
        }
        return 0;
    }

    /** How many MSI-X vectors the device has, 0 for no MSI-X. */
    public int msixVectorCount() {
        int at = findCapability(PciReg.CAP_MSIX);
        return at == 0 ? 0 : (read16(at + PciReg.MSIX_CONTROL) & PciReg.MSIX_CONTROL_SIZE_MASK) + 1;
    }

    /** Gives vector i of the device to {@code interrupts.get(i)}. */
    public void enableMsix(List<Interrupt> interrupts) {
        if (msix != null || interrupts.size() > msixVectorCount()) {
            throw new IllegalStateException(this + ": MSI-X with " + interrupts.size() + " vectors cannot be enabled");
        }
        msix = Msix.enable(this, platform.interrupts(), findCapability(PciReg.CAP_MSIX), interrupts);
    }

    public void disableMsix() {
        if (msix != null) {
            msix.disable();
            msix = null;
        }
    }

    /** The header, to be put back after a reset of the device. */
    public int[] saveHeader() {
        int[] words = new int[SAVED_WORDS];
        for (int i = 0; i < SAVED_WORDS; i++) {
            words[i] = read32(4 * i);
        }
        return words;
    }

    /** Restores the header; the command register last, so that BARs are right before they are decoded. */
    public void restoreHeader(int[] words) {
        int commandWord = PciReg.COMMAND / 4;
        for (int i = 0; i < SAVED_WORDS; i++) {
            if (i != commandWord && read32(4 * i) != words[i]) {
                write32(4 * i, words[i]);
            }
        }
        write16(PciReg.COMMAND, words[commandWord]);
    }

    void clearCommand(int bits) {
        write16(PciReg.COMMAND, read16(PciReg.COMMAND) & ~bits);
    }

    void placeBar(int index, long pa, long sizeBytes) {
        bars[index] = new Mmio(platform.mmio(), pa, sizeBytes);
    }

    /** Its name in log lines, {@code pci 0000:00:03.0}. */
    @Override
    public String toString() {
        return "pci " + address();
    }

    public String address() {
        return "0000:00:%02x.0".formatted(slot);
    }
}
