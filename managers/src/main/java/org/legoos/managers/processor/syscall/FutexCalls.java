package org.legoos.managers.processor.syscall;

import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.time.Clocks;

/**
 * futex(2) of a process with one thread: a wake finds nobody, a wait whose word is as expected can only end
 * by signal or time-out. Threads bring the hash table of waiters.
 */
final class FutexCalls {
    private static final int WAIT = 0;
    private static final int WAKE = 1;
    private static final int REQUEUE = 3;
    private static final int CMP_REQUEUE = 4;
    private static final int WAKE_OP = 5;
    private static final int WAIT_BITSET = 9;
    private static final int WAKE_BITSET = 10;
    private static final int CLOCK_REALTIME = 256;
    private static final int COMMAND = 0x7f;

    private FutexCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.partial("futex", "one thread: nobody to wake; no PI", (t, a, b, c, d, e, f) -> futex(t, a, (int) b, (int) c, d, (int) f));
    }

    private static long futex(UserThread t, long va, int operation, int value, long timeoutVa, int value3) {
        int command = operation & COMMAND;
        boolean isWaiting = command == WAIT || command == WAIT_BITSET;
        if (command != REQUEUE && command != CMP_REQUEUE && command != WAKE_OP && command != WAKE
                && command != WAKE_BITSET && !isWaiting) {
            return -Errno.ENOSYS;
        }
        if ((va & 3) != 0 || (command == WAIT_BITSET || command == WAKE_BITSET) && value3 == 0) {
            return -Errno.EINVAL;
        }
        if (isWaiting) {
            return await(t, va, operation, value, timeoutVa);
        }
        int word = t.user().getInt(va);
        return command == CMP_REQUEUE && word != value3 ? -Errno.EAGAIN : 0;
    }

    private static long await(UserThread t, long va, int operation, int value, long timeoutVa) {
        long deadlineNs = WaitQueue.FOREVER;
        if (timeoutVa != 0) {
            byte[] ts = t.user().struct(timeoutVa, 16);
            long ns = Clocks.fromTimespec(Le.getLong(ts, 0), Le.getLong(ts, 8));
            int clock = (operation & CLOCK_REALTIME) != 0 ? Clocks.REALTIME : Clocks.MONOTONIC;
            deadlineNs = (operation & COMMAND) == WAIT ? Clocks.saturatedAdd(t.nowNs(), ns) : Clocks.toNodeNs(t, clock, ns);
        }
        if (t.user().getInt(va) != value) {
            return -Errno.EAGAIN;
        }
        while (true) {
            t.prepareSleep();
            if (t.isInterrupted()) {
                return timeoutVa == 0 ? -Errno.ERESTARTSYS : -Errno.EINTR;
            }
            if (!t.sleep(deadlineNs)) {
                return -Errno.ETIMEDOUT;
            }
        }
    }
}
