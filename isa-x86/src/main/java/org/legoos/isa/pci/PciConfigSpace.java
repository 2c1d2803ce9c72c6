package org.legoos.isa.pci;

import org.legoos.isa.bus.MmioDevice;
import org.legoos.isa.irq.LineSink;

/**
 * Configuration space of one type-0 function, for device authors: bytes with a mask of what software may
 * write and a mask of what a written one clears; memory BARs that answer the sizing sequence; a list of
 * capabilities. Build it in the device's constructor, then hand config accesses to it; it has the methods
 * of {@link PciFunction} by the same names.
 *
 * <p>Accesses outside of it, or across its end, read as all ones and write nothing.
 */
public final class PciConfigSpace {
    private static final int COMMAND_WRITABLE = 0x0546; // memory, master, parity, SERR, INTx disable
    private static final int STATUS_WRITE_ONE_CLEARS = 0xf900;

    private final byte[] bytes;
    private final byte[] resetBytes;
    private final byte[] writable;
    private final byte[] clearable;
    private final MmioDevice[] bars = new MmioDevice[PciReg.BAR_COUNT];
    private final long[] barSizesBytes = new long[PciReg.BAR_COUNT];
    private MsixTable msix;
    private int msixAt;
    private static final int INITIATE_RESET = 1 << 15;

    private int deviceControlAt; // 0: no function-level reset
    private Runnable onFunctionReset = () -> { };
    private int vpdAt; // 0: no vital product data
    private byte[] vpd = {};
    private int lastLinkAt = PciReg.CAPABILITIES_POINTER; // where the next capability's offset goes
    private volatile int command;
    private LineSink interruptLine = LineSink.NOT_CONNECTED;
    private boolean isLineAsserted;

    /** @param sizeBytes 256 for plain PCI, 4096 for PCI Express */
    public PciConfigSpace(int sizeBytes) {
        bytes = new byte[sizeBytes];
        resetBytes = new byte[sizeBytes];
        writable = new byte[sizeBytes];
        clearable = new byte[sizeBytes];
        allowWrites(PciReg.COMMAND, 2, COMMAND_WRITABLE);
        allowWrites(PciReg.CACHE_LINE_SIZE, 1, 0xff);
        allowWrites(PciReg.INTERRUPT_LINE, 1, 0xff);
        set(clearable, PciReg.STATUS, 2, STATUS_WRITE_ONE_CLEARS);
    }

    public PciConfigSpace identity(int vendorId, int deviceId, int revision, int classCode) {
        define(PciReg.VENDOR_ID, 2, vendorId);
        define(PciReg.DEVICE_ID, 2, deviceId);
        define(PciReg.REVISION_ID, 1, revision);
        return define(PciReg.CLASS_CODE, 3, classCode);
    }

    public PciConfigSpace subsystem(int vendorId, int subsystemId) {
        define(PciReg.SUBSYSTEM_VENDOR_ID, 2, vendorId);
        return define(PciReg.SUBSYSTEM_ID, 2, subsystemId);
    }

    /** Interrupt pin: 0 none, 1 INTA. */
    public PciConfigSpace interruptPin(int pin) {
        return define(PciReg.INTERRUPT_PIN, 1, pin);
    }

    /** As {@link #interruptPin}, and where the pin goes. */
    public PciConfigSpace interruptPin(int pin, LineSink line) {
        interruptLine = line;
        return interruptPin(pin);
    }

    /**
     * The device wants attention, or no longer; any thread. The Status register says so; the pin follows unless software
     * disabled it (Command) or uses MSI-X.
     */
    public synchronized void setInterrupt(boolean isPending) {
        int status = get(bytes, PciReg.STATUS, 2) & ~PciReg.STATUS_INTERRUPT;
        set(bytes, PciReg.STATUS, 2, isPending ? status | PciReg.STATUS_INTERRUPT : status);
        driveLine();
    }

    private void driveLine() {
        boolean isPending = (get(bytes, PciReg.STATUS, 2) & PciReg.STATUS_INTERRUPT) != 0;
        boolean isFree = (command & PciReg.COMMAND_INTX_DISABLE) == 0 && (msix == null || !msix.isEnabled());
        if (isLineAsserted != (isPending && isFree)) {
            isLineAsserted = !isLineAsserted;
            interruptLine.set(isLineAsserted);
        }
    }

