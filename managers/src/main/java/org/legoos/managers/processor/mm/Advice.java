package org.legoos.managers.processor.mm;

import org.legoos.managers.processor.pcache.Pcache;
import org.legoos.managers.processor.pcache.PcacheSpace;

/** What madvise(2) does to pages that are here. */
final class Advice {
    private Advice() {}

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
