package org.legoos.managers.processor.syscall;

import java.util.ArrayList;
import java.util.List;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.Scheduling;
import org.legoos.managers.processor.core.UserThread;

/** getpriority(2) and setpriority(2) (kernel/sys.c): what nice values do is in kernel.sched.Share. */
final class PriorityCalls {
    private static final int PRIO_PROCESS = 0;
    private static final int PRIO_PGRP = 1;
    private static final int PRIO_USER = 2;
    /** What the system call returns instead of a nice value, which may be negative. */
    private static final int KERNEL_ZERO = 20;

    private PriorityCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("getpriority", (t, a, b, c, d, e, f) -> get(t, (int) a, (int) b));
        table.full("setpriority",
                (t, a, b, c, d, e, f) -> set(t, (int) a, (int) b, (int) c));
    }

    /** The threads that which and who (0: the caller's own) name. */
    static List<UserThread> threads(UserThread t, int which, int who) {
        List<UserThread> found = new ArrayList<>();
        if (which == PRIO_PROCESS) {
            UserThread thread = who == 0 ? t : t.process().manager().findThread(who);
            if (thread != null) {
                found.add(thread);
            }
            return found;
        }
        int group = who == 0 ? t.process().groupId() : who;
        int user = who == 0 ? t.process().credentials().uid : who;
        for (Process process : t.process().manager().processes().values()) {
            if (which == PRIO_PGRP ? process.groupId() == group : process.credentials().uid == user) {
                found.addAll(process.threads());
            }
        }
        return found;
    }

    private static long get(UserThread t, int which, int who) {
        if (which < PRIO_PROCESS || which > PRIO_USER) {
            return -Errno.EINVAL;
        }
        long best = -Errno.ESRCH;
        for (UserThread thread : threads(t, which, who)) {
            best = Math.max(best, KERNEL_ZERO - thread.scheduling().nice());
        }
        return best;
    }

    /** Whether the caller may give the thread this value: to go below the present one needs a right or RLIMIT_NICE. */
    static boolean mayLower(UserThread t, UserThread thread, int nice) {
        return nice >= thread.scheduling().nice() || t.process().credentials().has(Capability.CAP_SYS_NICE)
                || KERNEL_ZERO - nice <= thread.process().rlimits().soft(Rlimits.NICE);
    }

    private static long set(UserThread t, int which, int who, int wanted) {
        if (which < PRIO_PROCESS || which > PRIO_USER) {
            return -Errno.EINVAL;
        }
        int nice = Math.clamp(wanted, Scheduling.NICE_MIN, Scheduling.NICE_MAX);
        Credentials me = t.process().credentials();
        long result = -Errno.ESRCH;
        for (UserThread thread : threads(t, which, who)) {
            Credentials it = thread.process().credentials();
            if (!me.has(Capability.CAP_SYS_NICE) && it.uid != me.euid && it.euid != me.euid) {
                result = -Errno.EPERM;
            } else if (!mayLower(t, thread, nice)) {
                result = -Errno.EACCES;
            } else {
                thread.scheduling().setNice(nice);
                result = result == -Errno.ESRCH ? 0 : result;
            }
        }
        return result;
    }
}