    /** A memory BAR; a 64-bit one takes index and index+1. The size is a power of two, at least 16. */
    public PciConfigSpace memoryBar(
            int index, long sizeBytes, boolean is64, boolean isPrefetchable, MmioDevice region) {
        if (Long.bitCount(sizeBytes) != 1 || sizeBytes < 16 || !is64 && sizeBytes > 1L << 31) {
            throw new IllegalArgumentException("BAR size " + sizeBytes);
        }
        int at = PciReg.BAR0 + 4 * index;
        int flags = (is64 ? PciReg.BAR_TYPE_64 : 0) | (isPrefetchable ? PciReg.BAR_PREFETCHABLE : 0);
        define(at, 4, flags);
        long addressMask = -sizeBytes;
        allowWrites(at, 4, (int) addressMask);
        if (is64) {
            allowWrites(at + 4, 4, (int) (addressMask >>> Integer.SIZE));
        }
        bars[index] = region;
        barSizesBytes[index] = sizeBytes;
        return this;
    }

    /** Sets what a field holds after reset. */
    public PciConfigSpace define(int offset, int sizeBytes, int value) {
        set(resetBytes, offset, sizeBytes, value);
        set(bytes, offset, sizeBytes, value);
        return this;
    }

    /** Lets software write the bits of {@code mask}. */
    public PciConfigSpace allowWrites(int offset, int sizeBytes, int mask) {
        set(writable, offset, sizeBytes, mask);
        return this;
    }

    /** Appends a capability's header to the list; the caller defines the rest of it. */
    public PciConfigSpace capability(int offset, int id) {
        define(PciReg.STATUS, 2, get(resetBytes, PciReg.STATUS, 2) | PciReg.STATUS_CAP_LIST);
        define(lastLinkAt, 1, offset);
        define(offset, 1, id);
        lastLinkAt = offset + 1;
        return this;
    }

    /** Power Management version 3 without D1, D2 and PME; power-state bits are stored, nothing more. */
    public PciConfigSpace powerManagement(int offset, boolean noSoftReset) {
        capability(offset, PciReg.CAP_POWER_MANAGEMENT);
        define(offset + 2, 2, 3);
        define(offset + PciReg.PM_CONTROL, 2, noSoftReset ? 1 << 3 : 0);
        return allowWrites(offset + PciReg.PM_CONTROL, 2, 0x3);
    }

    /**
     * PCI Express version 2 endpoint that shows a trained link; control registers are stored.
     *
     * @param maxPayload code of Device Capabilities (0 = 128 bytes, 2 = 512)
     * @param speed code of Link Capabilities (3 = 8 GT/s)
     * @param width lanes
     * @param port port number
     */
    public PciConfigSpace expressEndpoint(int offset, int maxPayload, int speed, int width, int port) {
        capability(offset, PciReg.CAP_EXPRESS);
        define(offset + 0x02, 2, 2); // capability version 2, endpoint
        define(offset + 0x04, 4, maxPayload | 1 << 15); // role-based error reporting
        define(offset + 0x08, 2, 0x2810); // read request 512, no snoop, relaxed ordering
        allowWrites(offset + 0x08, 2, 0x7fff);
        set(clearable, offset + 0x0a, 2, 0xf);
        define(offset + 0x0c, 4, speed | width << 4 | port << 24);
        allowWrites(offset + 0x10, 2, 0x03c3); // ASPM, common clock, extended sync, clock PM, autonomous width
        define(offset + 0x12, 2, speed | width << 4);
        define(offset + 0x24, 4, 0x1f); // device capabilities 2: completion timeout ranges and disable
        allowWrites(offset + 0x28, 2, 0x1f);
        define(offset + 0x2c, 4, (1 << speed + 1) - 2); // link speeds up to this one
        define(offset + 0x30, 2, speed);
        return allowWrites(offset + 0x30, 2, 0xf);
    }

    /** MSI-X; the device shows {@code table} and its PBA inside BAR {@code bar} at these offsets. */
    public PciConfigSpace msix(int offset, MsixTable table, int bar, int tableOffset, int pbaOffset) {
        capability(offset, PciReg.CAP_MSIX);
        define(offset + PciReg.MSIX_CONTROL, 2, table.vectorCount() - 1);
        allowWrites(offset + PciReg.MSIX_CONTROL, 2,
                PciReg.MSIX_CONTROL_ENABLE | PciReg.MSIX_CONTROL_FUNCTION_MASK);
        define(offset + PciReg.MSIX_TABLE, 4, tableOffset | bar);
        define(offset + PciReg.MSIX_PBA, 4, pbaOffset | bar);
        msix = table;
        msixAt = offset;
        return this;
    }

    /**
     * Lets software reset the function alone (PCI Express 6.6.2): bit 28 of Device Capabilities offers it, bit 15 of
     * Device Control asks for it.
     *
     * @param expressOffset of the capability made with {@link #expressEndpoint}
     * @param reset runs on the thread that wrote; it resets this space, too
     */
    public PciConfigSpace functionLevelReset(int expressOffset, Runnable reset) {
        define(expressOffset + 0x04, 4, get(resetBytes, expressOffset + 0x04, 4) | 1 << 28);
        deviceControlAt = expressOffset + 0x08;
        allowWrites(deviceControlAt, 2, 0xffff);
        onFunctionReset = reset;
        return this;
    }

