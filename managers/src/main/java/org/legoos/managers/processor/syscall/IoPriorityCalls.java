package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.processor.core.Scheduling;
import org.legoos.managers.processor.core.UserThread;

/** ioprio_get(2) and ioprio_set(2) (block/ioprio.c): kept for each thread, and inherited. */
final class IoPriorityCalls {
    private static final int IOPRIO_WHO_PROCESS = 1;
    private static final int IOPRIO_WHO_USER = 3;
    private static final int CLASS_SHIFT = 13;
    private static final int LEVEL_MASK = 7; // hints follow it
    private static final int CLASS_NONE = 0;
    private static final int CLASS_RT = 1;
    private static final int CLASS_BE = 2;
    private static final int CLASS_IDLE = 3;
    /** A nice value's level: (nice + 20) / 5. */
    private static final int NICE_STEP = 5;

    private IoPriorityCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.partial("ioprio_get", "what was set: there are no queues of a disk", (t, a, b, c, d, e, f) -> get(t, (int) a, (int) b));
        table.partial("ioprio_set", "kept: there are no queues of a disk", (t, a, b, c, d, e, f) -> set(t, (int) a, (int) b, (int) c));
    }

    private static boolean isWhich(int which) {
        return which >= IOPRIO_WHO_PROCESS && which <= IOPRIO_WHO_USER;
    }

    /** The best of all that are named; who has none set counts with what its nice value means, but for a single thread. */
    private static long get(UserThread t, int which, int who) {
        if (!isWhich(which)) {
            return -Errno.EINVAL;
        }
        long best = -Errno.ESRCH;
        for (UserThread thread : PriorityCalls.threads(t, which - IOPRIO_WHO_PROCESS, who)) {
            Scheduling it = thread.scheduling();
            boolean isNone = it.ioPriority() >>> CLASS_SHIFT == CLASS_NONE && which != IOPRIO_WHO_PROCESS;
            int mine = isNone ? ofNice(it) : it.ioPriority();
            best = best < 0 ? mine : Math.min(best, mine);
        }
        return best;
    }

    private static int ofNice(Scheduling it) {
        int ioClass = it.isRealTime() ? CLASS_RT : it.policy() == Scheduling.SCHED_IDLE ? CLASS_IDLE : CLASS_BE;
        return ioClass << CLASS_SHIFT | (it.nice() - Scheduling.NICE_MIN) / NICE_STEP;
    }

    private static long set(UserThread t, int which, int who, int priority) {
        int level = priority & LEVEL_MASK;
        int ioClass = priority >>> CLASS_SHIFT;
        if (!isWhich(which) || ioClass > CLASS_IDLE || ioClass == CLASS_NONE && level != 0) {
            return -Errno.EINVAL;
        }
        Credentials me = t.process().credentials();
        if (ioClass == CLASS_RT && !me.has(Capability.CAP_SYS_NICE) && !me.has(Capability.CAP_SYS_ADMIN)) {
            return -Errno.EPERM;
        }
        long result = -Errno.ESRCH;
        for (UserThread thread : PriorityCalls.threads(t, which - IOPRIO_WHO_PROCESS, who)) {
            int owner = thread.process().credentials().uid;
            if (owner != me.euid && owner != me.uid && !me.has(Capability.CAP_SYS_NICE)) {
                return -Errno.EPERM;
            }
            thread.scheduling().setIoPriority(priority);
            result = 0;
        }
        return result;
    }
}
