package org.legoos.managers.processor.notify;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.FileMode;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.fs.Vfs;

/** inotify_init(2), inotify_add_watch(2), inotify_rm_watch(2). */
public final class InotifyCalls {
    private static final int IN_ONLYDIR = 0x01000000;
    private static final int IN_DONT_FOLLOW = 0x02000000;
    private static final int VALID = Notifier.IN_ALL_EVENTS | IN_ONLYDIR | IN_DONT_FOLLOW | Notifier.IN_EXCL_UNLINK | Notifier.IN_MASK_CREATE
            | Notifier.IN_MASK_ADD | Notifier.IN_ISDIR | Notifier.IN_ONESHOT;
    private static final int R_OK = 4;

    private InotifyCalls() {}

    public static void addTo(SyscallTable<UserThread> table) {
        table.full("inotify_init", (t, a, b, c, d, e, f) -> init(t, 0));
        table.full("inotify_init1", (t, a, b, c, d, e, f) -> init(t, (int) a));
        table.partial("inotify_add_watch", "sees what programs of this processor node do",
                (t, a, b, c, d, e, f) -> add(t, instance(t, a), b, (int) c));
        table.full("inotify_rm_watch", (t, a, b, c, d, e, f) -> notifier(t).remove(instance(t, a), (int) b));
    }

    private static Notifier notifier(UserThread t) {
        return t.process().manager().notifier();
    }

    private static long init(UserThread t, int flags) {
        if ((flags & ~(OpenFlags.O_CLOEXEC | OpenFlags.O_NONBLOCK)) != 0) {
            return -Errno.EINVAL;
        }
        InotifyFile file = new InotifyFile(notifier(t), flags & OpenFlags.O_NONBLOCK);
        return t.files().add(file, 0, t.process().rlimits().soft(Rlimits.NOFILE), (flags & OpenFlags.O_CLOEXEC) != 0);
    }

    private static InotifyFile instance(UserThread t, long fd) {
        if (t.files().get(fd) instanceof InotifyFile file) {
            return file;
        }
        throw SysError.of(Errno.EINVAL);
    }

    private static long add(UserThread t, InotifyFile instance, long pathVa, int mask) {
        boolean isContradictory = (mask & Notifier.IN_MASK_ADD) != 0 && (mask & Notifier.IN_MASK_CREATE) != 0;
        if ((mask & VALID) == 0 || (mask & ~VALID) != 0 || isContradictory) {
            return -Errno.EINVAL;
        }
        Vfs vfs = t.process().manager().vfs();
        String path = vfs.resolve(t, Vfs.AT_FDCWD, t.user().path(pathVa), (mask & IN_DONT_FOLLOW) == 0);
        FileService.Stat stat = new FileService.Stat();
        vfs.at(path).statOrThrow(t, path, stat);
        if ((mask & IN_ONLYDIR) != 0 && !FileMode.isDirectory(stat.mode)) {
            return -Errno.ENOTDIR;
        }
        return stat.allows(t.process().credentials(), R_OK) ? notifier(t).add(instance, path, mask) : -Errno.EACCES;
    }
}
