package org.legoos.managers.processor.time;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.UserThread;

/** The clocks of clock_gettime(2). Monotonic time counts from the node's boot. */
public final class Clocks {
    public static final int REALTIME = 0;
    public static final int MONOTONIC = 1;
    public static final int PROCESS_CPUTIME = 2;
    public static final int THREAD_CPUTIME = 3;
    public static final int MONOTONIC_RAW = 4;
    public static final int REALTIME_COARSE = 5;
    public static final int MONOTONIC_COARSE = 6;
    public static final int BOOTTIME = 7;
    public static final int REALTIME_ALARM = 8;
    public static final int BOOTTIME_ALARM = 9;
    public static final int TAI = 11;

    public static final long NS_PER_S = 1_000_000_000L;

    private Clocks() {}

    /** The time of a clock, or EINVAL. */
    public static long nowNs(UserThread t, int clock) {
        if (clock < 0) {
            return cpuClock(t, clock);
        }
        return switch (clock) {
            case REALTIME, REALTIME_COARSE, TAI -> t.kernel().clock().wallTimeNs();
            case MONOTONIC, MONOTONIC_RAW, MONOTONIC_COARSE, BOOTTIME -> t.nowNs() - t.process().manager().bootNs();
            case PROCESS_CPUTIME -> t.process().cpuNs();
            case THREAD_CPUTIME -> t.cpuNs();
            default -> throw SysError.of(Errno.EINVAL);
        };
    }

    /** clock_getcpuclockid and pthread_getcpuclockid: {@code ~pid << 3 | kind}, bit 2 for a thread. */
    private static long cpuClock(UserThread t, int clock) {
        int id = ~(clock >> 3);
        boolean isThread = (clock & 4) != 0;
        if ((clock & 3) > 2) {
            throw SysError.of(Errno.EINVAL);
        }
        if (id == 0) {
            return isThread ? t.cpuNs() : t.process().cpuNs();
        }
        if (!isThread && id == t.process().pid()) {
            return t.process().cpuNs();
        }
        for (UserThread thread : t.process().threads()) {
            if (isThread && thread.tid() == id) {
                return thread.cpuNs();
            }
        }
        throw SysError.of(Errno.EINVAL);
    }

    /** Can a thread sleep by it? By clocks that are coarse or not steered one only tells the time, and no thread wakes by its own work. */
    public static boolean canSleep(int clock) {
        return clock != MONOTONIC_RAW && clock != REALTIME_COARSE && clock != MONOTONIC_COARSE && clock != THREAD_CPUTIME;
    }

    public static boolean isCpuClock(int clock) {
        return clock < 0 || clock == PROCESS_CPUTIME || clock == THREAD_CPUTIME;
    }

    /** When a clock will show {@code ns}, on the node's clock; clocks of CPU time are taken as wall time from now. */
    public static long toNodeNs(UserThread t, int clock, long ns) {
        long differenceNs = ns - nowNs(t, clock);
        return saturatedAdd(t.nowNs(), Math.max(0, differenceNs));
    }

    public static long saturatedAdd(long a, long b) {
        long sum = a + b;
        return sum < 0 && a >= 0 && b >= 0 ? Long.MAX_VALUE : sum;
    }

    /** Nanoseconds of a timespec that the program gave, or EINVAL. Too far away is "for ever". */
    public static long fromTimespec(long seconds, long nanos) {
        if (seconds < 0 || nanos < 0 || nanos >= NS_PER_S) {
            throw SysError.of(Errno.EINVAL);
        }
        return seconds > Long.MAX_VALUE / NS_PER_S - 1 ? Long.MAX_VALUE : seconds * NS_PER_S + nanos;
    }
}
