package org.legoos.managers.processor.mm;

import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.pcache.Pcache;
import org.legoos.managers.processor.pcache.PcacheSpace;
import org.legoos.managers.rpc.Opcode;

/** What madvise(2) does to pages that are here. */
final class Advice {
    /** What a child gets of the range, among the flags of a {@link Range}. */
    static final int NOT_FORKED = 1 << 29;

    static final int WIPED_ON_FORK = 1 << 28;

    private Advice() {}

    /** madvise(2): the home checks, and drops what is to be dropped, as is done here. */
    static long give(ProcessAddressSpace owner, Pcache pcache, long addr, long lengthBytes, int advice) {
        if (!drops(advice) || !Linux.isUserRange(addr, lengthBytes)) {
            boolean isWipe = advice == Linux.MADV_WIPEONFORK && Linux.isUserRange(addr, lengthBytes);
            boolean isBad = isWipe && !owner.ranges().isPrivateAnonymous(addr, Linux.pageUp(addr + lengthBytes));
            return isBad ? -Errno.EINVAL : owner.home.onRange(Opcode.P2M_MADVISE, addr, lengthBytes, advice);
        }
        PcacheSpace space = owner.pcacheSpace();
        RangeMap ranges = owner.ranges();
        long endVa = Linux.pageUp(addr + lengthBytes);
        pcache.bar(space, addr, endVa, 0, 0);
        boolean isOnlyHere = advice == Linux.MADV_DONTNEED && ranges.isPrivateAnonymous(addr, endVa)
                && pcache.isUnknownAtHome(space, addr, endVa);
        long result = isOnlyHere ? 0 : owner.home.onRange(Opcode.P2M_MADVISE, addr, lengthBytes, advice);
        if (result == 0 || result == -Errno.ENOMEM) {
            result = drop(pcache, space, ranges, advice, addr, endVa, result);
        }
        pcache.unbar(space);
        return result;
    }

    /** The map with what advice about fork changes in it. */
    static RangeMap kept(RangeMap ranges, long addr, long lengthBytes, int advice) {
        long endVa = Linux.pageUp(addr + lengthBytes);
        return switch (advice) {
            case Linux.MADV_DONTFORK -> ranges.withFlags(addr, endVa, NOT_FORKED, 0);
            case Linux.MADV_DOFORK -> ranges.withFlags(addr, endVa, 0, NOT_FORKED);
            case Linux.MADV_WIPEONFORK -> ranges.withFlags(addr, endVa, WIPED_ON_FORK, 0);
            case Linux.MADV_KEEPONFORK -> ranges.withFlags(addr, endVa, 0, WIPED_ON_FORK);
            default -> ranges;
        };
    }

    /** A child has a copy of everything: takes from it what it is not to have. It does not run yet. */
    static void forked(ProcessAddressSpace child) {
        RangeMap ranges = child.ranges();
        for (int i = 0; i < ranges.count(); i++) {
            Range range = ranges.get(i);
            long lengthBytes = range.endVa() - range.startVa();
            if ((range.flags() & NOT_FORKED) != 0) {
                child.munmap(range.startVa(), lengthBytes);
            } else if ((range.flags() & WIPED_ON_FORK) != 0) {
                child.madvise(range.startVa(), lengthBytes, Linux.MADV_DONTNEED);
            }
        }
    }

    /** Whether pages go. */
    static boolean drops(int advice) {
        return advice == Linux.MADV_DONTNEED
                || advice == Linux.MADV_FREE
                || advice == Linux.MADV_REMOVE
                || advice == Linux.MADV_DONTNEED_LOCKED;
    }

    /**
     * Drops what the home has dropped of a barred range.
     *
     * @param resultAtHome 0 or a negative errno
     * @return the call's result
     */
    static long drop(Pcache pcache, PcacheSpace space, RangeMap ranges, int advice, long startVa, long endVa, long resultAtHome) {
        long result = resultAtHome;
        for (int i = ranges.firstEndingAfter(startVa); i < ranges.count() && ranges.get(i).startVa() < endVa; i++) {
            Range range = ranges.get(i);
            long from = Math.max(startVa, range.startVa());
            long to = Math.min(endVa, range.endVa());
            if (advice == Linux.MADV_REMOVE && range.object() != null) {
                long punched = range.object().punch(range.fileOffset() + from - range.startVa(), to - from);
                result = punched < 0 ? punched : result;
            } else if (!range.isShared() || advice == Linux.MADV_REMOVE) { // shared content belongs to all who share it
                pcache.drop(space, from, to);
            }
        }
        return result;
    }
}
