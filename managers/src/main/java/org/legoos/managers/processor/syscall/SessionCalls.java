package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.UserThread;

/** Process, group and session ids. */
final class SessionCalls {
    private SessionCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("getpid", (t, a, b, c, d, e, f) -> t.process().pid());
        table.full("gettid", (t, a, b, c, d, e, f) -> t.tid());
        table.full("getppid", (t, a, b, c, d, e, f) -> t.process().parentPid());
        table.full("getpgrp", (t, a, b, c, d, e, f) -> t.process().groupId());
        table.full("getpgid", (t, a, b, c, d, e, f) -> find(t, (int) a).groupId());
        table.full("getsid", (t, a, b, c, d, e, f) -> find(t, (int) a).sessionId());
        table.full("setpgid", (t, a, b, c, d, e, f) -> setpgid(t, (int) a, (int) b));
        table.full("setsid", (t, a, b, c, d, e, f) -> t.process().manager().jobs().newSession(t.process()));
    }

    private static Process find(UserThread t, int pid) {
        Process process = pid == 0 ? t.process() : t.process().manager().find(pid);
        if (process == null) {
            throw SysError.of(Errno.ESRCH);
        }
        return process;
    }

    private static long setpgid(UserThread t, int pid, int group) {
        if (group < 0 || pid < 0 && group == 0) {
            return -Errno.EINVAL;
        }
        return t.process().manager().jobs().setGroup(t.process(), pid == 0 ? t.process().pid() : pid, group);
    }
}
