package org.legoos.emulator.vfiouser;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.legoos.emulator.vfiouser.Protocol.Region;
import org.legoos.isa.bus.MmioDevice;
import org.legoos.isa.pci.PciFunction;
import org.legoos.isa.pci.PciReg;

/** BARs and configuration space of a function as vfio-user regions: runs of bytes, accessed in naturally aligned pieces. */
final class FunctionRegions {
    private final PciFunction function;

    FunctionRegions(PciFunction function) {
        this.function = function;
    }

    /** 0 for regions that the function does not have. */
    long sizeBytes(long region) {
        if (region == Region.CONFIG) {
            return PciReg.CONFIG_BYTES;
        }
        return region >= 0 && region < Region.BARS ? function.barSizeBytes((int) region) : 0;
    }

    boolean contains(long region, long offset, long countBytes) {
        return offset >= 0 && countBytes > 0 && offset <= sizeBytes(region) - countBytes;
    }

    /** The range must be {@link #contains contained}. */
    void read(int region, long offset, int countBytes, MemorySegment to, long toOffset) {
        for (int done = 0; done < countBytes; ) {
            int size = piece(region, offset + done, countBytes - done);
            long value = region == Region.CONFIG
                    ? function.configRead((int) offset + done, size)
                    : bar(region).read(offset + done, size);
            store(to, toOffset + done, size, value);
            done += size;
        }
    }

    void write(int region, long offset, int countBytes, MemorySegment from, long fromOffset) {
        for (int done = 0; done < countBytes; ) {
            int size = piece(region, offset + done, countBytes - done);
            long value = load(from, fromOffset + done, size);
            if (region == Region.CONFIG) {
                function.configWrite((int) offset + done, size, (int) value);
            } else {
                bar(region).write(offset + done, size, value);
            }
            done += size;
        }
    }

    void reset() {
        function.reset();
    }

    private MmioDevice bar(int region) {
        return function.bar(region);
    }

    private static int piece(int region, long offset, int left) {
        int size = region == Region.CONFIG ? Integer.BYTES : Long.BYTES;
        while (size > left || (offset & size - 1) != 0) {
            size >>= 1;
        }
        return size;
    }

    private static void store(MemorySegment to, long at, int size, long value) {
        for (int i = 0; i < size; i++) {
            to.set(ValueLayout.JAVA_BYTE, at + i, (byte) (value >>> 8 * i));
        }
    }

    private static long load(MemorySegment from, long at, int size) {
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | from.get(ValueLayout.JAVA_BYTE, at + i) & 0xff;
        }
        return value;
    }
}
