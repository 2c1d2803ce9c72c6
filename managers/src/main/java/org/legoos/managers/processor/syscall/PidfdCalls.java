package org.legoos.managers.processor.syscall;

import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.Pidfds;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.TraceAccess;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.FdTable;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.OpenFlags;

/** pidfd_open(2), pidfd_send_signal(2), pidfd_getfd(2). */
final class PidfdCalls {
    private static final int PIDFD_NONBLOCK = OpenFlags.O_NONBLOCK;

    private PidfdCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("pidfd_open", (t, a, b, c, d, e, f) -> open(t, (int) a, (int) b));
        table.full("pidfd_send_signal", (t, a, b, c, d, e, f) -> sendSignal(t, (int) a, (int) b, c, (int) d));
        table.full("pidfd_getfd", (t, a, b, c, d, e, f) -> getFd(t, (int) a, (int) b, (int) c));
    }

    private static long open(UserThread t, int pid, int flags) {
        if ((flags & ~PIDFD_NONBLOCK) != 0 || pid <= 0) {
            return -Errno.EINVAL;
        }
        Process process = t.process().manager().find(pid);
        return process == null ? -Errno.ESRCH : Pidfds.give(t, process, flags);
    }

    private static long sendSignal(UserThread t, int fd, int signal, long infoVa, int flags) {
        if (flags != 0) {
            return -Errno.EINVAL;
        }
        Process target = Pidfds.target(t, fd);
        if (signal < 0 || signal > Signals.NSIG) {
            return -Errno.EINVAL;
        }
        SigInfo info = SigInfo.fromProcess(signal, SigInfo.SI_USER, t.process().pid(), t.process().credentials().uid);
        if (infoVa != 0) {
            byte[] image = new byte[SigInfo.BYTES];
            t.user().read(infoVa, image, image.length);
            info = SigInfo.raw(signal, image);
            boolean isForged = info.code() >= 0 || info.code() == SigInfo.SI_TKILL;
            if (isForged && target != t.process()) {
                return -Errno.EPERM;
            }
        }
        if (target.isReaped()) {
            return -Errno.ESRCH;
        }
        if (!SendCalls.isAllowed(t, target)) {
            return -Errno.EPERM;
        }
        return signal == 0 ? 0 : target.send(info);
    }

    private static long getFd(UserThread t, int pidfd, int fd, int flags) {
        if (flags != 0) {
            return -Errno.EINVAL;
        }
        Process target = Pidfds.find(t, pidfd).process();
        if (!TraceAccess.allows(t.process(), target)) {
            return -Errno.EPERM;
        }
        UserThread thread = target.threads().isEmpty() ? null : target.threads().getFirst();
        if (thread == null) {
            return -Errno.ESRCH;
        }
        FdTable files = thread.files();
        OpenFile file = files == null ? null : files.find(fd);
        if (file == null || !file.tryRetain()) {
            return -Errno.EBADF;
        }
        return t.files().add(file, 0, t.process().rlimits().soft(Rlimits.NOFILE), true);
    }
}
