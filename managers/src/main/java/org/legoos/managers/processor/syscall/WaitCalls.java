package org.legoos.managers.processor.syscall;

import static org.legoos.managers.processor.core.WaitQuery.WALL;
import static org.legoos.managers.processor.core.WaitQuery.WCLONE;
import static org.legoos.managers.processor.core.WaitQuery.WCONTINUED;
import static org.legoos.managers.processor.core.WaitQuery.WEXITED;
import static org.legoos.managers.processor.core.WaitQuery.WNOHANG;
import static org.legoos.managers.processor.core.WaitQuery.WNOTHREAD;
import static org.legoos.managers.processor.core.WaitQuery.WNOWAIT;
import static org.legoos.managers.processor.core.WaitQuery.WSTOPPED;
import static org.legoos.managers.processor.core.WaitQuery.WUNTRACED;

import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.ChildEvent;
import org.legoos.managers.processor.core.ChildWait;
import org.legoos.managers.processor.core.PidFile;
import org.legoos.managers.processor.core.Pidfds;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.core.WaitQuery;

/** wait4(2) and waitid(2). */
final class WaitCalls {
    private static final int WAIT4_OPTIONS = WNOHANG | WUNTRACED | WCONTINUED | WNOTHREAD | WCLONE | WALL;
    private static final int WAITID_OPTIONS = WAIT4_OPTIONS | WEXITED | WNOWAIT;

    private WaitCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("wait4", (t, a, b, c, d, e, f) -> wait4(t, (int) a, b, (int) c, d));
        table.full("waitid", (t, a, b, c, d, e, f) -> waitid(t, (int) a, (int) b, c, (int) d, e));
    }

    private static long wait4(UserThread t, int pid, long statusVa, int options, long usageVa) {
        if ((options & ~WAIT4_OPTIONS) != 0) {
            return -Errno.EINVAL;
        }
        if (pid == Integer.MIN_VALUE) {
            return -Errno.ESRCH;
        }
        int kind = pid > 0 ? WaitQuery.P_PID : pid == -1 ? WaitQuery.P_ALL : WaitQuery.P_PGID;
        int id = pid > 0 ? pid : pid == 0 ? t.process().groupId() : -pid;
        ChildEvent event = ChildWait.await(t, new WaitQuery(kind, id, options | WEXITED));
        if (event == null) {
            return 0;
        }
        if (statusVa != 0) {
            t.user().putInt(statusVa, event.waitStatus());
        }
        if (usageVa != 0) {
            Rusages.put(t, usageVa, event.usage());
        }
        return event.pid();
    }

    private static long waitid(UserThread t, int kind, int rawId, long infoVa, int options, long usageVa) {
        boolean asksNothing = (options & (WEXITED | WSTOPPED | WCONTINUED)) == 0;
        if ((options & ~WAITID_OPTIONS) != 0 || asksNothing) {
            return -Errno.EINVAL;
        }
        int id = rawId;
        int how = options;
        switch (kind) {
            case WaitQuery.P_ALL -> {}
            case WaitQuery.P_PID -> {
                if (id <= 0) {
                    return -Errno.EINVAL;
                }
            }
            case WaitQuery.P_PGID -> {
                if (id < 0) {
                    return -Errno.EINVAL;
                }
                id = id == 0 ? t.process().groupId() : id;
            }
            case WaitQuery.P_PIDFD -> {
                if (id < 0) {
                    return -Errno.EINVAL;
                }
                PidFile file = Pidfds.find(t, id);
                id = file.process().pid();
                how |= file.isNonBlocking() ? WNOHANG : 0;
            }
            default -> {
                return -Errno.EINVAL;
            }
        }
        int byPid = kind == WaitQuery.P_PIDFD ? WaitQuery.P_PID : kind;
        ChildEvent event = ChildWait.await(t, new WaitQuery(byPid, id, how));
        if (event == null && how != options) {
            return -Errno.EAGAIN;
        }
        putInfo(t, infoVa, event);
        if (event != null && usageVa != 0) {
            Rusages.put(t, usageVa, event.usage());
        }
        return 0;
    }

    /** Only the fields that Linux writes: the rest of the program's structure stays as it is. */
    private static void putInfo(UserThread t, long va, ChildEvent event) {
        if (va == 0) {
            return;
        }
        byte[] head = new byte[SigInfo.SI_STATUS + Integer.BYTES];
        t.user().read(va, head, head.length);
        Le.putInt(head, SigInfo.SI_SIGNO, event == null ? 0 : Signals.SIGCHLD);
        Le.putInt(head, SigInfo.SI_ERRNO, 0);
        Le.putInt(head, SigInfo.SI_CODE, event == null ? 0 : event.code());
        Le.putInt(head, SigInfo.SI_PID, event == null ? 0 : event.pid());
        Le.putInt(head, SigInfo.SI_UID, event == null ? 0 : event.uid());
        Le.putInt(head, SigInfo.SI_STATUS, event == null ? 0 : event.status());
        t.user().write(va, head, head.length);
    }
}
