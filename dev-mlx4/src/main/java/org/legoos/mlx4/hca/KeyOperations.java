package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.prm.BindSegment;
import org.legoos.mlx4.prm.FastRegSegment;
import org.legoos.mlx4.prm.MemKey;
import org.legoos.mlx4.prm.MptEntry;
import org.legoos.mlx4.prm.MttEntry;
import org.legoos.mlx4.transport.Status;

/**
 * Work requests about memory keys: fast registration, binding of memory windows, invalidation by the owner and by a
 * peer. They change protection entries where those are kept, in ICM, so that software sees them too. An entry that is
 * not the hardware's, in another protection domain or not made for the operation is left alone.
 */
final class KeyOperations {
    /** Pages of one fast registration: as many as Linux asks for at most (511), with room. */
    private static final int MAX_FAST_REG_PAGES = 4096;

    private static final int ACCESS = Region.LOCAL_READ | Region.LOCAL_WRITE | Region.REMOTE_READ
            | Region.REMOTE_WRITE | Region.REMOTE_ATOMIC;
    private static final int NO_QP = -1;

    private final HcaCore core;

    KeyOperations(HcaCore core) {
        this.core = core;
    }

    /** The entry of a key when it is in that protection domain; null otherwise. Its place is {@link #at}. */
    private MemorySegment entry(int key, int pd) {
        int index = core.keys.index(key);
        long dmaAddr = index < 1 << HcaLimits.LOG_RSVD_MPT ? IcmMap.UNMAPPED : core.keys.entryDma(index);
        MemorySegment memory = dmaAddr == IcmMap.UNMAPPED ? null : core.bus.atForRead(dmaAddr, MptEntry.SIZE_BYTES);
        if (memory == null) {
            return null;
        }
        at = core.bus.offset(dmaAddr);
        boolean isSameIndex = (MptEntry.MEM_KEY.get(memory, at) & MemKey.INDEX_MASK) == (MemKey.toHardware(key)
                & MemKey.INDEX_MASK);
        return isSameIndex && MptEntry.PD.get(memory, at) == pd ? memory : null;
    }

    private long at; // of the entry found last

    // ---- fast registration ----

    /** Makes a free entry a region of the listed pages. */
    Status fastRegister(MemorySegment segment, int pd) {
        int key = FastRegSegment.KEY.get(segment, 0);
        MemorySegment m = entry(key, pd);
        if (m == null || MptEntry.STATUS.get(m, at) != MptEntry.STATUS_FREE || MptEntry.REGION.get(m, at) == 0
                || MptEntry.FAST_REG_ENABLE.get(m, at) == 0) {
            return Status.LOCAL_QP_OPERATION;
        }
        long entryAt = at;
        int shift = FastRegSegment.LOG_PAGE_SIZE.get(segment, 0);
        long start = FastRegSegment.START.get(segment, 0);
        long length = FastRegSegment.LENGTH.get(segment, 0);
        if (!Region.isPageShift(shift) || length < 0 || length > (long) MAX_FAST_REG_PAGES << shift) {
            return Status.LOCAL_QP_OPERATION;
        }
        int offset = FastRegSegment.FIRST_BYTE_OFFSET.get(segment, 0);
        long inFirstPage = offset == 0 ? start & (1L << shift) - 1 : offset;
        long pages = inFirstPage + length + (1L << shift) - 1 >>> shift;
        if (pages > Integer.toUnsignedLong(MptEntry.MTT_COUNT.get(m, entryAt)) || inFirstPage >= 1L << shift) {
            return Status.LOCAL_QP_OPERATION;
        }
        if (!copyPages(FastRegSegment.PAGE_LIST.get(segment, 0), (int) pages, MptEntry.MTT_ADDR.get(m, entryAt))) {
            return Status.LOCAL_PROTECTION;
        }
        MptEntry.MEM_KEY.set(m, entryAt, MemKey.toHardware(key));
        MptEntry.START.set(m, entryAt, start);
        MptEntry.LENGTH.set(m, entryAt, length);
        MptEntry.ENTITY_SIZE.set(m, entryAt, shift);
        MptEntry.FBO_ENABLE.set(m, entryAt, offset == 0 ? 0 : 1);
        MptEntry.FIRST_BYTE_OFFSET.set(m, entryAt, offset);
        int flags = MptEntry.FLAGS_WORD.get(m, entryAt) & ~ACCESS | access(segment);
        MptEntry.FLAGS_WORD.set(m, entryAt, MptEntry.STATUS.in(flags, MptEntry.STATUS_HW));
        changed(key);
        return Status.OK;
    }

