package org.legoos.mlx4.hca;

import java.util.Arrays;
import org.legoos.mlx4.hca.HcaCounters.Kind;
import org.legoos.mlx4.prm.CmdStatus;

/**
 * The card's context memory (ICM): a virtual address space whose pages software lends by MAP_ICM. Kept as disjoint
 * blocks sorted by virtual address.
 */
final class IcmMap {
    static final long UNMAPPED = -1;
    private static final int PAGE_SHIFT = 12;
    private static final int FIRST_CAPACITY = 64;

    private final HcaCounters counters;
    private long[] starts = new long[FIRST_CAPACITY];
    private long[] sizes = new long[FIRST_CAPACITY];
    private long[] dmaAddrs = new long[FIRST_CAPACITY];
    private int count;
    private int last; // index of the block found last
    private int epoch; // changes whenever a translation that was good may have become bad

    IcmMap(HcaCounters counters) {
        this.counters = counters;
    }

    /** Whoever caches a translation drops it when this number changes. */
    int epoch() {
        return epoch;
    }

    void invalidateCaches() {
        epoch++;
    }

    CmdStatus map(long icmAddr, long dmaAddr, int logPages) {
        if (logPages > 32 || icmAddr < 0) {
            return CmdStatus.BAD_PARAM;
        }
        long sizeBytes = 1L << (logPages + PAGE_SHIFT);
        if ((icmAddr & sizeBytes - 1) != 0 || icmAddr > HcaLimits.MAX_ICM_BYTES - sizeBytes) {
            return CmdStatus.BAD_PARAM;
        }
        int at = floor(icmAddr + sizeBytes - 1) + 1;
        if (at > 0 && starts[at - 1] + sizes[at - 1] > icmAddr) {
            return CmdStatus.BAD_PARAM; // overlaps what is mapped
        }
        if (count == HcaLimits.MAX_ICM_BLOCKS) {
            return CmdStatus.EXCEED_LIM;
        }
        insert(at, icmAddr, sizeBytes, dmaAddr);
        invalidateCaches();
        return CmdStatus.OK;
    }

    private void insert(int at, long icmAddr, long sizeBytes, long dmaAddr) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            sizes = Arrays.copyOf(sizes, 2 * count);
            dmaAddrs = Arrays.copyOf(dmaAddrs, 2 * count);
        }
        System.arraycopy(starts, at, starts, at + 1, count - at);
        System.arraycopy(sizes, at, sizes, at + 1, count - at);
        System.arraycopy(dmaAddrs, at, dmaAddrs, at + 1, count - at);
        starts[at] = icmAddr;
        sizes[at] = sizeBytes;
        dmaAddrs[at] = dmaAddr;
        count++;
    }

    /** Forgets every block that begins inside the range; Linux names ranges larger than what it mapped. */
    void unmap(long icmAddr, long pageCount) {
        long end = icmAddr + (pageCount << PAGE_SHIFT);
        int from = floor(icmAddr - 1) + 1;
        int to = from;
        while (to < count && starts[to] < end) {
            to++;
        }
        System.arraycopy(starts, to, starts, from, count - to);
        System.arraycopy(sizes, to, sizes, from, count - to);
        System.arraycopy(dmaAddrs, to, dmaAddrs, from, count - to);
        count -= to - from;
        last = 0;
        invalidateCaches();
    }

    void clear() {
        count = 0;
        last = 0;
        invalidateCaches();
    }

    int blockCount() {
        return count;
    }

    /** The DMA address of {@code sizeBytes} of ICM that lie in one block, or {@link #UNMAPPED} (counted). */
    long toDma(long icmAddr, long sizeBytes) {
        int i = last;
        if (i >= count || !contains(i, icmAddr, sizeBytes)) {
            i = floor(icmAddr);
            if (i < 0 || !contains(i, icmAddr, sizeBytes)) {
                counters.count(Kind.ICM_ERRORS, icmAddr);
                return UNMAPPED;
            }
            last = i;
        }
        return dmaAddrs[i] + (icmAddr - starts[i]);
    }

    private boolean contains(int i, long icmAddr, long sizeBytes) {
        long offset = icmAddr - starts[i];
        return offset >= 0 && offset <= sizes[i] - sizeBytes;
    }

    /** Index of the last block that starts at or below the address, or -1. */
    private int floor(long icmAddr) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int mid = low + high >>> 1;
            if (starts[mid] <= icmAddr) {
                low = mid + 1;
            } else {
                high = mid - 1;
            }
        }
        return high;
    }
}
