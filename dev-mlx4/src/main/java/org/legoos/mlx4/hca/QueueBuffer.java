package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;

/**
 * A ring in memory, mapped by translation entries. Remembers the 4 KiB used last, which is what a ring wants, until the
 * card's translation caches are invalidated. More than that need not lie together, however large the entries' pages are:
 * behind an IOMMU each 4 KiB may be elsewhere.
 */
final class QueueBuffer {
    private static final int MIN_PAGE_SHIFT = 12;
    private static final int MAX_PAGE_SHIFT = 40;
    private static final long PAGE_MASK = (1L << MIN_PAGE_SHIFT) - 1;

    private final Mtt mtt;
    private final BusMaster bus;
    private final long mttAddr;
    private final int pageShift;
    private final long startBytes;

    private long cachedPage = -1;
    private int cachedEpoch;
    private MemorySegment cachedMemory;
    private long cachedOffset;
    private long cachedDma;

    /**
     * @param logPageSize as contexts have it, 12 less than the logarithm
     * @param startBytes where in its first page the ring begins
     */
    QueueBuffer(Mtt mtt, BusMaster bus, long mttAddr, int logPageSize, long startBytes) {
        this.mtt = mtt;
        this.bus = bus;
        this.mttAddr = mttAddr;
        this.pageShift = Math.min(logPageSize + MIN_PAGE_SHIFT, MAX_PAGE_SHIFT);
        this.startBytes = startBytes;
    }

    /**
     * Finds the byte at {@code at} of the ring; what follows it up to its 16-byte (and, in any sane ring, its page's)
     * end is behind it. Null when it is not memory; else its place is {@link #offset}.
     */
    MemorySegment locate(long at) {
        long linear = startBytes + at;
        long page = linear >>> MIN_PAGE_SHIFT;
        if (page != cachedPage || cachedEpoch != mtt.epoch()) {
            if (!load(page)) {
                return null;
            }
        }
        return cachedMemory;
    }

    /** Before reading what {@link #locate} found: bytes of that page from {@code at}. */
    boolean refresh(long at, long sizeBytes) {
        return bus.refresh(dma(at), Math.min(sizeBytes, bytesInPage(at)));
    }

    /** After writing what {@link #locate} found. */
    void written(long at, long sizeBytes) {
        bus.written(dma(at), sizeBytes);
    }

    private long dma(long at) {
        return cachedDma + (startBytes + at & PAGE_MASK);
    }

    /** Where {@code at} is in what {@link #locate} returned for it. */
    long offset(long at) {
        return cachedOffset + (startBytes + at & PAGE_MASK);
    }

    /** Bytes from {@code at} to the end of its 4 KiB. */
    long bytesInPage(long at) {
        return PAGE_MASK + 1 - (startBytes + at & PAGE_MASK);
    }

    private boolean load(long page) {
        cachedPage = -1;
        int inEntry = pageShift - MIN_PAGE_SHIFT;
        long entryDma = mtt.page(mttAddr + (page >>> inEntry) * Long.BYTES, pageShift);
        if (entryDma == Mtt.NOT_PRESENT) {
            return false;
        }
        long dmaAddr = entryDma + ((page & (1L << inEntry) - 1) << MIN_PAGE_SHIFT);
        MemorySegment memory = bus.at(dmaAddr, PAGE_MASK + 1);
        if (memory == null) {
            return false;
        }
        cachedMemory = memory;
        cachedOffset = bus.offset(dmaAddr);
        cachedDma = dmaAddr;
        cachedEpoch = mtt.epoch();
        cachedPage = page;
        return true;
    }

    /** Writes {@code value} at byte {@code inEntry} of each entry of a ring; false when some page is not memory. */
    boolean fillEntries(long entryCount, int entryBytes, int inEntry, byte value) {
        long end = entryCount * entryBytes;
        for (long page = 0; page < end; page += bytesInPage(page)) {
            MemorySegment memory = locate(page);
            long inPage = Math.min(bytesInPage(page), end - page);
            if (memory == null || !refresh(page, inPage)) {
                return false;
            }
            for (long at = page; at < page + inPage; at += entryBytes) {
                memory.set(java.lang.foreign.ValueLayout.JAVA_BYTE, offset(at + inEntry), value);
            }
            written(page, inPage);
        }
        return true;
    }

    void forget() {
        cachedPage = -1;
        cachedMemory = null;
    }
}
