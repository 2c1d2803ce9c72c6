package org.legoos.kernel.mm;

import java.util.BitSet;

/** First fit over a bitmap of what is used. */
public final class FreeRun {
    private FreeRun() {}

    /**
     * Looks from the cursor on, and then from the beginning.
     *
     * @return the first of {@code length} clear bits in a row within [begin, end), -1 when there are none
     */
    public static int find(BitSet used, int cursor, int begin, int end, int length) {
        int start = find(used, cursor, end, length);
        return start >= 0 ? start : find(used, begin, end, length);
    }

    private static int find(BitSet used, int from, int end, int length) {
        int start = used.nextClearBit(from);
        while (start + length <= end) {
            int next = used.nextSetBit(start);
            if (next < 0 || next - start >= length) {
                return start;
            }
            start = used.nextClearBit(next);
        }
        return -1;
    }
}
