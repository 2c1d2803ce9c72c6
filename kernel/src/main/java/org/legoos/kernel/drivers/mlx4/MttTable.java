package org.legoos.kernel.drivers.mlx4;

import java.lang.foreign.MemorySegment;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.syscall.Errno;
import org.legoos.mlx4.prm.MttEntry;

/**
 * The card's page tables (MTT). Like Linux without SR-IOV the driver stores entries straight into the
 * memory that backs the table. Everything that it maps is physically contiguous, so it takes the largest
 * page size that the alignment allows: mostly one entry.
 */
final class MttTable {
    /** Translation of one buffer. {@code logPageSize} counts from 1-byte pages (12 = 4 KiB). */
    record Mapping(int first, int count, int logPageSize) {
        /** What contexts hold: the offset of the first entry from the table's base. */
        long byteOffset() {
            return (long) first * MttEntry.SIZE_BYTES;
        }

        /** The encoding of queue contexts, which count from 4 KiB pages. */
        int contextPageSize() {
            return logPageSize - PhysicalMemory.PAGE_SHIFT;
        }
    }

    private static final int MAX_LOG_PAGE_SIZE = 31;

    private final MemorySegment memory;
    private final long tablePa;
    private final IndexAllocator entries;

    MttTable(HostResources host, long tablePa, int reserved, int count) {
        memory = host.memory().segment();
        this.tablePa = tablePa;
        entries = new IndexAllocator("MTT entries", reserved, count);
    }

    /** Maps [pa, pa + size) so that the card reaches it at {@code virtual}. */
    Mapping map(long virtual, long pa, long sizeBytes) {
        long difference = virtual - pa;
        int alignment = Math.min(MAX_LOG_PAGE_SIZE, Long.numberOfTrailingZeros(difference)); // 64 when they are equal
        if (alignment < PhysicalMemory.PAGE_SHIFT) {
            throw new IbException(Errno.EINVAL, "mlx4_core: 0x%x and 0x%x are at different places in their pages".formatted(virtual, pa));
        }
        int log = PhysicalMemory.PAGE_SHIFT;
        while (log < alignment && pageCount(pa, sizeBytes, log) > 1) {
            log++;
        }
        return store(pa, sizeBytes, log);
    }

    /** Maps a queue's buffer, which begins on a page of its own. */
    Mapping mapQueue(HostResources.DmaBuffer buffer) {
        int alignment = Math.min(MAX_LOG_PAGE_SIZE, Long.numberOfTrailingZeros(buffer.pa()));
        int log = PhysicalMemory.PAGE_SHIFT;
        while (log < alignment && pageCount(buffer.pa(), buffer.sizeBytes(), log) > 1) {
            log++;
        }
        return store(buffer.pa(), buffer.sizeBytes(), log);
    }

    /** Entries of 4 KiB pages that somebody else fills in. */
    Mapping reserve(int count) {
        int first = entries.allocateRun(count);
        for (int i = 0; i < count; i++) {
            MttEntry.ENTRY.set(memory, tablePa + (long) (first + i) * MttEntry.SIZE_BYTES, 0);
        }
        return new Mapping(first, count, PhysicalMemory.PAGE_SHIFT);
    }

    void unmap(Mapping mapping) {
        entries.freeRun(mapping.first, mapping.count);
    }

    private Mapping store(long pa, long sizeBytes, int log) {
        int count = pageCount(pa, sizeBytes, log);
        int first = entries.allocateRun(count);
        for (int i = 0; i < count; i++) {
            long pagePa = (pa >>> log) + i << log;
            MttEntry.ENTRY.set(memory, tablePa + (long) (first + i) * MttEntry.SIZE_BYTES, MttEntry.present(pagePa));
        }
        return new Mapping(first, count, log);
    }

    private static int pageCount(long pa, long sizeBytes, int log) {
        return Math.toIntExact((pa + sizeBytes - 1 >>> log) - (pa >>> log) + 1);
    }
}
