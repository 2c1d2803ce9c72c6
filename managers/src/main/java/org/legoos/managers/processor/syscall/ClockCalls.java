package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.abi.TmsLayout;
import org.legoos.managers.processor.core.Usage;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.time.Clocks;

/** What time it is. */
final class ClockCalls {
    private static final long TICK_NS = 10_000_000; // USER_HZ 100

    private ClockCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("clock_gettime", (t, a, b, c, d, e, f) -> gettime(t, (int) a, b));
        table.full("clock_getres", (t, a, b, c, d, e, f) -> getres(t, (int) a, b));
        table.partial("clock_settime", "nobody may", (t, a, b, c, d, e, f) -> settime(t, (int) a, b));
        table.partial("settimeofday", "nobody may", (t, a, b, c, d, e, f) -> -Errno.EPERM);
        table.full("gettimeofday", (t, a, b, c, d, e, f) -> gettimeofday(t, a, b));
        table.full("time", (t, a, b, c, d, e, f) -> time(t, a));
        table.full("times", (t, a, b, c, d, e, f) -> times(t, a));
    }

    private static long settime(UserThread t, int clock, long va) {
        Clocks.nowNs(t, clock); // EINVAL for clocks that are not there
        byte[] ts = t.user().struct(va, 16);
        Clocks.fromTimespec(Le.getLong(ts, 0), Le.getLong(ts, 8));
        return clock == Clocks.REALTIME || clock < 0 ? -Errno.EPERM : -Errno.EINVAL; // below 0: CPU time of a process
    }

    private static long gettime(UserThread t, int clock, long va) {
        long ns = Clocks.nowNs(t, clock);
        t.user().putPair(va, Math.floorDiv(ns, Clocks.NS_PER_S), Math.floorMod(ns, Clocks.NS_PER_S));
        return 0;
    }

    private static long getres(UserThread t, int clock, long va) {
        Clocks.nowNs(t, clock);
        boolean isCoarse = clock == Clocks.REALTIME_COARSE || clock == Clocks.MONOTONIC_COARSE;
        if (va != 0) {
            t.user().putPair(va, 0, isCoarse ? TICK_NS : 1);
        }
        return 0;
    }

    private static long gettimeofday(UserThread t, long va, long zoneVa) {
        if (va != 0) {
            long micros = t.kernel().clock().wallTimeNs() / 1000;
            t.user().putPair(va, Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L));
        }
        if (zoneVa != 0) {
            t.user().putLong(zoneVa, 0);
        }
        return 0;
    }

    private static long time(UserThread t, long va) {
        long seconds = Math.floorDiv(t.kernel().clock().wallTimeNs(), Clocks.NS_PER_S);
        if (va != 0) {
            t.user().putLong(va, seconds);
        }
        return seconds;
    }

    private static long times(UserThread t, long va) {
        if (va != 0) {
            long system = t.process().systemNs();
            byte[] to = t.user().zeroed(TmsLayout.SIZE);
            Le.putLong(to, TmsLayout.UTIME, (t.process().cpuNs() - system) / TICK_NS);
            Le.putLong(to, TmsLayout.STIME, system / TICK_NS);
            Usage ofChildren = t.process().usageOfChildren();
            Le.putLong(to, TmsLayout.CUTIME, ofChildren.userNs() / TICK_NS);
            Le.putLong(to, TmsLayout.CSTIME, ofChildren.systemNs / TICK_NS);
            t.user().putStruct(va, TmsLayout.SIZE);
        }
        return (t.nowNs() - t.process().manager().bootNs()) / TICK_NS;
    }
}
