package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.prm.MptEntry;

/** A memory protection entry as the card caches it: who may access which addresses how, and where they lie. */
final class Region {
    static final int LOCAL_READ = MptEntry.LOCAL_READ.of0(1);
    static final int LOCAL_WRITE = MptEntry.LOCAL_WRITE.of0(1);
    static final int REMOTE_READ = MptEntry.REMOTE_READ.of0(1);
    static final int REMOTE_WRITE = MptEntry.REMOTE_WRITE.of0(1);
    static final int REMOTE_ATOMIC = MptEntry.REMOTE_ATOMIC.of0(1);

    private static final int MIN_PAGE_SHIFT = 12;
    private static final int MAX_PAGE_SHIFT = 40;
    /** One piece of a transfer is never longer than this, so lengths stay ints. */
    private static final long MAX_PIECE_BYTES = 1L << 30;

    private final Mtt mtt;
    private boolean isValid;
    private int memKey;
    private int pd;
    private boolean isBoundToQp;
    private int qpn;
    private int flags;
    private long start;
    private long length;
    private boolean isWholeSpace;
    private boolean isPhysical;
    private long mttAddr;
    private int pageShift;
    private long firstOffset; // of the start in its page

    private long cachedPage;
    private long cachedDma;
    private boolean isPageCached;

    Region(Mtt mtt) {
        this.mtt = mtt;
    }

    /** A region without translation and protection domain, for the reserved L_Key. */
    static Region wholeMemory(Mtt mtt) {
        Region region = new Region(mtt);
        region.isValid = true;
        region.flags = LOCAL_READ | LOCAL_WRITE;
        region.isPhysical = true;
        region.isWholeSpace = true;
        return region;
    }

    /** Takes an entry over; false when it is not one that translates. */
    boolean load(MemorySegment m, long base) {
        isPageCached = false;
        isValid = false;
        flags = MptEntry.FLAGS_WORD.get(m, base);
        memKey = MptEntry.MEM_KEY.get(m, base);
        pd = MptEntry.PD.get(m, base);
        start = MptEntry.START.get(m, base);
        length = MptEntry.LENGTH.get(m, base);
        isWholeSpace = MptEntry.LENGTH_64.isSet(m, base);
        isPhysical = MptEntry.PHYSICAL.of(flags) != 0;
        mttAddr = MptEntry.MTT_ADDR.get(m, base);
        pageShift = MptEntry.ENTITY_SIZE.get(m, base);
        boolean isRegion = MptEntry.REGION.of(flags) != 0;
        if (MptEntry.STATUS.of(flags) != MptEntry.STATUS_HW || !isRegion && length == 0) {
            return false; // not the hardware's, or a window that is not bound
        }
        isBoundToQp = !isRegion && MptEntry.BOUND_TO_QP.isSet(m, base);
        qpn = MptEntry.QPN.get(m, base);
        if (!isPhysical) {
            if (!isPageShift(pageShift)) {
                return false;
            }
            firstOffset = MptEntry.FBO_ENABLE.isSet(m, base)
                    ? MptEntry.FIRST_BYTE_OFFSET.get(m, base)
                    : start & (1L << pageShift) - 1;
        }
        isValid = true;
        return true;
    }

    static boolean isPageShift(int shift) {
        return shift >= MIN_PAGE_SHIFT && shift <= MAX_PAGE_SHIFT;
    }

    boolean hasKey(int hardwareKey) {
        return isValid && memKey == hardwareKey;
    }

    /** A window of type 2 is for the queue pair that bound it. */
    boolean isFor(int accessQpn) {
        return !isBoundToQp || qpn == accessQpn;
    }

    /** Offset of va from the beginning of the first page. */
    long linear(long va) {
        return va - start + firstOffset;
    }

    int pd() {
        return pd;
    }

    void forget() {
        isValid = false;
    }

    /** May [va, va+sizeBytes) be accessed with all of {@code rights}? */
    boolean allows(int rights, long va, long sizeBytes) {
        long offset = va - start;
        return (flags & rights) == rights
                && (isWholeSpace && start == 0
                        || Long.compareUnsigned(offset, length) <= 0
                                && Long.compareUnsigned(sizeBytes, length - offset) <= 0);
    }

    /** DMA address of va, which is allowed; {@link Mtt#NOT_PRESENT} when its page is not. */
    long toDma(long va) {
        if (isPhysical) {
            return va;
        }
        long linear = va - start + firstOffset;
        long page = linear >>> pageShift;
        if (!isPageCached || page != cachedPage) {
            isPageCached = false;
            long dma = mtt.page(mttAddr + page * Long.BYTES, pageShift);
            if (dma == Mtt.NOT_PRESENT) {
                return Mtt.NOT_PRESENT;
            }
            cachedPage = page;
            cachedDma = dma;
            isPageCached = true;
        }
        return cachedDma + (linear & (1L << pageShift) - 1);
    }

    /** Bytes from va, at most {@code wanted}, that lie behind one another in memory. */
    int contiguous(long va, int wanted) {
        if (isPhysical) {
            return wanted;
        }
        long inPage = va - start + firstOffset & (1L << pageShift) - 1;
        return (int) Math.min(wanted, Math.min(MAX_PIECE_BYTES, (1L << pageShift) - inPage));
    }
}
