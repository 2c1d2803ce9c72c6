package org.legoos.emulator.vfiouser;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.legoos.emulator.vfiouser.Protocol.Command;
import org.legoos.emulator.vfiouser.Protocol.DeviceInfo;
import org.legoos.emulator.vfiouser.Protocol.DmaMap;
import org.legoos.emulator.vfiouser.Protocol.DmaUnmap;
import org.legoos.emulator.vfiouser.Protocol.Irq;
import org.legoos.emulator.vfiouser.Protocol.IrqInfo;
import org.legoos.emulator.vfiouser.Protocol.Region;
import org.legoos.emulator.vfiouser.Protocol.RegionAccess;
import org.legoos.emulator.vfiouser.Protocol.RegionInfo;
import org.legoos.emulator.vfiouser.Protocol.SetIrqs;
import org.legoos.emulator.vfiouser.Protocol.Version;
import org.legoos.emulator.vfiouser.Protocol.WriteMulti;
import org.legoos.isa.libc.Descriptor;
import org.legoos.isa.libc.ReceivedDescriptors;

/**
 * What each message means for the device. Bodies come from another process: every size, index and range is checked
 * here, and what does not fit gets an errno. One thread.
 */
final class DeviceCommands {
    private static final byte[] CAPABILITIES = ("{\"capabilities\":{\"max_msg_fds\":8,\"max_data_xfer_size\":"
            + Protocol.MAX_DATA_BYTES + ",\"max_dma_maps\":" + Protocol.MAX_DMA_MAPS + ",\"pgsizes\":"
            + Protocol.PAGE_BYTES + "}}\0").getBytes(StandardCharsets.US_ASCII);

    private final FunctionRegions regions;
    private final GuestMemory memory;
    private final InterruptVectors vectors;
    private final InterruptLine line;
    private boolean isAgreed; // VERSION has been

    DeviceCommands(FunctionRegions regions, GuestMemory memory, InterruptVectors vectors,
            InterruptLine line) {
        this.regions = regions;
        this.memory = memory;
        this.vectors = vectors;
        this.line = line;
    }

    /** A client came or went: nothing of the last one stays. */
    void forget() {
        isAgreed = false;
        vectors.disable();
        line.connect(Descriptor.NONE);
        regions.reset();
        memory.clear();
    }

    /**
     * Executes one message.
     *
     * @param in its body
     * @param out where the reply's body goes; as large as the largest one
     * @return the reply's body size, or a negative errno
     */
    int execute(int command, MemorySegment in, MemorySegment out, ReceivedDescriptors descriptors) {
        if (command != Command.VERSION && !isAgreed) {
            return -Protocol.EPERM;
        }
        return switch (command) {
            case Command.VERSION -> version(in, out);
            case Command.DMA_MAP -> dmaMap(in, descriptors);
            case Command.DMA_UNMAP -> dmaUnmap(in, out);
            case Command.DEVICE_GET_INFO -> deviceInfo(in, out);
            case Command.DEVICE_GET_REGION_INFO -> regionInfo(in, out);
            case Command.DEVICE_GET_IRQ_INFO -> irqInfo(in, out);
            case Command.DEVICE_SET_IRQS -> setIrqs(in, descriptors);
            case Command.REGION_READ -> regionRead(in, out);
            case Command.REGION_WRITE -> regionWrite(in, out);
            case Command.REGION_WRITE_MULTI -> writeMulti(in, out);
            case Command.DEVICE_RESET -> reset();
            default -> -Protocol.ENOTSUP;
        };
    }

    /** The client's capabilities are of no interest: we use none of them. */
    private int version(MemorySegment in, MemorySegment out) {
        if (in.byteSize() < Version.BYTES || Version.MAJOR.get(in, 0) != Protocol.MAJOR) {
            return -Protocol.EINVAL;
        }
        isAgreed = true;
        Version.MAJOR.set(out, 0, Protocol.MAJOR);
        Version.MINOR.set(out, 0, Protocol.MINOR);
        MemorySegment.copy(CAPABILITIES, 0, out, ValueLayout.JAVA_BYTE, Version.BYTES, CAPABILITIES.length);
        return Version.BYTES + CAPABILITIES.length;
    }

    private int dmaMap(MemorySegment in, ReceivedDescriptors descriptors) {
        if (in.byteSize() < DmaMap.BYTES) {
            return -Protocol.EINVAL;
        }
        boolean isWritable = (DmaMap.FLAGS.get(in, 0) & DmaMap.FLAG_WRITE) != 0; // what is not is a ROM
        return -memory.map(DmaMap.ADDRESS.get(in, 0), DmaMap.SIZE.get(in, 0), descriptors.peek(0),
                DmaMap.FILE_OFFSET.get(in, 0), isWritable);
    }

