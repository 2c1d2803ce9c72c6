package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.Scheduling;
import org.legoos.managers.processor.core.UserThread;

/** The scheduler as programs see it (kernel/sched/syscalls.c): what they do is in kernel.sched. */
final class SchedCalls {
    private static final int MASK_BYTES = 8;
    /** sched_rr_get_interval(2) of SCHED_RR: 100 ms. */
    private static final long RR_INTERVAL_NS = 100_000_000;
    private static final long NORMAL_INTERVAL_NS = 4_000_000;

    /** struct sched_attr, SCHED_ATTR_SIZE_VER0. */
    private static final int ATTR_BYTES = 48;
    private static final int ATTR_SIZE = 0;
    private static final int ATTR_POLICY = 4;
    private static final int ATTR_FLAGS = 8;
    private static final int ATTR_NICE = 16;
    private static final int ATTR_PRIORITY = 20;
    private static final int ATTR_BYTES_MAX = 4096;
    private static final int SCHED_FLAG_RESET_ON_FORK = 1;
    private static final int NICE_MIN = -20;
    private static final int NICE_MAX = 19;

    private SchedCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("sched_yield", (t, a, b, c, d, e, f) -> yieldCore(t));
        table.full("sched_getaffinity", (t, a, b, c, d, e, f) -> getaffinity(t, (int) a, b, c));
        table.full("sched_setaffinity", (t, a, b, c, d, e, f) ->
                setaffinity(t, (int) a, b, c));
        table.full("getcpu", (t, a, b, c, d, e, f) -> getcpu(t, a, b));
        table.full("sched_getscheduler", (t, a, b, c, d, e, f) -> getscheduler(t, (int) a));
        table.full("sched_setscheduler", (t, a, b, c, d, e, f) -> setscheduler(t, (int) a, (int) b, c));
        table.full("sched_getparam", (t, a, b, c, d, e, f) -> getparam(t, (int) a, b));
        table.full("sched_setparam", (t, a, b, c, d, e, f) -> setparam(t, (int) a, b));
        table.partial("sched_setattr", "no SCHED_DEADLINE", (t, a, b, c, d, e, f) -> setattr(t, (int) a, b, (int) c));
        table.full("sched_getattr", (t, a, b, c, d, e, f) -> getattr(t, (int) a, b, (int) c, (int) d));
        table.full("sched_get_priority_max", (t, a, b, c, d, e, f) -> range((int) a, Scheduling.RT_PRIORITY_MAX));
        table.full("sched_get_priority_min", (t, a, b, c, d, e, f) -> range((int) a, Scheduling.RT_PRIORITY_MIN));
        table.full("sched_rr_get_interval", (t, a, b, c, d, e, f) -> interval(t, (int) a, b));
    }

    private static long yieldCore(UserThread t) {
        if (!t.cpu().yield()) {
            Thread.yield();
        }
        return 0;
    }

    private static UserThread find(UserThread t, int tid) {
        if (tid < 0) {
            throw SysError.of(Errno.EINVAL);
        }
        UserThread found = tid == 0 ? t : t.process().manager().findThread(tid);
        if (found == null) {
            throw SysError.of(Errno.ESRCH);
        }
        return found;
    }

    private static void requireRight(UserThread t, UserThread target) {
        Credentials me = t.process().credentials();
        Credentials it = target.process().credentials();
        if (!me.has(Capability.CAP_SYS_NICE) && me.euid != it.euid && me.euid != it.uid) {
            throw SysError.of(Errno.EPERM);
        }
    }

    private static long allCpus(UserThread t) {
        int cpus = t.process().manager().cpuCount();
        return cpus >= Long.SIZE ? -1L : (1L << cpus) - 1;
    }

    private static long getaffinity(UserThread t, int tid, long size, long va) {
        long bytes = size & 0xffffffffL;
        if (bytes * Byte.SIZE < t.process().manager().cpuCount() || (bytes & MASK_BYTES - 1) != 0) {
            return -Errno.EINVAL;
        }
        UserThread target = tid < 0 ? null : find(t, tid);
        if (target == null) {
            return -Errno.ESRCH;
        }
        t.user().putLong(va, target.scheduling().affinity() & allCpus(t));
        return MASK_BYTES;
    }

    private static long setaffinity(UserThread t, int tid, long size, long va) {
        byte[] mask = t.user().zeroed(MASK_BYTES);
        t.user().read(va, mask, (int) Math.min(MASK_BYTES, size & 0xffffffffL));
        long cpus = Le.getLong(mask, 0);
        UserThread target = tid < 0 ? null : find(t, tid);
        if (target == null) {
            return -Errno.ESRCH;
        }
        requireRight(t, target);
        if ((cpus & allCpus(t)) == 0) {
            return -Errno.EINVAL;
        }
        target.scheduling().setAffinity(cpus);
        return 0;
    }

    private static long getcpu(UserThread t, long cpuVa, long nodeVa) {
        int cpu = t.cpu().group().processor();
        if (cpuVa != 0) {
            t.user().putInt(cpuVa, cpu >= 0 ? cpu : Long.numberOfTrailingZeros(t.scheduling().affinity() & allCpus(t)));
        }
        if (nodeVa != 0) {
            t.user().putInt(nodeVa, 0);
        }
        return 0;
    }

    private static long getscheduler(UserThread t, int tid) {
        Scheduling it = find(t, tid).scheduling();
        return it.policy() | (it.isResetOnFork() ? Scheduling.SCHED_RESET_ON_FORK : 0);
    }

    private static long setscheduler(UserThread t, int tid, int policy, long paramVa) {
        if (tid < 0 || paramVa == 0 || policy < 0) {
            return -Errno.EINVAL;
        }
        int priority = t.user().getInt(paramVa);
        boolean isReset = (policy & Scheduling.SCHED_RESET_ON_FORK) != 0;
        return set(t, find(t, tid), policy & ~Scheduling.SCHED_RESET_ON_FORK, priority, isReset);
    }

    private static long set(UserThread t, UserThread target, int policy, int priority, boolean isReset) {
        boolean isRealTime = policy == Scheduling.SCHED_FIFO || policy == Scheduling.SCHED_RR;
        boolean isNormal = policy == Scheduling.SCHED_OTHER || policy == Scheduling.SCHED_BATCH || policy == Scheduling.SCHED_IDLE;
        boolean isGood = isRealTime ? priority >= Scheduling.RT_PRIORITY_MIN && priority <= Scheduling.RT_PRIORITY_MAX
                : isNormal && priority == 0;
        if (!isGood) {
            return -Errno.EINVAL;
        }
        requireRight(t, target);
        long limit = target.process().rlimits().soft(Rlimits.RTPRIO);
        boolean isRaise = isRealTime && Long.compareUnsigned(priority, limit) > 0;
        boolean undoesReset = target.scheduling().isResetOnFork() && !isReset;
        if ((isRaise || undoesReset) && !t.process().credentials().has(Capability.CAP_SYS_NICE)) {
            return -Errno.EPERM;
        }
        target.scheduling().set(policy, priority, isReset);
        return 0;
    }

    private static long getparam(UserThread t, int tid, long va) {
        if (tid < 0 || va == 0) {
            return -Errno.EINVAL;
        }
        t.user().putInt(va, find(t, tid).scheduling().priority());
        return 0;
    }

    private static long setparam(UserThread t, int tid, long va) {
        if (tid < 0 || va == 0) {
            return -Errno.EINVAL;
        }
        int priority = t.user().getInt(va);
        UserThread target = find(t, tid);
        Scheduling now = target.scheduling();
        return set(t, target, now.policy(), priority, now.isResetOnFork());
    }

    private static long setattr(UserThread t, int tid, long va, int flags) {
        if (tid < 0 || va == 0 || flags != 0) {
            return -Errno.EINVAL;
        }
        int size = t.user().getInt(va);
        int known = size == 0 ? ATTR_BYTES : size;
        if (known < ATTR_BYTES || known > ATTR_BYTES_MAX) {
            t.user().putInt(va, ATTR_BYTES);
            return -Errno.E2BIG;
        }
        byte[] attr = t.user().struct(va, ATTR_BYTES);
        int policy = Le.getInt(attr, ATTR_POLICY);
        int nice = Le.getInt(attr, ATTR_NICE);
        long itsFlags = Le.getLong(attr, ATTR_FLAGS);
        if (policy < 0 || (itsFlags & ~SCHED_FLAG_RESET_ON_FORK) != 0 || nice < NICE_MIN || nice > NICE_MAX) {
            return -Errno.EINVAL;
        }
        UserThread target = find(t, tid);
        boolean isNice = policy == Scheduling.SCHED_OTHER || policy == Scheduling.SCHED_BATCH;
        if (isNice && !PriorityCalls.mayLower(t, target, nice)) {
            return -Errno.EPERM;
        }
        long result = set(t, target, policy, Le.getInt(attr, ATTR_PRIORITY), itsFlags != 0);
        if (result == 0 && isNice) {
            target.scheduling().setNice(nice);
        }
        return result;
    }

    private static long getattr(UserThread t, int tid, long va, int size, int flags) {
        if (tid < 0 || va == 0 || flags != 0 || size < ATTR_BYTES || size > ATTR_BYTES_MAX) {
            return -Errno.EINVAL;
        }
        Scheduling it = find(t, tid).scheduling();
        byte[] attr = t.user().zeroed(ATTR_BYTES);
        Le.putInt(attr, ATTR_SIZE, ATTR_BYTES);
        Le.putInt(attr, ATTR_POLICY, it.policy());
        Le.putInt(attr, ATTR_NICE, it.isRealTime() ? 0 : it.nice());
        Le.putLong(attr, ATTR_FLAGS, it.isResetOnFork() ? SCHED_FLAG_RESET_ON_FORK : 0);
        Le.putInt(attr, ATTR_PRIORITY, it.priority());
        t.user().putStruct(va, ATTR_BYTES);
        return 0;
    }

    private static long range(int policy, long realTime) {
        if (policy == Scheduling.SCHED_FIFO || policy == Scheduling.SCHED_RR) {
            return realTime;
        }
        boolean isOther = policy == Scheduling.SCHED_OTHER || policy == Scheduling.SCHED_BATCH
                || policy == Scheduling.SCHED_IDLE || policy == Scheduling.SCHED_DEADLINE;
        return isOther ? 0 : -Errno.EINVAL;
    }

    private static long interval(UserThread t, int tid, long va) {
        int policy = find(t, tid).scheduling().policy();
        long ns = policy == Scheduling.SCHED_RR ? RR_INTERVAL_NS : policy == Scheduling.SCHED_FIFO ? 0 : NORMAL_INTERVAL_NS;
        t.user().putPair(va, 0, ns);
        return 0;
    }
}
