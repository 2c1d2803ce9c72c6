package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.hca.HcaCounters.Kind;
import org.legoos.mlx4.prm.MemKey;
import org.legoos.mlx4.prm.MptEntry;

/**
 * The memory protection table. Its truth is in ICM, where software may edit it (re-registration); the card keeps the
 * entries it used last until the entry's ownership changes, ICM is mapped anew, or SYNC_TPT.
 */
final class MemoryKeys {
    private static final int CACHE_SIZE = 256;

    private final IcmMap icm;
    private final BusMaster bus;
    private final HcaCounters counters;
    private final Region[] cache = new Region[CACHE_SIZE];
    private final Region reserved;
    private int cacheEpoch;
    private long baseIcmAddr;
    private int indexMask;

    MemoryKeys(IcmMap icm, BusMaster bus, Mtt mtt, HcaCounters counters) {
        this.icm = icm;
        this.bus = bus;
        this.counters = counters;
        for (int i = 0; i < CACHE_SIZE; i++) {
            cache[i] = new Region(mtt);
        }
        reserved = Region.wholeMemory(mtt);
    }

    void setTable(long icmAddr, int logEntries) {
        baseIcmAddr = icmAddr;
        indexMask = (1 << logEntries) - 1;
    }

    int size() {
        return indexMask + 1;
    }

    /** Table index of a key. */
    int index(int key) {
        return MemKey.toHardware(key) & indexMask;
    }

    /**
     * The region (or window) that {@code key} names when it allows the access, else null (counted).
     *
     * @param qpn of the queue pair that the access comes through: some windows are for one only
     */
    Region find(int key, int pd, int qpn, boolean isReservedKeyOk, int rights, long va, long sizeBytes) {
        Region region = isReservedKeyOk && key == HcaLimits.RESERVED_LKEY ? reserved : lookUp(key, pd);
        if (region == null || !region.isFor(qpn) || !region.allows(rights, va, sizeBytes)) {
            counters.count(Kind.KEY_ERRORS, Integer.toUnsignedLong(key));
            return null;
        }
        return region;
    }

    private Region lookUp(int key, int pd) {
        if (cacheEpoch != icm.epoch()) {
            forgetAll();
        }
        int hardwareKey = MemKey.toHardware(key);
        int index = index(key);
        Region region = cache[index & CACHE_SIZE - 1];
        if (!region.hasKey(hardwareKey) && !load(region, index)) {
            return null;
        }
        return region.hasKey(hardwareKey) && region.pd() == pd ? region : null;
    }

    private boolean load(Region region, int index) {
        region.forget();
        long dmaAddr = index < 1 << HcaLimits.LOG_RSVD_MPT ? IcmMap.UNMAPPED : entryDma(index);
        MemorySegment memory = dmaAddr == IcmMap.UNMAPPED ? null : bus.atForRead(dmaAddr, MptEntry.SIZE_BYTES);
        return memory != null && region.load(memory, bus.offset(dmaAddr));
    }

    /** Where an entry lies in memory. */
    long entryDma(int index) {
        return icm.toDma(baseIcmAddr + (long) index * HcaLimits.DMPT_BYTES, HcaLimits.DMPT_BYTES);
    }

    void forget(int index) {
        cache[index & CACHE_SIZE - 1].forget();
    }

    private void forgetAll() {
        for (Region region : cache) {
            region.forget();
        }
        cacheEpoch = icm.epoch();
    }
}