    /** An entry was written: software's view and the card's cache follow. */
    private void changed(int key) {
        int index = core.keys.index(key);
        core.bus.written(core.keys.entryDma(index), MptEntry.SIZE_BYTES);
        core.keys.forget(index);
    }

    private static int access(MemorySegment segment) {
        return (FastRegSegment.LOCAL_READ.isSet(segment, 0) ? Region.LOCAL_READ : 0)
                | (FastRegSegment.LOCAL_WRITE.isSet(segment, 0) ? Region.LOCAL_WRITE : 0)
                | (FastRegSegment.REMOTE_READ.isSet(segment, 0) ? Region.REMOTE_READ : 0)
                | (FastRegSegment.REMOTE_WRITE.isSet(segment, 0) ? Region.REMOTE_WRITE : 0)
                | (FastRegSegment.REMOTE_ATOMIC.isSet(segment, 0) ? Region.REMOTE_ATOMIC : 0);
    }

    /** From a list in memory to the entry's part of the translation table. */
    private boolean copyPages(long listDmaAddr, int pages, long mttAddr) {
        for (int i = 0; i < pages; i++) {
            long page = core.bus.read64(listDmaAddr + (long) i * MttEntry.SIZE_BYTES, 0);
            if ((page & MttEntry.PRESENT) == 0 || !core.mtt.write(mttAddr + (long) i * MttEntry.SIZE_BYTES, page)) {
                return false;
            }
        }
        return true;
    }

    // ---- memory windows ----

    /** Binds a window to a part of a region, or, with length 0, to nothing. */
    Status bind(MemorySegment segment, int pd, int qpn) {
        boolean isType2 = BindSegment.TYPE_2.isSet(segment, 0);
        int newKey = BindSegment.NEW_RKEY.get(segment, 0);
        MemorySegment window = entry(newKey, pd);
        long windowAt = at;
        int wantedStatus = isType2 ? MptEntry.STATUS_FREE : MptEntry.STATUS_HW;
        if (window == null || MptEntry.REGION.get(window, windowAt) != 0
                || MptEntry.STATUS.get(window, windowAt) != wantedStatus) {
            return Status.MEMORY_WINDOW_BIND;
        }
        long length = BindSegment.LENGTH.get(segment, 0);
        int access = windowAccess(segment);
        int regionKey = BindSegment.REGION_LKEY.get(segment, 0);
        if (length != 0 && !setTarget(segment, window, windowAt, regionKey, pd, access)) {
            return Status.MEMORY_WINDOW_BIND;
        }
        release(window, windowAt, pd);
        if (length != 0) {
            countWindow(regionKey, pd, 1);
        }
        MptEntry.LKEY.set(window, windowAt, length == 0 ? 0 : regionKey);
        MptEntry.LENGTH.set(window, windowAt, length);
        MptEntry.MEM_KEY.set(window, windowAt, MemKey.toHardware(newKey));
        if (isType2) {
            MptEntry.QPN.set(window, windowAt, qpn);
        }
        int flags = MptEntry.FLAGS_WORD.get(window, windowAt) & ~ACCESS | (length == 0 ? 0 : access);
        MptEntry.FLAGS_WORD.set(window, windowAt, MptEntry.STATUS.in(flags, MptEntry.STATUS_HW));
        changed(newKey);
        return Status.OK;
    }

    private static int windowAccess(MemorySegment segment) {
        return (BindSegment.REMOTE_READ.isSet(segment, 0) ? Region.REMOTE_READ : 0)
                | (BindSegment.REMOTE_WRITE.isSet(segment, 0) ? Region.REMOTE_WRITE : 0)
                | (BindSegment.REMOTE_ATOMIC.isSet(segment, 0) ? Region.REMOTE_ATOMIC : 0);
    }

