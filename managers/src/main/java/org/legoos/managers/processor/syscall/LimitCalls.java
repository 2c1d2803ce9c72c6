package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.kernel.syscall.abi.SysinfoLayout;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.Usage;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.time.Clocks;

/** Limits and usage: prlimit64, getrusage, sysinfo, priorities. */
final class LimitCalls {
    private static final int RUSAGE_SELF = 0;
    private static final int RUSAGE_CHILDREN = -1;
    private static final int RUSAGE_THREAD = 1;

    private LimitCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        String bound = "AS, CPU, DATA, FSIZE, MEMLOCK, MSGQUEUE, NICE, NOFILE, NPROC, RTPRIO, SIGPENDING and STACK (at execve) bind; the others are kept";
        table.partial("getrlimit", bound, (t, a, b, c, d, e, f) -> prlimit(t, 0, (int) a, 0, b, true));
        table.partial("setrlimit", bound, (t, a, b, c, d, e, f) -> prlimit(t, 0, (int) a, b, 0, false));
        table.partial("prlimit64", bound, (t, a, b, c, d, e, f) -> prlimit(t, (int) a, (int) b, c, d, false));
        table.full("getrusage", (t, a, b, c, d, e, f) -> getrusage(t, (int) a, b));
        table.full("sysinfo", (t, a, b, c, d, e, f) -> sysinfo(t, a));
    }

    private static long prlimit(UserThread t, int pid, int resource, long newVa, long oldVa, boolean isOldRequired) {
        if (resource < 0 || resource >= Rlimits.COUNT) {
            return -Errno.EINVAL;
        }
        Process process = pid == 0 ? t.process() : t.process().manager().find(pid);
        if (process == null) {
            return -Errno.ESRCH;
        }
        Rlimits limits = process.rlimits();
        long oldSoft = limits.soft(resource);
        long oldHard = limits.hard(resource);
        if (newVa != 0) {
            byte[] from = t.user().struct(newVa, 16);
            long soft = Le.getLong(from, 0);
            long hard = Le.getLong(from, 8);
            if (Long.compareUnsigned(soft, hard) > 0) {
                return -Errno.EINVAL;
            }
            boolean isTooMany = resource == Rlimits.NOFILE && Long.compareUnsigned(hard, Rlimits.NOFILE_MAX) > 0;
            boolean isRaised = Long.compareUnsigned(hard, oldHard) > 0;
            if (isTooMany || isRaised && !t.process().credentials().has(Capability.CAP_SYS_RESOURCE)) {
                return -Errno.EPERM;
            }
            limits.set(resource, soft, hard);
            if (resource == Rlimits.CPU || resource == Rlimits.RTTIME) {
                process.cpuLimitChanged();
            }
        }
        if (oldVa != 0 || isOldRequired) {
            t.user().putPair(oldVa, oldSoft, oldHard);
        }
        return 0;
    }

    private static long getrusage(UserThread t, int who, long va) {
        Usage usage;
        switch (who) {
            case RUSAGE_SELF -> usage = t.process().usage();
            case RUSAGE_THREAD -> {
                usage = t.process().usage();
                usage.cpuNs = t.cpuNs();
                usage.systemNs = t.systemNs();
                usage.voluntary = t.sleeps();
                usage.involuntary = t.cpu().preemptions();
            }
            case RUSAGE_CHILDREN -> usage = t.process().usageOfChildren();
            default -> {
                return -Errno.EINVAL;
            }
        }
        Rusages.put(t, va, usage);
        return 0;
    }

    private static long sysinfo(UserThread t, long va) {
        byte[] to = t.user().zeroed(SysinfoLayout.SIZE);
        Le.putLong(to, SysinfoLayout.UPTIME, (t.nowNs() - t.process().manager().bootNs()) / Clocks.NS_PER_S);
        Le.putLong(to, SysinfoLayout.TOTALRAM, t.kernel().memory().sizeBytes());
        Le.putLong(to, SysinfoLayout.FREERAM, t.kernel().frames().freeBytes());
        Le.putShort(to, SysinfoLayout.PROCS, t.process().manager().processes().size());
        Le.putInt(to, SysinfoLayout.MEM_UNIT, 1);
        t.user().putStruct(va, SysinfoLayout.SIZE);
        return 0;
    }
}