    /**
     * Vital product data (PCI 3.0, appendix I), read-only: software writes an address and finds four bytes, and the
     * address's top bit set.
     */
    public PciConfigSpace vitalProductData(int offset, byte[] data) {
        capability(offset, PciReg.CAP_VITAL_PRODUCT_DATA);
        allowWrites(offset + PciReg.VPD_ADDRESS, 2, 0xffff);
        vpdAt = offset;
        vpd = data.clone();
        return this;
    }

    public synchronized int configRead(int offset, int sizeBytes) {
        return isInside(offset, sizeBytes) ? get(bytes, offset, sizeBytes) : -1;
    }

    public void configWrite(int offset, int sizeBytes, int value) {
        if (isInside(offset, sizeBytes) && store(offset, sizeBytes, value)) {
            onFunctionReset.run(); // outside the lock: a device's agent may run in it
        }
    }

    /** True when software asks for a function-level reset. */
    private synchronized boolean store(int offset, int sizeBytes, int value) {
        for (int i = 0; i < sizeBytes; i++) {
            int at = offset + i;
            int in = value >>> 8 * i;
            bytes[at] = (byte) (bytes[at] & ~writable[at] & ~(in & clearable[at]) | in & writable[at]);
        }
        if (vpdAt != 0 && offset < vpdAt + PciReg.VPD_DATA && offset + sizeBytes > vpdAt + PciReg.VPD_ADDRESS + 1) {
            loadVpd();
        }
        noticeChanges();
        boolean asksForReset = deviceControlAt != 0 && (get(bytes, deviceControlAt, 2) & INITIATE_RESET) != 0;
        if (asksForReset) {
            set(bytes, deviceControlAt, 2, get(bytes, deviceControlAt, 2) & ~INITIATE_RESET); // reads as 0
        }
        return asksForReset;
    }

    /** The address's top bit was written 0 for a read, which is done at once; 1 for a write, which changes nothing. */
    private void loadVpd() {
        int address = get(bytes, vpdAt + PciReg.VPD_ADDRESS, 2);
        if ((address & PciReg.VPD_FLAG) != 0) {
            set(bytes, vpdAt + PciReg.VPD_ADDRESS, 2, address & ~PciReg.VPD_FLAG);
            return;
        }
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[vpdAt + PciReg.VPD_DATA + i] = address + i < vpd.length ? vpd[address + i] : 0;
        }
        set(bytes, vpdAt + PciReg.VPD_ADDRESS, 2, address | PciReg.VPD_FLAG);
    }

    public MmioDevice bar(int index) {
        return bars[index];
    }

    public long barSizeBytes(int index) {
        return barSizesBytes[index];
    }

    /** What the BAR's registers say, decoded or not. */
    public synchronized long barAddress(int index) {
        int at = PciReg.BAR0 + 4 * index;
        long low = Integer.toUnsignedLong(get(bytes, at, 4) & ~PciReg.BAR_FLAGS_MASK);
        boolean is64 = (get(bytes, at, 4) & PciReg.BAR_TYPE_MASK) == PciReg.BAR_TYPE_64;
        return is64 ? low | (long) get(bytes, at + 4, 4) << Integer.SIZE : low;
    }

    /** May the device do DMA? Any thread. */
    public boolean isBusMaster() {
        return (command & PciReg.COMMAND_MASTER) != 0;
    }

    /** Back to the state after power-on, the MSI-X table included. */
    public synchronized void reset() {
        System.arraycopy(resetBytes, 0, bytes, 0, bytes.length);
        if (msix != null) {
            msix.reset();
        }
        noticeChanges();
    }

    private void noticeChanges() {
        command = get(bytes, PciReg.COMMAND, 2);
        if (msix != null) {
            int control = get(bytes, msixAt + PciReg.MSIX_CONTROL, 2);
            msix.setState(
                    (control & PciReg.MSIX_CONTROL_ENABLE) != 0,
                    (control & PciReg.MSIX_CONTROL_FUNCTION_MASK) != 0,
                    isBusMaster());
        }
        driveLine();
    }

    private boolean isInside(int offset, int sizeBytes) {
        return offset >= 0 && sizeBytes > 0 && sizeBytes <= 4 && offset <= bytes.length - sizeBytes;
    }

    private static int get(byte[] from, int offset, int sizeBytes) {
        int value = 0;
        for (int i = sizeBytes - 1; i >= 0; i--) {
            value = value << 8 | from[offset + i] & 0xff;
        }
        return value;
    }

    private static void set(byte[] to, int offset, int sizeBytes, int value) {
        for (int i = 0; i < sizeBytes; i++) {
            to[offset + i] = (byte) (value >>> 8 * i);
        }
    }
}