    private int dmaUnmap(MemorySegment in, MemorySegment out) {
        if (in.byteSize() < DmaUnmap.BYTES) {
            return -Protocol.EINVAL;
        }
        if ((DmaUnmap.FLAGS.get(in, 0) & DmaUnmap.FLAG_ALL) != 0) {
            memory.clear();
        } else {
            memory.unmap(DmaUnmap.ADDRESS.get(in, 0), DmaUnmap.SIZE.get(in, 0));
        }
        MemorySegment.copy(in, 0, out, 0, DmaUnmap.BYTES);
        return DmaUnmap.BYTES;
    }

    private int deviceInfo(MemorySegment in, MemorySegment out) {
        if (in.byteSize() < DeviceInfo.BYTES) {
            return -Protocol.EINVAL;
        }
        DeviceInfo.ARGSZ.set(out, 0, DeviceInfo.BYTES);
        DeviceInfo.FLAGS.set(out, 0, DeviceInfo.FLAG_RESET | DeviceInfo.FLAG_PCI);
        DeviceInfo.REGIONS.set(out, 0, Region.COUNT);
        DeviceInfo.IRQS.set(out, 0, Irq.COUNT);
        return DeviceInfo.BYTES;
    }

    private int regionInfo(MemorySegment in, MemorySegment out) {
        if (in.byteSize() < RegionInfo.BYTES || RegionInfo.INDEX.get(in, 0) >= Region.COUNT) {
            return -Protocol.EINVAL;
        }
        long index = RegionInfo.INDEX.get(in, 0);
        long sizeBytes = regions.sizeBytes(index);
        RegionInfo.ARGSZ.set(out, 0, RegionInfo.BYTES);
        RegionInfo.FLAGS.set(out, 0, sizeBytes == 0 ? 0 : RegionInfo.FLAG_READ | RegionInfo.FLAG_WRITE);
        RegionInfo.INDEX.set(out, 0, index);
        RegionInfo.CAP_OFFSET.set(out, 0, 0);
        RegionInfo.SIZE.set(out, 0, sizeBytes);
        RegionInfo.FILE_OFFSET.set(out, 0, 0);
        return RegionInfo.BYTES;
    }

    private int irqInfo(MemorySegment in, MemorySegment out) {
        if (in.byteSize() < IrqInfo.BYTES || IrqInfo.INDEX.get(in, 0) >= Irq.COUNT) {
            return -Protocol.EINVAL;
        }
        long index = IrqInfo.INDEX.get(in, 0);
        int count = index == Irq.MSIX ? vectors.count() : index == Irq.ERROR || index == Irq.INTX ? 1 : 0;
        int flags = index == Irq.INTX ? IrqInfo.FLAG_MASKABLE | IrqInfo.FLAG_AUTOMASKED : 0;
        IrqInfo.ARGSZ.set(out, 0, IrqInfo.BYTES);
        IrqInfo.FLAGS.set(out, 0, count == 0 ? 0 : flags | IrqInfo.FLAG_EVENTFD);
        IrqInfo.INDEX.set(out, 0, index);
        IrqInfo.COUNT.set(out, 0, count);
        return IrqInfo.BYTES;
    }

    private int setIrqs(MemorySegment in, ReceivedDescriptors descriptors) {
        if (in.byteSize() < SetIrqs.BYTES || SetIrqs.INDEX.get(in, 0) >= Irq.COUNT) {
            return -Protocol.EINVAL;
        }
        int flags = SetIrqs.FLAGS.getInt(in, 0);
        long start = SetIrqs.START.get(in, 0);
        long count = SetIrqs.COUNT.get(in, 0);
        boolean isOff = (flags & SetIrqs.DATA_NONE) != 0 && count == 0;
        if (SetIrqs.INDEX.get(in, 0) == Irq.INTX) {
            return start + count > 1 ? -Protocol.EINVAL : setLine(flags, isOff, descriptors);
        }
        if (SetIrqs.INDEX.get(in, 0) != Irq.MSIX) {
            // Errors of the card are its driver's business (its error buffer says so): the event is never used.
            boolean isError = SetIrqs.INDEX.get(in, 0) == Irq.ERROR;
            return isOff || isError && start == 0 && count <= 1 ? 0 : -Protocol.EINVAL;
        }
        if (start + count > vectors.count()) {
            return -Protocol.EINVAL;
        }
        if ((flags & SetIrqs.ACTION_TRIGGER) == 0) {
            return 0; // masks are kept by the client, which takes events away
        }
        if (isOff) {
            vectors.disable();
        } else if ((flags & SetIrqs.DATA_EVENTFD) != 0) {
            vectors.enable();
            for (int i = 0; i < count; i++) {
                vectors.connect((int) start + i, descriptors.take(i));
            }
        } else {
            return trigger(in, flags, (int) start, (int) count);
        }
        return 0;
    }

