package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.RestartBlock;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.time.Clocks;

/** nanosleep(2), clock_nanosleep(2) and how they go on after a stop. */
final class SleepCalls {
    private static final int TIMER_ABSTIME = 1;

    private SleepCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("nanosleep", (t, a, b, c, d, e, f) -> relative(t, Clocks.MONOTONIC, a, b));
        table.full("clock_nanosleep", (t, a, b, c, d, e, f) -> clockNanosleep(t, (int) a, (int) b, c, d));
        table.full("restart_syscall", (t, a, b, c, d, e, f) -> restart(t));
    }

    private static long clockNanosleep(UserThread t, int clock, int flags, long requestVa, long remainVa) {
        Clocks.nowNs(t, clock); // EINVAL for clocks that are not there
        if (!Clocks.canSleep(clock)) {
            return -Errno.EOPNOTSUPP;
        }
        if (clock == Clocks.REALTIME_COARSE || clock == Clocks.MONOTONIC_COARSE || clock == Clocks.MONOTONIC_RAW) {
            return -Errno.EOPNOTSUPP; // clocks to read only
        }
        if ((flags & TIMER_ABSTIME) == 0) {
            return relative(t, clock, requestVa, remainVa);
        }
        byte[] ts = t.user().struct(requestVa, 16);
        long wantedNs = Clocks.fromTimespec(Le.getLong(ts, 0), Le.getLong(ts, 8));
        return sleep(t, Clocks.toNodeNs(t, clock, wantedNs)) ? 0 : -Errno.ERESTARTNOHAND;
    }

    private static long relative(UserThread t, int clock, long requestVa, long remainVa) {
        byte[] ts = t.user().struct(requestVa, 16);
        long lengthNs = Clocks.fromTimespec(Le.getLong(ts, 0), Le.getLong(ts, 8));
        return until(t, Clocks.saturatedAdd(t.nowNs(), lengthNs), remainVa);
    }

    private static long until(UserThread t, long deadlineNs, long remainVa) {
        if (sleep(t, deadlineNs)) {
            return 0;
        }
        if (remainVa != 0) {
            long leftNs = Math.max(0, deadlineNs - t.nowNs());
            t.user().putPair(remainVa, leftNs / Clocks.NS_PER_S, leftNs % Clocks.NS_PER_S);
        }
        t.restart.deadlineNs = deadlineNs;
        t.restart.argVa = remainVa;
        t.restart.set(CONTINUE);
        return -Errno.ERESTART_RESTARTBLOCK;
    }

    private static final RestartBlock.Continuation CONTINUE = t -> until(t, t.restart.deadlineNs, t.restart.argVa);

    private static long restart(UserThread t) {
        RestartBlock.Continuation next = t.restart.take();
        return next == null ? -Errno.EINTR : next.go(t);
    }

    /** @return false when interrupted before the deadline */
    private static boolean sleep(UserThread t, long deadlineNs) {
        while (true) {
            t.prepareSleep();
            if (t.nowNs() >= deadlineNs) {
                return true;
            }
            if (t.isInterrupted()) {
                return false;
            }
            t.sleep(deadlineNs);
        }
    }
}