    /** Lets the window's entry translate by the region's pages; false, with nothing changed, when it must not. */
    private boolean setTarget(MemorySegment segment, MemorySegment window, long windowAt, int regionKey, int pd,
            int access) {
        MemorySegment region = entry(regionKey, pd);
        long regionAt = at;
        long address = BindSegment.ADDRESS.get(segment, 0);
        boolean mayWrite = (access & (Region.REMOTE_WRITE | Region.REMOTE_ATOMIC)) != 0;
        int needed = Region.LOCAL_READ | (mayWrite ? Region.LOCAL_WRITE : 0);
        Region checked = region == null || MptEntry.BIND_ENABLE.get(region, regionAt) == 0
                ? null
                : core.keys.find(regionKey, pd, NO_QP, false, needed, address, BindSegment.LENGTH.get(segment, 0));
        if (checked == null) {
            return false;
        }
        boolean isZeroBased = BindSegment.ZERO_BASED.isSet(segment, 0);
        boolean isPhysical = MptEntry.PHYSICAL.isSet(region, regionAt);
        if (isPhysical && isZeroBased) {
            return false; // an address that is not translated cannot begin elsewhere
        }
        int shift = MptEntry.ENTITY_SIZE.get(region, regionAt);
        MptEntry.PHYSICAL.set(window, windowAt, isPhysical ? 1 : 0);
        MptEntry.START.set(window, windowAt, isZeroBased ? 0 : address);
        MptEntry.ENTITY_SIZE.set(window, windowAt, shift);
        if (!isPhysical) {
            long linear = checked.linear(address);
            MptEntry.FBO_ENABLE.set(window, windowAt, 1);
            MptEntry.FIRST_BYTE_OFFSET.set(window, windowAt, (int) (linear & (1L << shift) - 1));
            MptEntry.MTT_ADDR.set(window, windowAt,
                    MptEntry.MTT_ADDR.get(region, regionAt) + (linear >>> shift) * MttEntry.SIZE_BYTES);
        }
        return true;
    }

    /** The region that a window was bound to has one less. */
    private void release(MemorySegment window, long windowAt, int pd) {
        if (MptEntry.LENGTH.get(window, windowAt) != 0 && MptEntry.LKEY.get(window, windowAt) != 0) {
            countWindow(MptEntry.LKEY.get(window, windowAt), pd, -1);
        }
    }

    private void countWindow(int regionKey, int pd, int change) {
        MemorySegment region = entry(regionKey, pd);
        if (region != null) {
            int count = MptEntry.WINDOW_COUNT.get(region, at) + change;
            MptEntry.WINDOW_COUNT.set(region, at, Math.max(count, 0));
            changed(regionKey);
        }
    }

    /** A window goes back to software: called before its entry does. */
    void releaseWindow(MemorySegment m, long entryAt) {
        if (MptEntry.REGION.get(m, entryAt) == 0) {
            release(m, entryAt, MptEntry.PD.get(m, entryAt));
        }
    }

    // ---- invalidation ----

    /** By a work request of the owner. */
    Status invalidate(int key, int pd) {
        return free(key, pd, NO_QP) ? Status.OK : Status.LOCAL_QP_OPERATION;
    }

    /** By a peer's SEND with invalidate, on that queue pair. */
    boolean invalidateForPeer(int key, int pd, int qpn) {
        return free(key, pd, qpn);
    }

    /** Only what a work request made can be unmade by one: fast registered regions, windows of type 2. */
    private boolean free(int key, int pd, int qpn) {
        MemorySegment m = entry(key, pd);
        if (m == null || MptEntry.STATUS.get(m, at) != MptEntry.STATUS_HW
                || MptEntry.MEM_KEY.get(m, at) != MemKey.toHardware(key)
                || MptEntry.ENABLE_INVALIDATE.get(m, at) == 0) {
            return false;
        }
        boolean isRegion = MptEntry.REGION.isSet(m, at);
        boolean isBoundToQp = MptEntry.BOUND_TO_QP.isSet(m, at);
        boolean isOthers = qpn != NO_QP && isBoundToQp && MptEntry.QPN.get(m, at) != qpn;
        if (isRegion && MptEntry.FAST_REG_ENABLE.get(m, at) == 0 || !isRegion && !isBoundToQp || isOthers
                || isRegion && MptEntry.WINDOW_COUNT.get(m, at) != 0) {
            return false;
        }
        long entryAt = at;
        if (!isRegion) {
            release(m, entryAt, pd);
            MptEntry.LENGTH.set(m, entryAt, 0);
        }
        MptEntry.STATUS.set(m, entryAt, MptEntry.STATUS_FREE);
        changed(key);
        return true;
    }
}
