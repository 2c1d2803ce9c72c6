package org.legoos.isa.pci;

import org.legoos.isa.bus.MmioDevice;

/**
 * One PCI function as its slot sees it. Config space is little-endian, 4096 bytes at most; the slot
 * reads BAR values back after each config write and maps {@link #bar} accordingly. The device keeps its
 * own MSI-X table (inside a BAR) and raises through the MsiSink and Dma that it was built with.
 */
public interface PciFunction {
    int configRead(int offset, int sizeBytes);

    void configWrite(int offset, int sizeBytes, int value);

    /** The region behind BAR {@code index} (0..5; the lower of a 64-bit pair), or null. */
    MmioDevice bar(int index);

    /** Size in bytes of that region (a power of two), 0 if there is none. */
    long barSizeBytes(int index);

    /** Conventional (power-on) reset. */
    void reset();
}
