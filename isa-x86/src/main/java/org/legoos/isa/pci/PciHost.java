package org.legoos.isa.pci;

import org.legoos.isa.bus.MmioBus;
import org.legoos.isa.bus.MmioDevice;
import org.legoos.isa.bus.PortBus;
import org.legoos.isa.bus.PortDevice;

/**
 * Host bridge with bus 0: 32 slots, one function each, reached by configuration mechanism #1 (ports
 * 0xcf8/0xcfc) and by {@link #configRead}. Maps each function's BARs on the memory bus when the command
 * register's memory bit is set, where its BAR registers say.
 *
 * <p>A BAR at 0, or at a place that is taken or beyond the address space (as while software sizes it with
 * decoding on), is not mapped until it is moved. Configuration accesses take turns, as on the real bus;
 * memory accesses do not come here.
 */
public final class PciHost {
    public static final int SLOT_COUNT = 32;
    public static final int CONFIG_ADDRESS_PORT = 0xcf8;
    public static final int CONFIG_DATA_PORT = 0xcfc;

    private final MmioBus mmio;
    private final PciFunction[] functions = new PciFunction[SLOT_COUNT];
    private final long[][] mappedAt = new long[SLOT_COUNT][PciReg.BAR_COUNT]; // 0 = not mapped

    public PciHost(MmioBus mmio, PortBus ports) {
        this.mmio = mmio;
        ports.map(CONFIG_ADDRESS_PORT, ConfigPorts.PORT_COUNT, new ConfigPorts(this));
    }

    /** Plugs a function in before boot. */
    public synchronized void plug(int slot, PciFunction function) {
        if (functions[slot] != null) {
            throw new IllegalStateException("PCI slot " + slot + " is taken");
        }
        functions[slot] = function;
        remap(slot);
    }

    /** Reads config space of bus 0, function 0; all ones for an empty slot. */
    public synchronized int configRead(int slot, int offset, int sizeBytes) {
        return isPlugged(slot) ? functions[slot].configRead(offset, sizeBytes) : -1;
    }

    public synchronized void configWrite(int slot, int offset, int sizeBytes, int value) {
        if (isPlugged(slot)) {
            functions[slot].configWrite(offset, sizeBytes, value);
            remap(slot);
        }
    }

    /** Conventional reset of the whole bus. */
    public synchronized void reset() {
        for (int slot = 0; slot < SLOT_COUNT; slot++) {
            if (functions[slot] != null) {
                functions[slot].reset();
                remap(slot);
            }
        }
    }

    private boolean isPlugged(int slot) {
        return slot >= 0 && slot < SLOT_COUNT && functions[slot] != null;
    }

    /** Makes the memory bus follow the function's registers: first all leave their old places, then they move in. */
    private void remap(int slot) {
        PciFunction function = functions[slot];
        long[] mapped = mappedAt[slot];
        boolean decodes = (function.configRead(PciReg.COMMAND, 2) & PciReg.COMMAND_MEMORY) != 0;
        for (int index = 0; index < PciReg.BAR_COUNT; index++) {
            if (mapped[index] != 0 && (!decodes || mapped[index] != barAddress(function, index))) {
                mmio.unmap(mapped[index]);
                mapped[index] = 0;
            }
        }
        for (int index = 0; decodes && index < PciReg.BAR_COUNT; index++) {
            MmioDevice region = function.bar(index);
            if (region != null && mapped[index] == 0) {
                long basePa = barAddress(function, index);
                boolean isMapped = basePa != 0 && mmio.tryMap(basePa, function.barSizeBytes(index), region);
                mapped[index] = isMapped ? basePa : 0;
            }
        }
    }

    private static long barAddress(PciFunction function, int index) {
        int at = PciReg.BAR0 + 4 * index;
        int low = function.configRead(at, 4);
        long address = Integer.toUnsignedLong(low & ~PciReg.BAR_FLAGS_MASK);
        if ((low & PciReg.BAR_TYPE_MASK) == PciReg.BAR_TYPE_64) {
            address |= (long) function.configRead(at + 4, 4) << Integer.SIZE;
        }
        return address;
    }

    /**
     * Configuration mechanism #1 (PCI Local Bus 3.0, 3.2.2.3.2): a dword address latch and a data window.
     * Bits 27..24 of the address reach the extended registers, as on AMD host bridges.
     */
    private static final class ConfigPorts implements PortDevice {
        static final int PORT_COUNT = 8;

        private static final int DATA = CONFIG_DATA_PORT - CONFIG_ADDRESS_PORT;
        private static final int ENABLE = 1 << 31;
        private static final int BUS_MASK = 0xff << 16;
        private static final int FUNCTION_MASK = 7 << 8;

        private final PciHost host;
        private volatile int address;

        ConfigPorts(PciHost host) {
            this.host = host;
        }

        @Override
        public int in(int offset, int sizeBytes) {
            if (offset == 0 && sizeBytes == 4) {
                return address;
            }
            return selects(offset, sizeBytes) ? host.configRead(slot(), register(offset), sizeBytes) : -1;
        }

        @Override
        public void out(int offset, int sizeBytes, int value) {
            if (offset == 0 && sizeBytes == 4) {
                address = value & ~3;
            } else if (selects(offset, sizeBytes)) {
                host.configWrite(slot(), register(offset), sizeBytes, value);
            }
        }

        private boolean selects(int offset, int sizeBytes) {
            return offset >= DATA
                    && offset + sizeBytes <= PORT_COUNT
                    && (address & ENABLE) != 0
                    && (address & (BUS_MASK | FUNCTION_MASK)) == 0;
        }

        private int slot() {
            return address >>> 11 & SLOT_COUNT - 1;
        }

        private int register(int offset) {
            return (address & 0xfc) + (address >>> 16 & 0xf00) + offset - DATA;
        }
    }
}
