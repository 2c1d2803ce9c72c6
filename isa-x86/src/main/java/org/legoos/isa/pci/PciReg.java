package org.legoos.isa.pci;

/** Offsets and bits of PCI configuration space (PCI Local Bus 3.0 chapter 6, PCI Express Base 3.0 chapter 7). */
public final class PciReg {
    public static final int VENDOR_ID = 0x00;
    /** What reads as vendor where no device is (PCI 3.0, 6.1). */
    public static final int NO_VENDOR = 0xffff;
    public static final int DEVICE_ID = 0x02;
    public static final int COMMAND = 0x04;
    public static final int STATUS = 0x06;
    public static final int REVISION_ID = 0x08;
    public static final int CLASS_CODE = 0x09;
    public static final int CACHE_LINE_SIZE = 0x0c;
    public static final int LATENCY_TIMER = 0x0d;
    public static final int HEADER_TYPE = 0x0e;
    public static final int BAR0 = 0x10;
    public static final int BAR_END = 0x28;
    public static final int SUBSYSTEM_VENDOR_ID = 0x2c;
    public static final int SUBSYSTEM_ID = 0x2e;
    public static final int CAPABILITIES_POINTER = 0x34;
    public static final int INTERRUPT_LINE = 0x3c;
    public static final int INTERRUPT_PIN = 0x3d;

    public static final int BAR_COUNT = 6;
    public static final int CONFIG_BYTES = 256;
    public static final int EXTENDED_CONFIG_BYTES = 4096;

    public static final int COMMAND_MEMORY = 1 << 1;
    public static final int COMMAND_MASTER = 1 << 2;
    public static final int COMMAND_INTX_DISABLE = 1 << 10;
    public static final int STATUS_INTERRUPT = 1 << 3;
    public static final int STATUS_CAP_LIST = 1 << 4;

    public static final int BAR_IO = 1;
    public static final int BAR_TYPE_MASK = 0x6;
    public static final int BAR_TYPE_64 = 0x4;
    public static final int BAR_PREFETCHABLE = 0x8;
    public static final int BAR_FLAGS_MASK = 0xf;

    public static final int CAP_POWER_MANAGEMENT = 0x01;
    public static final int CAP_VITAL_PRODUCT_DATA = 0x03;
    /** In the vital product data capability: address, whose top bit says that the data are there, and data. */
    public static final int VPD_ADDRESS = 2;
    public static final int VPD_DATA = 4;
    public static final int VPD_FLAG = 1 << 15;
    public static final int CAP_EXPRESS = 0x10;
    public static final int CAP_MSIX = 0x11;

    /** Power management: PMCSR from the capability's start. */
    public static final int PM_CONTROL = 4;

    public static final int MSIX_CONTROL = 2;
    public static final int MSIX_TABLE = 4;
    public static final int MSIX_PBA = 8;
    public static final int MSIX_CONTROL_SIZE_MASK = 0x7ff;
    public static final int MSIX_CONTROL_FUNCTION_MASK = 1 << 14;
    public static final int MSIX_CONTROL_ENABLE = 1 << 15;
    public static final int MSIX_BIR_MASK = 0x7;

    private PciReg() {}
}
