package org.legoos.kernel.drivers.mlx4;

import java.util.BitSet;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.mm.FreeRun;
import org.legoos.kernel.syscall.Errno;

/**
 * Numbers of QPs, CQs, memory keys and the like: ascending from the first one that firmware did not
 * reserve; a freed number comes back only after the cursor has gone round, as with Linux's bitmaps.
 */
final class IndexAllocator {
    private final String what;
    private final int first;
    private final int count;
    private final BitSet used = new BitSet(); // guarded by this
    private int cursor; // guarded by this

    /** Numbers [first, count). */
    IndexAllocator(String what, int first, int count) {
        this.what = what;
        this.first = first;
        this.count = count;
        cursor = first;
    }

    int allocate() {
        return allocateRun(1);
    }

    /** @return the first of {@code length} consecutive numbers */
    synchronized int allocateRun(int length) {
        int start = FreeRun.find(used, cursor, first, count, length);
        if (start < 0) {
            throw new IbException(Errno.ENOMEM, "mlx4_core: no " + what + " left of " + (count - first));
        }
        used.set(start, start + length);
        cursor = start + length;
        return start;
    }

    void free(int number) {
        freeRun(number, 1);
    }

    synchronized void freeRun(int start, int length) {
        used.clear(start, start + length);
    }
}
