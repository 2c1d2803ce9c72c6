package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.Program;
import org.legoos.managers.processor.core.UserAccess;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.FileMode;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.FileSystem;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.Vfs;
import org.legoos.managers.processor.notify.FileEvents;

/** Calls that make, remove and rename entries of directories, and readlink. */
final class NameCalls {
    private static final int CWD = Vfs.AT_FDCWD;
    private static final int AT_REMOVEDIR = 0x200;
    private static final int AT_SYMLINK_FOLLOW = 0x400;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int RENAME_FLAGS = 7; // NOREPLACE, EXCHANGE, WHITEOUT

    private static final int RENAME_EXCHANGE = 2;

    private NameCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("mkdir", (t, a, b, c, d, e, f) -> mkdir(t, CWD, a, (int) b));
        table.full("mkdirat", (t, a, b, c, d, e, f) -> mkdir(t, (int) a, b, (int) c));
        table.full("rmdir", (t, a, b, c, d, e, f) -> rmdir(t, CWD, a));
        table.full("unlink", (t, a, b, c, d, e, f) -> unlink(t, CWD, a));
        table.full("unlinkat", (t, a, b, c, d, e, f) -> (c & ~AT_REMOVEDIR) != 0 ? -Errno.EINVAL
                : c != 0 ? rmdir(t, (int) a, b) : unlink(t, (int) a, b));
        table.full("rename", (t, a, b, c, d, e, f) -> rename(t, CWD, a, CWD, b, 0));
        table.full("renameat", (t, a, b, c, d, e, f) -> rename(t, (int) a, b, (int) c, d, 0));
        table.full("renameat2",
                (t, a, b, c, d, e, f) -> rename(t, (int) a, b, (int) c, d, (int) e));
        table.full("link", (t, a, b, c, d, e, f) -> link(t, CWD, a, CWD, b, 0));
        table.full("linkat", (t, a, b, c, d, e, f) -> link(t, (int) a, b, (int) c, d, (int) e));
        table.full("symlink", (t, a, b, c, d, e, f) -> symlink(t, a, CWD, b));
        table.full("symlinkat", (t, a, b, c, d, e, f) -> symlink(t, a, (int) b, c));
        table.full("readlink", (t, a, b, c, d, e, f) -> readlink(t, CWD, a, b, (int) c));
        table.full("readlinkat", (t, a, b, c, d, e, f) -> readlink(t, (int) a, b, c, (int) d));
        table.full("mknod", (t, a, b, c, d, e, f) -> mknod(t, CWD, a, (int) b, c));
        table.full("mknodat", (t, a, b, c, d, e, f) -> mknod(t, (int) a, b, (int) c, d));
    }

    private static Vfs vfs(UserThread t) {
        return t.process().manager().vfs();
    }

    /** A slash at the end asks for a directory: nothing else can be made by such a name. */
    private static void requireFree(UserThread t, String text, String path) {
        if (exists(t, path)) {
            throw SysError.of(Errno.EEXIST);
        }
        if (Vfs.hasTrailingSlash(text)) {
            throw SysError.of(Errno.ENOENT);
        }
    }

    /** A place where something is mounted can neither be removed nor renamed. */
    private static boolean isMountPoint(UserThread t, String path) {
        return vfs(t).at(path).mountPoint().equals(path);
    }

    private static boolean exists(UserThread t, String path) {
        return vfs(t).at(path).stat(t, path, new FileService.Stat()) == 0;
    }

    private static long mkdir(UserThread t, int dirFd, long pathVa, int mode) {
        String path = vfs(t).resolveParent(t, dirFd, t.user().path(pathVa), Errno.EEXIST);
        FileSystem fs = vfs(t).at(path);
        if (exists(t, path)) {
            return -Errno.EEXIST;
        }
        return FileEvents.made(t, path, true, fs.mkdir(t, path, mode & 01777 & ~t.fs().umask()));
    }

    private static long rmdir(UserThread t, int dirFd, long pathVa) {
        String text = t.user().path(pathVa);
        boolean isDotDot = text.equals("..") || text.endsWith("/..");
        int errorWithoutName = text.startsWith("/") && text.endsWith("/") ? Errno.EBUSY : Errno.EINVAL;
        String path = vfs(t).resolveParent(t, dirFd, text, isDotDot ? Errno.ENOTEMPTY : errorWithoutName);
        return isMountPoint(t, path) ? -Errno.EBUSY
                : FileEvents.removed(t, path, true, false, vfs(t).at(path).rmdir(t, path));
    }

    private static long unlink(UserThread t, int dirFd, long pathVa) {
        String text = t.user().path(pathVa);
        String path = vfs(t).resolveParent(t, dirFd, text, Errno.EISDIR);
        FileService.Stat stat = new FileService.Stat();
        vfs(t).at(path).statOrThrow(t, path, stat);
        if (FileMode.isDirectory(stat.mode)) {
            return -Errno.EISDIR;
        }
        return Vfs.hasTrailingSlash(text) ? -Errno.ENOTDIR
                : FileEvents.removed(t, path, false, stat.nlink > 1, vfs(t).at(path).unlink(t, path));
    }

    private static long rename(UserThread t, int fromFd, long fromVa, int toFd, long toVa, int flags) {
        if ((flags & ~RENAME_FLAGS) != 0 || (flags & RENAME_EXCHANGE) != 0 && flags != RENAME_EXCHANGE) {
            return -Errno.EINVAL;
        }
        String fromText = t.user().path(fromVa);
        String toText = t.user().path(toVa);
        String from = vfs(t).resolveParent(t, fromFd, fromText, Errno.EBUSY);
        String to = vfs(t).resolveParent(t, toFd, toText, Errno.EBUSY);
        FileService.Stat stat = new FileService.Stat();
        vfs(t).at(from).statOrThrow(t, from, stat);
        boolean isDirectory = FileMode.isDirectory(stat.mode);
        if (!isDirectory && (Vfs.hasTrailingSlash(fromText) || Vfs.hasTrailingSlash(toText))) {
            return -Errno.ENOTDIR;
        }
        if (vfs(t).at(from) != vfs(t).at(to)) {
            return -Errno.EXDEV;
        }
        if (isMountPoint(t, from) || isMountPoint(t, to)) {
            return -Errno.EBUSY;
        }
        if (isDirectory && to.startsWith(from + "/")) {
            return (flags & RENAME_EXCHANGE) != 0 && !exists(t, to) ? -Errno.ENOENT : -Errno.EINVAL;
        }
        return FileEvents.renamed(t, from, to, isDirectory, vfs(t).at(from).rename(t, from, to, flags));
    }

    private static long link(UserThread t, int fromFd, long fromVa, int toFd, long toVa, int flags) {
        if ((flags & ~(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH)) != 0) {
            return -Errno.EINVAL;
        }
        String fromText = t.user().path(fromVa);
        String from = fromText.isEmpty() && (flags & AT_EMPTY_PATH) != 0 ? t.files().get(fromFd).path()
                : vfs(t).resolve(t, fromFd, fromText, (flags & AT_SYMLINK_FOLLOW) != 0);
        if ((flags & AT_SYMLINK_FOLLOW) != 0 && vfs(t).at(from).isMagicLink(t, from)) {
            from = vfs(t).at(from).readlink(t, from); // /proc/self/fd/N of an O_TMPFILE
        }
        String toText = t.user().path(toVa);
        String to = vfs(t).resolveParent(t, toFd, toText, Errno.EEXIST);
        FileService.Stat stat = new FileService.Stat();
        vfs(t).at(from).statOrThrow(t, from, stat);
        requireFree(t, toText, to);
        if (FileMode.isDirectory(stat.mode)) {
            return -Errno.EPERM;
        }
        return vfs(t).at(from) != vfs(t).at(to) ? -Errno.EXDEV
                : FileEvents.made(t, to, false, vfs(t).at(from).link(t, from, to));
    }

    private static long symlink(UserThread t, long targetVa, int dirFd, long pathVa) {
        String target = t.user().path(targetVa);
        if (target.isEmpty()) {
            return -Errno.ENOENT;
        }
        String text = t.user().path(pathVa);
        String path = vfs(t).resolveParent(t, dirFd, text, Errno.EEXIST);
        requireFree(t, text, path);
        return FileEvents.made(t, path, false, vfs(t).at(path).symlink(t, target, path));
    }

    private static long readlink(UserThread t, int dirFd, long pathVa, long bufferVa, int size) {
        if (size <= 0) {
            return -Errno.EINVAL;
        }
        String text = t.user().path(pathVa);
        if (text.isEmpty() && dirFd != CWD) {
            return readlinkOf(t, t.files().get(dirFd), bufferVa, size);
        }
        String path = vfs(t).resolve(t, dirFd, text, false);
        FileService.Stat stat = new FileService.Stat();
        vfs(t).at(path).statOrThrow(t, path, stat);
        if (!FileMode.isLink(stat.mode)) {
            return -Errno.EINVAL;
        }
        return putTarget(t, path, bufferVa, size);
    }

    /** An empty path: the link that O_PATH | O_NOFOLLOW has opened. */
    private static long readlinkOf(UserThread t, OpenFile file, long bufferVa, int size) {
        FileService.Stat stat = new FileService.Stat();
        SysError.check(file.stat(t, stat));
        return FileMode.isLink(stat.mode) ? putTarget(t, file.path(), bufferVa, size) : -Errno.ENOENT;
    }

    private static long putTarget(UserThread t, String path, long bufferVa, int size) {
        byte[] target = Program.bytes(vfs(t).at(path).readlink(t, path));
        int length = Math.min(Math.min(size, target.length), UserAccess.PATH_MAX);
        t.user().write(bufferVa, target, length);
        return length;
    }

    private static long mknod(UserThread t, int dirFd, long pathVa, int mode, long device) {
        int type = mode & FileMode.S_IFMT;
        String text = t.user().path(pathVa);
        String path = vfs(t).resolveParent(t, dirFd, text, Errno.EEXIST);
        requireFree(t, text, path);
        int permissions = mode & FileMode.PERMISSIONS & ~t.fs().umask();
        switch (type) {
            case 0, FileMode.S_IFREG -> {}
            case FileMode.S_IFCHR, FileMode.S_IFBLK -> {
                return t.process().credentials().has(Capability.CAP_MKNOD) ? vfs(t).at(path).mknod(t, path, type | permissions, device)
                        : -Errno.EPERM;
            }
            case FileMode.S_IFIFO, FileMode.S_IFSOCK -> {
                return FileEvents.made(t, path, false, vfs(t).at(path).mknod(t, path, type | permissions, 0));
            }
            default -> {
                return type == FileMode.S_IFDIR ? -Errno.EPERM : -Errno.EINVAL;
            }
        }
        int flags = org.legoos.managers.processor.fs.OpenFlags.O_CREAT | org.legoos.managers.processor.fs.OpenFlags.O_EXCL;
        vfs(t).at(path).open(t, path, flags, permissions).release();
        return FileEvents.made(t, path, false, 0);
    }
}
