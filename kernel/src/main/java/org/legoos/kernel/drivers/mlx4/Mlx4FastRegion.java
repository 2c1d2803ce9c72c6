package org.legoos.kernel.drivers.mlx4;

import java.lang.foreign.MemorySegment;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.ib.FastRegion;
import org.legoos.kernel.syscall.Errno;
import org.legoos.mlx4.prm.MemKey;
import org.legoos.mlx4.prm.MttEntry;

/** A region that REG_MR work requests register: its list of pages lies in memory that the card reads (mlx4_ib_map_mr_sg). */
final class Mlx4FastRegion implements FastRegion {
    /** One page of list. */
    static final int MAX_PAGES = PhysicalMemory.PAGE_SIZE / MttEntry.SIZE_BYTES;

    private final MemoryKeys keys;
    private final int index;
    private final MttTable.Mapping mapping;
    private final MemorySegment memory;
    private final HostResources.DmaBuffer list;
    private int key;
    private long virtualAddress;
    private long lengthBytes;

    Mlx4FastRegion(MemoryKeys keys, int index, int key, MttTable.Mapping mapping) {
        this.keys = keys;
        this.index = index;
        this.key = key;
        this.mapping = mapping;
        memory = keys.host().memory().segment();
        list = keys.host().allocate(PhysicalMemory.PAGE_SIZE, "page list");
    }

    @Override
    public int localKey() {
        return key;
    }

    @Override
    public int remoteKey() {
        return key;
    }

    @Override
    public int nextKey() {
        key = MemKey.next(key);
        return key;
    }

    @Override
    public int setPages(long newVirtualAddress, long newLengthBytes, long[] pagePas, int pageCount) {
        long inFirst = newVirtualAddress & PhysicalMemory.PAGE_SIZE - 1;
        if (pageCount < 1 || pageCount > mapping.count() || pageCount > pagePas.length || newLengthBytes < 1
                || inFirst + newLengthBytes > (long) pageCount << PhysicalMemory.PAGE_SHIFT) {
            return -Errno.EINVAL;
        }
        for (int i = 0; i < pageCount; i++) {
            long page = pagePas[i] & -PhysicalMemory.PAGE_SIZE;
            MttEntry.ENTRY.set(memory, list.pa() + (long) i * MttEntry.SIZE_BYTES, MttEntry.present(page));
        }
        virtualAddress = newVirtualAddress;
        lengthBytes = newLengthBytes;
        return 0;
    }

    long pageListPa() {
        return list.pa();
    }

    long virtualAddress() {
        return virtualAddress;
    }

    long lengthBytes() {
        return lengthBytes;
    }

    @Override
    public void close() {
        keys.close(index, mapping);
        keys.host().free(list);
    }
}
