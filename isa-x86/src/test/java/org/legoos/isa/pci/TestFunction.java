package org.legoos.isa.pci;

import java.util.ArrayList;
import java.util.List;
import org.legoos.isa.bus.MmioDevice;

/** A function with the header, BARs and capabilities of an MCX354A; BAR regions echo what was written last. */
final class TestFunction implements PciFunction {
    static final int MSIX_AT = 0x9c;
    static final int MSIX_TABLE_OFFSET = 0x7c000;
    static final int MSIX_PBA_OFFSET = 0x7d000;

    record Message(long address, int data) {}

    static final class Region implements MmioDevice {
        private final long name;

        Region(long name) {
            this.name = name;
        }

        @Override
        public long read(long offset, int sizeBytes) {
            return name + offset;
        }

        @Override
        public void write(long offset, int sizeBytes, long value) {}
    }

    final List<Message> messages = new ArrayList<>();
    final MsixTable msix = new MsixTable(128, (address, data) -> messages.add(new Message(address, data)));
    final PciConfigSpace config = new PciConfigSpace(PciReg.EXTENDED_CONFIG_BYTES)
            .identity(0x15b3, 0x1003, 0, 0x020700)
            .subsystem(0x15b3, 0x0050)
            .interruptPin(1)
            .memoryBar(0, 1 << 20, true, false, new Region(0x1000_0000))
            .memoryBar(2, 8 << 20, true, true, new Region(0x2000_0000))
            .powerManagement(0x40, true)
            .msix(MSIX_AT, msix, 0, MSIX_TABLE_OFFSET, MSIX_PBA_OFFSET)
            .expressEndpoint(0x60, 2, 3, 8, 8);

    @Override
    public int configRead(int offset, int sizeBytes) {
        return config.configRead(offset, sizeBytes);
    }

    @Override
    public void configWrite(int offset, int sizeBytes, int value) {
        config.configWrite(offset, sizeBytes, value);
    }

    @Override
    public MmioDevice bar(int index) {
        return config.bar(index);
    }

    @Override
    public long barSizeBytes(int index) {
        return config.barSizeBytes(index);
    }

    @Override
    public void reset() {
        config.reset();
    }
}
