package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.FileMode;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.FileSystem;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.fs.ResolveRules;
import org.legoos.managers.processor.fs.Vfs;
import org.legoos.managers.processor.notify.FileEvents;

/** open(2), openat(2), creat(2). */
final class OpenCalls {
    private static final int HOW_BYTES = 24;
    private static final int PAGE_BYTES = 4096;
    /** O_TMPFILE's own bit. */
    private static final int TMPFILE = 0x400000;
    /** VALID_OPEN_FLAGS of Linux. */
    private static final long ALL_FLAGS = 0x7fffc3L;

    private OpenCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.partial("open", "O_NOATIME is kept but means nothing",
                (t, a, b, c, d, e, f) -> open(t, Vfs.AT_FDCWD, a, (int) b, (int) c));
        table.partial("openat", "as open", (t, a, b, c, d, e, f) -> open(t, (int) a, b, (int) c, (int) d));
        table.full("openat2", (t, a, b, c, d, e, f) -> openat2(t, (int) a, b, c, d));
        table.full("creat", (t, a, b, c, d, e, f) ->
                open(t, Vfs.AT_FDCWD, a, OpenFlags.O_CREAT | OpenFlags.O_WRONLY | OpenFlags.O_TRUNC, (int) b));
    }

    private static long open(UserThread t, int dirFd, long pathVa, int rawFlags, int mode) {
        return open(t, dirFd, t.user().path(pathVa), rawFlags, mode, 0);
    }

    /** struct open_how: flags, mode, resolve, and what later versions add, which must be zeros. */
    private static long openat2(UserThread t, int dirFd, long pathVa, long howVa, long size) {
        if (Long.compareUnsigned(size, HOW_BYTES) < 0) {
            return -Errno.EINVAL;
        }
        if (Long.compareUnsigned(size, PAGE_BYTES) > 0) {
            return -Errno.E2BIG;
        }
        byte[] how = new byte[(int) size];
        t.user().read(howVa, how, how.length);
        for (int i = HOW_BYTES; i < how.length; i++) {
            if (how[i] != 0) {
                return -Errno.E2BIG;
            }
        }
        long flags = Le.getLong(how, 0);
        long mode = Le.getLong(how, Long.BYTES);
        long resolve = Le.getLong(how, 2 * Long.BYTES);
        boolean isMaking = (flags & (OpenFlags.O_CREAT | TMPFILE)) != 0;
        boolean isPath = (flags & OpenFlags.O_PATH) != 0;
        long beside = OpenFlags.O_PATH | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW | OpenFlags.O_CLOEXEC;
        if ((flags & ~ALL_FLAGS) != 0 || (resolve & ~ResolveRules.ALL) != 0 || isPath && (flags & ~beside) != 0
                || (isMaking ? mode & ~FileMode.PERMISSIONS : mode) != 0
                || (resolve & (ResolveRules.BENEATH | ResolveRules.IN_ROOT)) == (ResolveRules.BENEATH | ResolveRules.IN_ROOT)) {
            return -Errno.EINVAL;
        }
        if ((resolve & ResolveRules.CACHED) != 0) {
            return -Errno.EAGAIN; // nothing is looked up without asking
        }
        return open(t, dirFd, t.user().path(pathVa), (int) flags, (int) mode, (int) resolve);
    }

    static long open(UserThread t, int dirFd, String path, int rawFlags, int mode, int resolve) {
        int flags = rawFlags | OpenFlags.O_LARGEFILE;
        if ((flags & OpenFlags.O_PATH) != 0) {
            flags &= OpenFlags.O_PATH | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW | OpenFlags.O_CLOEXEC;
        }
        if ((flags & OpenFlags.O_TMPFILE) != 0) {
            return tmpfile(t, dirFd, path, flags, mode, resolve);
        }
        boolean isMaking = (flags & OpenFlags.O_CREAT) != 0;
        if (isMaking && (flags & OpenFlags.O_DIRECTORY) != 0) {
            return -Errno.EINVAL;
        }
        if (isMaking && Vfs.hasTrailingSlash(path)) {
            return -Errno.EISDIR;
        }
        boolean isExclusive = isMaking && (flags & OpenFlags.O_EXCL) != 0;
        boolean followLast = (flags & OpenFlags.O_NOFOLLOW) == 0 && !isExclusive;
        Vfs vfs = t.process().manager().vfs();
        String resolved = vfs.resolve(t, dirFd, path, followLast, resolve);
        FileSystem fs = vfs.at(resolved);
        boolean opensLink = (flags & (OpenFlags.O_PATH | OpenFlags.O_DIRECTORY)) == OpenFlags.O_PATH;
        if (!followLast && !isExclusive && !opensLink) {
            refuseLink(t, fs, resolved, flags);
        }
        boolean isNew = isMaking && FileEvents.areWatched(t) && fs.stat(t, resolved, new FileService.Stat()) == -Errno.ENOENT;
        OpenFile file = fs.open(t, resolved, flags & ~OpenFlags.O_CLOEXEC, mode & FileMode.PERMISSIONS & ~t.fs().umask());
        FileEvents.opened(t, file, isNew);
        return t.files().add(file, 0, t.process().rlimits().soft(Rlimits.NOFILE), (flags & OpenFlags.O_CLOEXEC) != 0);
    }

    private static long tmpfile(UserThread t, int dirFd, String path, int flags, int mode, int resolve) {
        if ((flags & OpenFlags.O_DIRECTORY) == 0 || (flags & OpenFlags.O_ACCMODE) == OpenFlags.O_RDONLY) {
            return -Errno.EINVAL;
        }
        Vfs vfs = t.process().manager().vfs();
        String directory = vfs.resolve(t, dirFd, path, true, resolve);
        int permissions = mode & FileMode.PERMISSIONS & ~t.fs().umask();
        OpenFile file = vfs.at(directory).tmpfile(t, directory, flags & ~OpenFlags.O_CLOEXEC, permissions);
        return t.files().add(file, 0, t.process().rlimits().soft(Rlimits.NOFILE), (flags & OpenFlags.O_CLOEXEC) != 0);
    }

    /** O_NOFOLLOW: a link as last component is ELOOP. */
    private static void refuseLink(UserThread t, FileSystem fs, String path, int flags) {
        FileService.Stat stat = new FileService.Stat();
        if (fs.stat(t, path, stat) == 0 && FileMode.isLink(stat.mode)) {
            throw SysError.of((flags & OpenFlags.O_DIRECTORY) != 0 ? Errno.ENOTDIR : Errno.ELOOP);
        }
    }
}
