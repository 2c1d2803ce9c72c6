package org.legoos.emulator.vfiouser;

/** Numbers and layouts of vfio-user messages: the header, then bodies with offsets from the body's start. */
final class Protocol {
    static final int MAJOR = 0;
    static final int MINOR = 0;
    static final int MAX_DATA_BYTES = 1 << 20;
    static final int MAX_DMA_MAPS = 65535;
    static final int PAGE_BYTES = 4096;

    static final int EPERM = 1;
    static final int ENOSPC = 28;
    static final int EINVAL = 22;
    static final int ENOTSUP = 95;

    private Protocol() {}

    /** Every message starts with it. */
    static final class Header {
        static final int BYTES = 16;
        static final Field ID = Field.u16(0);
        static final Field COMMAND = Field.u16(2);
        static final Field SIZE = Field.u32(4);
        static final Field FLAGS = Field.u32(8);
        static final Field ERROR = Field.u32(12);
        static final int ID_MAX = 0xffff;
        static final int FLAG_TYPE_MASK = 0xf;
        static final int FLAG_REPLY = 1;
        static final int FLAG_NO_REPLY = 0x10;
        static final int FLAG_ERROR = 0x20;

        private Header() {}
    }

    static final class Command {
        static final int VERSION = 1;
        static final int DMA_MAP = 2;
        static final int DMA_UNMAP = 3;
        static final int DEVICE_GET_INFO = 4;
        static final int DEVICE_GET_REGION_INFO = 5;
        static final int DEVICE_GET_IRQ_INFO = 7;
        static final int DEVICE_SET_IRQS = 8;
        static final int REGION_READ = 9;
        static final int REGION_WRITE = 10;
        static final int DMA_READ = 11; // ours, to the client
        static final int DMA_WRITE = 12;
        static final int DEVICE_RESET = 13;
        static final int REGION_WRITE_MULTI = 15;

        private Command() {}
    }

    static final class Version {
        static final int BYTES = 4;
        static final Field MAJOR = Field.u16(0);
        static final Field MINOR = Field.u16(2);

        private Version() {}
    }

    static final class DmaMap {
        static final int BYTES = 32;
        static final Field ARGSZ = Field.u32(0);
        static final Field FLAGS = Field.u32(4);
        static final Field FILE_OFFSET = Field.u64(8);
        static final Field ADDRESS = Field.u64(16);
        static final Field SIZE = Field.u64(24);
        static final int FLAG_WRITE = 2;

        private DmaMap() {}
    }

    /** DMA_READ and DMA_WRITE, and their replies: data follow. */
    static final class DmaAccess {
        static final int BYTES = 16;
        static final Field ADDRESS = Field.u64(0);
        static final Field COUNT = Field.u64(8);

        private DmaAccess() {}
    }

    static final class DmaUnmap {
        static final int BYTES = 24;
        static final Field ARGSZ = Field.u32(0);
        static final Field FLAGS = Field.u32(4);
        static final Field ADDRESS = Field.u64(8);
        static final Field SIZE = Field.u64(16);
        static final int FLAG_ALL = 2;

        private DmaUnmap() {}
    }

    static final class DeviceInfo {
        static final int BYTES = 16;
        static final Field ARGSZ = Field.u32(0);
        static final Field FLAGS = Field.u32(4);
        static final Field REGIONS = Field.u32(8);
        static final Field IRQS = Field.u32(12);
        static final int FLAG_RESET = 1;
        static final int FLAG_PCI = 2;

        private DeviceInfo() {}
    }

    static final class RegionInfo {
        static final int BYTES = 32;
        static final Field ARGSZ = Field.u32(0);
        static final Field FLAGS = Field.u32(4);
        static final Field INDEX = Field.u32(8);
        static final Field CAP_OFFSET = Field.u32(12);
        static final Field SIZE = Field.u64(16);
        static final Field FILE_OFFSET = Field.u64(24);
        static final int FLAG_READ = 1;
        static final int FLAG_WRITE = 2;

        private RegionInfo() {}
    }

    static final class IrqInfo {
        static final int BYTES = 16;
        static final Field ARGSZ = Field.u32(0);
        static final Field FLAGS = Field.u32(4);
        static final Field INDEX = Field.u32(8);
        static final Field COUNT = Field.u32(12);
        static final int FLAG_EVENTFD = 1;
        static final int FLAG_MASKABLE = 2;
        static final int FLAG_AUTOMASKED = 4;

        private IrqInfo() {}
    }

    static final class SetIrqs {
        static final int BYTES = 20;
        static final Field ARGSZ = Field.u32(0);
        static final Field FLAGS = Field.u32(4);
        static final Field INDEX = Field.u32(8);
        static final Field START = Field.u32(12);
        static final Field COUNT = Field.u32(16);
        static final int DATA_NONE = 1;
        static final int DATA_BOOL = 2;
        static final int DATA_EVENTFD = 4;
        static final int ACTION_MASK = 8;
        static final int ACTION_UNMASK = 0x10;
        static final int ACTION_TRIGGER = 0x20;

        private SetIrqs() {}
    }

    /** Reads and writes; data follow. */
    static final class RegionAccess {
        static final int BYTES = 16;
        static final Field OFFSET = Field.u64(0);
        static final Field REGION = Field.u32(8);
        static final Field COUNT = Field.u32(12);

        private RegionAccess() {}
    }

    /** A count, then writes of at most 8 bytes each, in room for 8. */
    static final class WriteMulti {
        static final int BYTES = 8;
        static final Field COUNT = Field.u64(0);
        static final int ENTRY_BYTES = RegionAccess.BYTES + Long.BYTES;

        private WriteMulti() {}
    }

    /** Region indices of a PCI device. */
    static final class Region {
        static final int BARS = 6;
        static final int CONFIG = 7;
        static final int COUNT = 9;

        private Region() {}
    }

    /** Interrupt indices of a PCI device. */
    static final class Irq {
        static final int INTX = 0;
        static final int MSIX = 2;
        static final int ERROR = 3;
        static final int COUNT = 5;

        private Irq() {}
    }
}
