package org.legoos.isa.bus;

import java.util.Arrays;

/** Which device answers which address range; immutable, sorted by base, so that lookups need no lock. */
final class RangeTable<D> {
    private final long[] bases;
    private final long[] ends;
    private final D[] devices;

    private RangeTable(long[] bases, long[] ends, D[] devices) {
        this.bases = bases;
        this.ends = ends;
        this.devices = devices;
    }

    static <D> RangeTable<D> empty(D[] none) {
        return new RangeTable<>(new long[0], new long[0], none);
    }

    /** The number of the range that holds all of [at, at+sizeBytes), or -1. */
    int find(long at, int sizeBytes) {
        int low = 0;
        int high = bases.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (at < bases[middle]) {
                high = middle - 1;
            } else if (at >= ends[middle]) {
                low = middle + 1;
            } else {
                return sizeBytes <= ends[middle] - at ? middle : -1;
            }
        }
        return -1;
    }

    D device(int range) {
        return devices[range];
    }

    long base(int range) {
        return bases[range];
    }

    /** This table and one more range, or null when it overlaps, is empty or goes beyond the end of the space. */
    RangeTable<D> with(long base, long sizeBytes, D device) {
        long end = base + sizeBytes;
        if (base < 0 || sizeBytes <= 0 || end < base) {
            return null;
        }
        int at = 0;
        while (at < bases.length && ends[at] <= base) {
            at++;
        }
        if (at < bases.length && bases[at] < end) {
            return null;
        }
        D[] newDevices = Arrays.copyOf(devices, devices.length + 1);
        System.arraycopy(devices, at, newDevices, at + 1, devices.length - at);
        newDevices[at] = device;
        return new RangeTable<>(inserted(bases, at, base), inserted(ends, at, end), newDevices);
    }

    /** This table without the range that begins at base; itself if there is none. */
    RangeTable<D> without(long base) {
        int at = Arrays.binarySearch(bases, base);
        if (at < 0) {
            return this;
        }
        D[] newDevices = Arrays.copyOf(devices, devices.length - 1);
        System.arraycopy(devices, at + 1, newDevices, at, newDevices.length - at);
        return new RangeTable<>(removed(bases, at), removed(ends, at), newDevices);
    }

    private static long[] inserted(long[] from, int at, long value) {
        long[] to = Arrays.copyOf(from, from.length + 1);
        System.arraycopy(from, at, to, at + 1, from.length - at);
        to[at] = value;
        return to;
    }

    private static long[] removed(long[] from, int at) {
        long[] to = Arrays.copyOf(from, from.length - 1);
        System.arraycopy(from, at + 1, to, at, to.length - at);
        return to;
    }
}
