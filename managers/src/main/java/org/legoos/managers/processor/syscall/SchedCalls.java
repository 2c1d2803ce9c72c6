package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.UserThread;

/** The scheduler as programs see it: one policy, all CPUs. */
final class SchedCalls {
    private static final int SCHED_RR = 2;
    private static final int SCHED_FIFO = 1;
    private static final int SCHED_DEADLINE = 6;

    private SchedCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("sched_yield", (t, a, b, c, d, e, f) -> yieldCore());
        table.full("sched_getaffinity", (t, a, b, c, d, e, f) -> getaffinity(t, (int) a, b, c));
        table.partial("sched_setaffinity", "checked, means nothing", (t, a, b, c, d, e, f) -> setaffinity(t, (int) a, b, c));
        table.partial("getcpu", "always CPU 0, node 0", (t, a, b, c, d, e, f) -> getcpu(t, a, b));
        table.partial("sched_getscheduler", "SCHED_OTHER", (t, a, b, c, d, e, f) -> isThere(t, (int) a) ? 0 : error((int) a));
        table.partial("sched_setscheduler", "SCHED_OTHER, BATCH, IDLE; means nothing",
                (t, a, b, c, d, e, f) -> setscheduler(t, (int) a, (int) b, c));
        table.partial("sched_getparam", "priority 0", (t, a, b, c, d, e, f) -> getparam(t, (int) a, b));
        table.partial("sched_setparam", "priority 0", (t, a, b, c, d, e, f) -> setparam(t, (int) a, b));
        table.full("sched_get_priority_max", (t, a, b, c, d, e, f) -> range((int) a, 99));
        table.full("sched_get_priority_min", (t, a, b, c, d, e, f) -> range((int) a, 1));
        table.partial("sched_rr_get_interval", "0", (t, a, b, c, d, e, f) -> interval(t, (int) a, b));
        table.partial("membarrier", "MEMBARRIER_CMD_QUERY says none", (t, a, b, c, d, e, f) -> a == 0 ? 0 : -Errno.EINVAL);
    }

    private static long yieldCore() {
        Thread.yield();
        return 0;
    }

    private static boolean isThere(UserThread t, int pid) {
        return pid == 0 || pid == t.tid() || pid > 0 && t.process().manager().find(pid) != null;
    }

    private static long error(int pid) {
        return pid < 0 ? -Errno.EINVAL : -Errno.ESRCH;
    }

    private static long getaffinity(UserThread t, int pid, long size, long va) {
        if (size < 8 || (size & 7) != 0) {
            return -Errno.EINVAL;
        }
        if (!isThere(t, pid)) {
            return -Errno.ESRCH;
        }
        int cpus = t.process().manager().cpuCount();
        t.user().putLong(va, cpus >= Long.SIZE ? -1L : (1L << cpus) - 1);
        return 8;
    }

    private static long setaffinity(UserThread t, int pid, long size, long va) {
        if (!isThere(t, pid)) {
            return -Errno.ESRCH;
        }
        byte[] mask = t.user().zeroed(8);
        int length = (int) Math.max(0, Math.min(8, size & 0xffffffffL));
        t.user().read(va, mask, length);
        int cpus = t.process().manager().cpuCount();
        long all = cpus >= Long.SIZE ? -1L : (1L << cpus) - 1;
        return (Le.getLong(mask, 0) & all) == 0 ? -Errno.EINVAL : 0;
    }

    private static long getcpu(UserThread t, long cpuVa, long nodeVa) {
        if (cpuVa != 0) {
            t.user().putInt(cpuVa, 0);
        }
        if (nodeVa != 0) {
            t.user().putInt(nodeVa, 0);
        }
        return 0;
    }

    private static long setscheduler(UserThread t, int pid, int policy, long paramVa) {
        if (pid < 0 || paramVa == 0 || policy < 0) {
            return -Errno.EINVAL;
        }
        int priority = t.user().getInt(paramVa);
        if (!isThere(t, pid)) {
            return -Errno.ESRCH;
        }
        boolean isNormal = policy == 0 || policy == 3 || policy == 5;
        if (policy == SCHED_FIFO || policy == SCHED_RR) {
            return priority < 1 || priority > 99 ? -Errno.EINVAL : -Errno.EPERM;
        }
        return isNormal && priority == 0 ? 0 : -Errno.EINVAL;
    }

    private static long getparam(UserThread t, int pid, long va) {
        if (pid < 0 || va == 0) {
            return -Errno.EINVAL;
        }
        if (!isThere(t, pid)) {
            return -Errno.ESRCH;
        }
        t.user().putInt(va, 0);
        return 0;
    }

    private static long setparam(UserThread t, int pid, long va) {
        if (pid < 0 || va == 0) {
            return -Errno.EINVAL;
        }
        if (!isThere(t, pid)) {
            return -Errno.ESRCH;
        }
        return t.user().getInt(va) == 0 ? 0 : -Errno.EINVAL;
    }

    private static long range(int policy, long realTime) {
        if (policy == SCHED_FIFO || policy == SCHED_RR) {
            return realTime;
        }
        return policy < 0 || policy > SCHED_DEADLINE || policy == 4 ? -Errno.EINVAL : 0;
    }

    private static long interval(UserThread t, int pid, long va) {
        if (!isThere(t, pid)) {
            return error(pid);
        }
        t.user().putPair(va, 0, 0);
        return 0;
    }
}
