package org.legoos.managers.processor.strace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Signatures;
import org.legoos.kernel.syscall.SyscallTable;

/** Counts of one process's system calls, printed as the original's table when it ends. Thread-safe. */
public final class SyscallSummary {
    private static final int SLOTS = SyscallTable.SIZE + 1; // the last one for numbers out of range

    private final long[] calls = new long[SLOTS]; // guarded by this
    private final long[] errors = new long[SLOTS]; // guarded by this
    private final long[] timeNs = new long[SLOTS]; // guarded by this

    synchronized void count(long nr, long result, long durationNs) {
        int slot = nr >= 0 && nr < SyscallTable.SIZE ? (int) nr : SyscallTable.SIZE;
        calls[slot]++;
        timeNs[slot] += durationNs;
        if (Errno.isError(result)) {
            errors[slot]++;
        }
    }

    /** The table, most time first. */
    public synchronized String table() {
        List<Integer> used = new ArrayList<>();
        long totalNs = 0;
        long totalCalls = 0;
        long totalErrors = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            if (calls[slot] != 0) {
                used.add(slot);
                totalNs += timeNs[slot];
                totalCalls += calls[slot];
                totalErrors += errors[slot];
            }
        }
        used.sort((a, b) -> timeNs[a] != timeNs[b] ? Long.compare(timeNs[b], timeNs[a]) : Integer.compare(a, b));
        String rule = "------ ----------- ----------- --------- --------- ----------------\n";
        StringBuilder text = new StringBuilder("% time     seconds  usecs/call     calls    errors syscall\n").append(rule);
        for (int slot : used) {
            text.append(row(100.0 * timeNs[slot] / Math.max(1, totalNs), timeNs[slot], calls[slot], errors[slot],
                    slot == SyscallTable.SIZE ? "(out of range)" : Signatures.nameOf(slot)));
        }
        return text.append(rule).append(row(100, totalNs, totalCalls, totalErrors, "total")).toString();
    }

    private static String row(double percent, long ns, long calls, long errors, String name) {
        return String.format(Locale.ROOT, "%6.2f %11.6f %11d %9d %9s %s%n", percent, ns / 1e9,
                ns / 1000 / Math.max(1, calls), calls, errors == 0 ? "" : Long.toString(errors), name);
    }
}