    private int setLine(int flags, boolean isOff, ReceivedDescriptors descriptors) {
        if ((flags & SetIrqs.ACTION_MASK) != 0) {
            line.mask();
        } else if ((flags & SetIrqs.ACTION_UNMASK) != 0) {
            line.unmask();
        } else if ((flags & SetIrqs.ACTION_TRIGGER) == 0) {
            return -Protocol.EINVAL;
        } else if (isOff) {
            line.connect(Descriptor.NONE);
        } else if ((flags & SetIrqs.DATA_EVENTFD) != 0) {
            line.connect(descriptors.take(0));
        } else {
            line.trigger();
        }
        return 0;
    }

    /** A client tries whether its events work. */
    private int trigger(MemorySegment in, int flags, int start, int count) {
        boolean isChosen = (flags & SetIrqs.DATA_BOOL) != 0;
        if (isChosen && in.byteSize() < SetIrqs.BYTES + count) {
            return -Protocol.EINVAL;
        }
        for (int i = 0; i < count; i++) {
            if (!isChosen || in.get(ValueLayout.JAVA_BYTE, SetIrqs.BYTES + i) != 0) {
                vectors.raise(start + i);
            }
        }
        return 0;
    }

    private int regionRead(MemorySegment in, MemorySegment out) {
        if (!isAccess(in, 0) || RegionAccess.COUNT.get(in, 0) > Protocol.MAX_DATA_BYTES) {
            return -Protocol.EINVAL;
        }
        int count = RegionAccess.COUNT.getInt(in, 0);
        MemorySegment.copy(in, 0, out, 0, RegionAccess.BYTES);
        regions.read(RegionAccess.REGION.getInt(in, 0), RegionAccess.OFFSET.get(in, 0), count, out, RegionAccess.BYTES);
        return RegionAccess.BYTES + count;
    }

    private int regionWrite(MemorySegment in, MemorySegment out) {
        if (!isAccess(in, 0) || RegionAccess.COUNT.get(in, 0) > in.byteSize() - RegionAccess.BYTES) {
            return -Protocol.EINVAL;
        }
        regions.write(RegionAccess.REGION.getInt(in, 0), RegionAccess.OFFSET.get(in, 0),
                RegionAccess.COUNT.getInt(in, 0), in, RegionAccess.BYTES);
        MemorySegment.copy(in, 0, out, 0, RegionAccess.BYTES);
        return RegionAccess.BYTES;
    }

    /** Not offered, but harmless: writes one after the other, up to the first bad one. */
    private int writeMulti(MemorySegment in, MemorySegment out) {
        long room = (in.byteSize() - WriteMulti.BYTES) / WriteMulti.ENTRY_BYTES;
        if (in.byteSize() < WriteMulti.BYTES || WriteMulti.COUNT.get(in, 0) < 0 || WriteMulti.COUNT.get(in, 0) > room) {
            return -Protocol.EINVAL;
        }
        long count = WriteMulti.COUNT.get(in, 0);
        for (int i = 0; i < count; i++) {
            long at = WriteMulti.BYTES + (long) i * WriteMulti.ENTRY_BYTES;
            if (!isAccess(in, at) || RegionAccess.COUNT.get(in, at) > Long.BYTES) {
                return -Protocol.EINVAL;
            }
            regions.write(RegionAccess.REGION.getInt(in, at), RegionAccess.OFFSET.get(in, at),
                    RegionAccess.COUNT.getInt(in, at), in, at + RegionAccess.BYTES);
        }
        WriteMulti.COUNT.set(out, 0, count);
        return WriteMulti.BYTES;
    }

    private boolean isAccess(MemorySegment in, long at) {
        return in.byteSize() >= at + RegionAccess.BYTES && regions.contains(
                RegionAccess.REGION.get(in, at), RegionAccess.OFFSET.get(in, at), RegionAccess.COUNT.get(in, at));
    }

    private int reset() {
        regions.reset();
        return 0;
    }
}
