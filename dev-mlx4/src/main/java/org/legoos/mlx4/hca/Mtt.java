package org.legoos.mlx4.hca;

import org.legoos.mlx4.hca.HcaCounters.Kind;
import org.legoos.mlx4.prm.MttEntry;

/** The memory translation table, which lies in ICM and is written by software: always read from there. */
final class Mtt {
    static final long NOT_PRESENT = -1;

    private final IcmMap icm;
    private final BusMaster bus;
    private final HcaCounters counters;
    private long baseIcmAddr;

    Mtt(IcmMap icm, BusMaster bus, HcaCounters counters) {
        this.icm = icm;
        this.bus = bus;
        this.counters = counters;
    }

    void setBase(long icmAddr) {
        baseIcmAddr = icmAddr;
    }

    int epoch() {
        return icm.epoch();
    }

    /** DMA address of the page that the entry at byte {@code mttAddr} names, or {@link #NOT_PRESENT} (counted). */
    long page(long mttAddr, int pageShift) {
        long at = icm.toDma(baseIcmAddr + mttAddr, MttEntry.SIZE_BYTES);
        long entry = at == IcmMap.UNMAPPED ? 0 : bus.read64(at, 0);
        if ((entry & MttEntry.PRESENT) == 0) {
            counters.count(Kind.MTT_ERRORS, mttAddr);
            return NOT_PRESENT;
        }
        return entry & -1L << pageShift;
    }

    boolean write(long mttAddr, long entry) {
        long at = icm.toDma(baseIcmAddr + mttAddr, MttEntry.SIZE_BYTES);
        return at != IcmMap.UNMAPPED && bus.write64(at, entry);
    }

    long read(long mttAddr) {
        long at = icm.toDma(baseIcmAddr + mttAddr, MttEntry.SIZE_BYTES);
        return at == IcmMap.UNMAPPED ? 0 : bus.read64(at, 0);
    }
}
