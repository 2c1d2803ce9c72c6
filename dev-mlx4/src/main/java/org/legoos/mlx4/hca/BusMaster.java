package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.legoos.isa.memory.Dma;
import org.legoos.isa.pci.PciConfigSpace;
import org.legoos.mlx4.hca.HcaCounters.Kind;

/** The card's way to memory. Every address comes from software, so every access may fail. */
final class BusMaster {
    private static final ValueLayout.OfInt BE32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong BE64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final int PAGE_BYTES = 4096;

    private final Dma dma;
    private final PciConfigSpace config;
    private final HcaCounters counters;

    BusMaster(Dma dma, PciConfigSpace config, HcaCounters counters) {
        this.dma = dma;
        this.config = config;
        this.counters = counters;
    }

    /** The memory at an address, to be accessed at {@link #offset}; null (counted) when it is not all memory. */
    MemorySegment at(long dmaAddr, long sizeBytes) {
        MemorySegment found = config.isBusMaster() ? dma.backing(dmaAddr, sizeBytes) : null;
        if (found == null) {
            counters.count(Kind.BUS_ERRORS, dmaAddr);
        }
        return found;
    }

    /** How many of {@code wanted} bytes may be accessed as one: all, or those to the next 4 KiB, as an IOMMU maps. */
    int reach(long dmaAddr, int wanted) {
        return wanted <= 1 || dma.backing(dmaAddr, wanted) != null
                ? wanted
                : (int) Math.min(wanted, PAGE_BYTES - (dmaAddr & PAGE_BYTES - 1));
    }

    /** As {@link #at}, for memory that is going to be read: what it holds is what software sees. */
    MemorySegment atForRead(long dmaAddr, long sizeBytes) {
        MemorySegment found = at(dmaAddr, sizeBytes);
        if (found != null && !dma.beforeRead(dmaAddr, sizeBytes)) {
            counters.count(Kind.BUS_ERRORS, dmaAddr);
            return null;
        }
        return found;
    }

    /** Memory got from {@link #at} was read before; looks again. */
    boolean refresh(long dmaAddr, long sizeBytes) {
        return dma.beforeRead(dmaAddr, sizeBytes);
    }

    /** Memory got from {@link #at} was written. */
    void written(long dmaAddr, long sizeBytes) {
        dma.afterWrite(dmaAddr, sizeBytes);
    }

    long offset(long dmaAddr) {
        return dma.offset(dmaAddr);
    }

    /** A big-endian word, or {@code ifNotMemory}. */
    int read32(long dmaAddr, int ifNotMemory) {
        MemorySegment memory = atForRead(dmaAddr, Integer.BYTES);
        return memory == null ? ifNotMemory : memory.get(BE32, dma.offset(dmaAddr));
    }

    /** A big-endian doubleword, or {@code ifNotMemory}. */
    long read64(long dmaAddr, long ifNotMemory) {
        MemorySegment memory = atForRead(dmaAddr, Long.BYTES);
        return memory == null ? ifNotMemory : memory.get(BE64, dma.offset(dmaAddr));
    }

    boolean write64(long dmaAddr, long value) {
        MemorySegment memory = at(dmaAddr, Long.BYTES);
        if (memory == null) {
            return false;
        }
        memory.set(BE64, dma.offset(dmaAddr), value);
        dma.afterWrite(dmaAddr, Long.BYTES);
        return true;
    }

    boolean copyIn(long dmaAddr, MemorySegment to, long toOffset, long sizeBytes) {
        MemorySegment memory = atForRead(dmaAddr, sizeBytes);
        if (memory == null) {
            return false;
        }
        MemorySegment.copy(memory, dma.offset(dmaAddr), to, toOffset, sizeBytes);
        return true;
    }

    boolean copyOut(MemorySegment from, long fromOffset, long dmaAddr, long sizeBytes) {
        MemorySegment memory = at(dmaAddr, sizeBytes);
        if (memory == null) {
            return false;
        }
        MemorySegment.copy(from, fromOffset, memory, dma.offset(dmaAddr), sizeBytes);
        dma.afterWrite(dmaAddr, sizeBytes);
        return true;
    }
}
