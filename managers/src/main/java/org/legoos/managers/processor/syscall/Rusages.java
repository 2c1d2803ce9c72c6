package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.abi.RusageLayout;
import org.legoos.managers.processor.core.Usage;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.time.Clocks;

/** struct rusage as getrusage(2), wait4(2) and waitid(2) write it. */
final class Rusages {
    private Rusages() {}

    static void put(UserThread t, long va, Usage usage) {
        byte[] to = t.user().zeroed(RusageLayout.SIZE);
        time(to, RusageLayout.UTIME, usage.userNs());
        time(to, RusageLayout.STIME, usage.systemNs);
        Le.putLong(to, RusageLayout.MAXRSS, usage.maxResidentBytes >> 10);
        Le.putLong(to, RusageLayout.MINFLT, usage.minorFaults);
        Le.putLong(to, RusageLayout.MAJFLT, usage.majorFaults);
        Le.putLong(to, RusageLayout.NVCSW, usage.voluntary);
        Le.putLong(to, RusageLayout.NIVCSW, usage.involuntary);
        t.user().putStruct(va, RusageLayout.SIZE);
    }

    private static void time(byte[] to, int at, long ns) {
        Le.putLong(to, at, ns / Clocks.NS_PER_S);
        Le.putLong(to, at + 8, ns % Clocks.NS_PER_S / 1000);
    }
}
