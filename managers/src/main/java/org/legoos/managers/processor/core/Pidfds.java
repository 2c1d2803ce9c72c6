package org.legoos.managers.processor.core;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.OpenFlags;

/** Descriptors of processes. */
public final class Pidfds {
    private Pidfds() {}

    /** A new descriptor of the thread's, close-on-exec. @param flags 0 or O_NONBLOCK */
    public static int give(UserThread t, Process process, int flags) {
        return t.files().add(new PidFile(process, flags & OpenFlags.O_NONBLOCK), 0,
                t.process().rlimits().soft(Rlimits.NOFILE), true);
    }

    /** The descriptor's process; EBADF when it is none. */
    public static PidFile find(UserThread t, int fd) {
        OpenFile file = t.files().get(fd);
        if (file instanceof PidFile pidFile) {
            return pidFile;
        }
        throw SysError.of(Errno.EBADF);
    }

    /** As find, for pidfd_send_signal(2), which takes a directory /proc/PID too. */
    public static Process target(UserThread t, int fd) {
        String path = t.files().get(fd).directoryPath();
        if (path == null || !path.matches("/proc/[0-9]{1,7}")) {
            return find(t, fd).process();
        }
        Process process = t.process().manager().find(Integer.parseInt(path.substring("/proc/".length())));
        if (process == null) {
            throw SysError.of(Errno.ESRCH);
        }
        return process;
    }
}
