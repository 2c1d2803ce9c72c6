package org.legoos.isa.bus;

import java.util.concurrent.atomic.LongAdder;

/** Decodes the 64 Ki I/O ports. Values are zero-extended from 1, 2 or 4 bytes. */
public final class PortBus {
    public static final int PORT_COUNT = 0x1_0000;

    private volatile RangeTable<PortDevice> ranges = RangeTable.empty(new PortDevice[0]);
    private final LongAdder unclaimed = new LongAdder();

    /** Maps a device; throws if the range overlaps another. */
    public synchronized void map(int firstPort, int count, PortDevice device) {
        RangeTable<PortDevice> more = firstPort + count <= PORT_COUNT ? ranges.with(firstPort, count, device) : null;
        if (more == null) {
            throw new IllegalArgumentException("ports %x+%x are taken or are none".formatted(firstPort, count));
        }
        ranges = more;
    }

    /** All ones where nothing answers. */
    public int in(int port, int sizeBytes) {
        RangeTable<PortDevice> now = ranges;
        int range = now.find(port, sizeBytes);
        if (range < 0) {
            unclaimed.increment();
            return ones(sizeBytes);
        }
        return now.device(range).in(port - (int) now.base(range), sizeBytes) & ones(sizeBytes);
    }

    public void out(int port, int sizeBytes, int value) {
        RangeTable<PortDevice> now = ranges;
        int range = now.find(port, sizeBytes);
        if (range < 0) {
            unclaimed.increment();
            return;
        }
        now.device(range).out(port - (int) now.base(range), sizeBytes, value & ones(sizeBytes));
    }

    /** Accesses that no device answered. */
    public long unclaimedCount() {
        return unclaimed.sum();
    }

    private static int ones(int sizeBytes) {
        return -1 >>> (Integer.SIZE - sizeBytes * Byte.SIZE);
    }
}
