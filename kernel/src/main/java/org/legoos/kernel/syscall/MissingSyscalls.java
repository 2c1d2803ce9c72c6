package org.legoos.kernel.syscall;

import java.util.BitSet;
import org.legoos.kernel.printk.LogLevel;
import org.legoos.kernel.printk.Printk;

/** Remembers the numbers that programs asked for and that are not there: one log line each, and a sum-up at exit. */
public final class MissingSyscalls {
    /** Numbers beyond this are logged as one: a program could make up 2^64 of them. */
    private static final int REMEMBERED = 1024;

    private final Printk log;
    private final BitSet seen = new BitSet(REMEMBERED + 1); // guarded by this

    public MissingSyscalls(Printk log) {
        this.log = log;
    }

    /** @return -ENOSYS */
    public long missing(long nr) {
        int slot = nr >= 0 && nr < REMEMBERED ? (int) nr : REMEMBERED;
        synchronized (this) {
            if (seen.get(slot)) {
                return -Errno.ENOSYS;
            }
            seen.set(slot);
        }
        log.log(LogLevel.NOTICE, "NOTICE: Missing syscall nr: %d", nr);
        return -Errno.ENOSYS;
    }

    /** All missing numbers so far with their names, or "" when there were none. */
    public synchronized String summary() {
        StringBuilder text = new StringBuilder();
        seen.stream().forEach(nr -> text.append(text.isEmpty() ? "" : ", ").append(nr == REMEMBERED
                ? "out of range" : nr + " (" + Signatures.nameOf(nr) + ")"));
        return text.toString();
    }
}
