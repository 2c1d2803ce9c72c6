package org.legoos.kernel.drivers.pci;

import org.legoos.isa.pci.PciReg;
import org.legoos.kernel.printk.Printk;

/**
 * Sizes the 64-bit memory BARs of functions and gives them addresses, upwards from {@link #BASE_PA}, each
 * aligned to its size (PCI Local Bus 3.0, 6.2.5.1; Linux pci/probe.c and setup-res.c in one). BARs of
 * 32 bits and I/O BARs get no address: nothing that we drive has them.
 */
final class PciAddressSpace {
    /** Above any RAM that a node can have. */
    static final long BASE_PA = 0x80_0000_0000L;

    private final Printk log;
    private long nextPa = BASE_PA;

    PciAddressSpace(Printk log) {
        this.log = log;
    }

    void assign(PciDevice device) {
        for (int index = 0; index < PciReg.BAR_COUNT; index++) {
            int at = PciReg.BAR0 + 4 * index;
            int flags = device.read32(at);
            boolean is64 = (flags & (PciReg.BAR_IO | PciReg.BAR_TYPE_MASK)) == PciReg.BAR_TYPE_64;
            long sizeBytes = size(device, at, is64);
            if (sizeBytes == 0) {
                continue;
            }
            String type = typeName(flags, is64);
            log.info("%s: reg 0x%02x: [%s size 0x%x%s]", device, at, (flags & PciReg.BAR_IO) != 0 ? "io" : "mem", sizeBytes, type);
            if (!is64) {
                log.warn("%s: BAR %d: no space for [mem size 0x%x]", device, index, sizeBytes);
                continue;
            }
            long pa = (nextPa + sizeBytes - 1) & -sizeBytes;
            nextPa = pa + sizeBytes;
            device.write32(at, (int) pa);
            device.write32(at + 4, (int) (pa >>> 32));
            device.placeBar(index, pa, sizeBytes);
            log.info("%s: BAR %d: assigned [mem 0x%x-0x%x%s]", device, index, pa, pa + sizeBytes - 1, type);
            index++; // its upper half
        }
    }

    /** Writes ones, sees which stay zero, and puts back what was there. Decoding is off meanwhile. */
    private static long size(PciDevice device, int at, boolean is64) {
        int low = device.read32(at);
        device.write32(at, -1);
        long mask = device.read32(at) & ~PciReg.BAR_FLAGS_MASK;
        device.write32(at, low);
        if (is64) {
            int high = device.read32(at + 4);
            device.write32(at + 4, -1);
            mask = mask & 0xffff_ffffL | (long) device.read32(at + 4) << 32;
            device.write32(at + 4, high);
        }
        return Long.lowestOneBit(mask);
    }

    private static String typeName(int flags, boolean is64) {
        return (is64 ? " 64bit" : "") + ((flags & PciReg.BAR_PREFETCHABLE) != 0 ? " pref" : "");
    }
}
