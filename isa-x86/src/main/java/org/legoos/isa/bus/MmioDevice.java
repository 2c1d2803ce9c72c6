package org.legoos.isa.bus;

/**
 * A device region on the memory bus (a PCI BAR, the VGA text buffer). Values are as a little-endian CPU
 * sees them: a big-endian register's device swaps. Nothing that software passes throws: an undefined
 * offset reads as all ones (or as the device's documentation says), counts, and logs once.
 */
public interface MmioDevice {
    long read(long offset, int sizeBytes);

    void write(long offset, int sizeBytes, long value);
}
