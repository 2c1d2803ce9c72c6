package org.legoos.isa.bus;

import java.util.concurrent.atomic.LongAdder;

/** Decodes guest-physical addresses beside RAM to devices. Lookups are lock-free; mapping is rare. */
public final class MmioBus {
    private volatile RangeTable<MmioDevice> ranges = RangeTable.empty(new MmioDevice[0]);
    private final LongAdder unclaimed = new LongAdder();

    /** Maps a device; throws if the range overlaps another (the caller assigns ranges). */
    public void map(long basePa, long sizeBytes, MmioDevice device) {
        if (!tryMap(basePa, sizeBytes, device)) {
            throw new IllegalArgumentException(
                    "range %x+%x overlaps another device or is none".formatted(basePa, sizeBytes));
        }
    }

    /** Like {@link #map}, but false if it cannot be: for ranges that software chose. */
    public synchronized boolean tryMap(long basePa, long sizeBytes, MmioDevice device) {
        RangeTable<MmioDevice> more = ranges.with(basePa, sizeBytes, device);
        if (more != null) {
            ranges = more;
        }
        return more != null;
    }

    public synchronized void unmap(long basePa) {
        ranges = ranges.without(basePa);
    }

    /** Reads 1, 2, 4 or 8 bytes, zero-extended; all ones (of that size) where nothing answers. */
    public long read(long guestPa, int sizeBytes) {
        RangeTable<MmioDevice> now = ranges;
        int range = now.find(guestPa, sizeBytes);
        if (range < 0) {
            unclaimed.increment();
            return ones(sizeBytes);
        }
        return now.device(range).read(guestPa - now.base(range), sizeBytes) & ones(sizeBytes);
    }

    /** Writes 1, 2, 4 or 8 bytes; lost (and counted) where nothing answers. */
    public void write(long guestPa, int sizeBytes, long value) {
        RangeTable<MmioDevice> now = ranges;
        int range = now.find(guestPa, sizeBytes);
        if (range < 0) {
            unclaimed.increment();
            return;
        }
        now.device(range).write(guestPa - now.base(range), sizeBytes, value & ones(sizeBytes));
    }

    /** Accesses that no device answered. */
    public long unclaimedCount() {
        return unclaimed.sum();
    }

    private static long ones(int sizeBytes) {
        return -1L >>> (Long.SIZE - sizeBytes * Byte.SIZE);
    }
}
