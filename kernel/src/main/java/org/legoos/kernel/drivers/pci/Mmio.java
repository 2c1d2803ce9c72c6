package org.legoos.kernel.drivers.pci;

import org.legoos.isa.bus.MmioBus;

/**
 * A window of device registers on the memory bus (Linux's ioremap of a BAR). Accesses of a little-endian
 * CPU; the {@code Be} forms are for registers that are big-endian on the bus.
 */
public final class Mmio {
    private final MmioBus bus;
    private final long basePa;
    private final long sizeBytes;

    public Mmio(MmioBus bus, long basePa, long sizeBytes) {
        this.bus = bus;
        this.basePa = basePa;
        this.sizeBytes = sizeBytes;
    }

    public long basePa() {
        return basePa;
    }

    public long sizeBytes() {
        return sizeBytes;
    }

    public int read32(long offset) {
        return (int) bus.read(basePa + offset, 4);
    }

    public void write32(long offset, int value) {
        bus.write(basePa + offset, 4, value);
    }

    public int read32Be(long offset) {
        return Integer.reverseBytes(read32(offset));
    }

    public void write32Be(long offset, int value) {
        write32(offset, Integer.reverseBytes(value));
    }

    public void write64Be(long offset, long value) {
        bus.write(basePa + offset, 8, Long.reverseBytes(value));
    }
}
