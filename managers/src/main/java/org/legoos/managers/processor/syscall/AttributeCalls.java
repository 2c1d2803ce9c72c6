package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.FileMode;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.Vfs;
import org.legoos.managers.processor.notify.FileEvents;
import org.legoos.managers.processor.notify.Notifier;

/** Mode, owner, times and length of files; sync. */
final class AttributeCalls {
    private static final int CWD = Vfs.AT_FDCWD;
    private static final int POSIX_FADV_WILLNEED = 3;
    private static final int POSIX_FADV_DONTNEED = 4;
    private static final int POSIX_FADV_NOREUSE = 5;
    private static final int SYNC_FILE_RANGE_WRITE = 2;
    /** With the two that wait. */
    private static final int SYNC_FILE_RANGE_ALL = 7;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int CACHESTAT_RANGE_BYTES = 16;
    private static final int CACHESTAT_BYTES = 40;
    private static final long UTIME_NOW = 0x3fffffff;
    private static final long UTIME_OMIT = 0x3ffffffe;
    private static final long NS = 1_000_000_000L;
    private static final int FALLOC_KEEP_SIZE = 1;
    private static final int SET_TIMES = FileService.SET_ATIME | FileService.SET_MTIME;
    /** A touch, which takes less rights than setting times. */
    private static final int SET_NOW = FileService.SET_ATIME_NOW | FileService.SET_MTIME_NOW;
    private static final int W_OK = 2;

    private AttributeCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("chmod", (t, a, b, c, d, e, f) -> chmod(t, CWD, a, (int) b));
        table.full("fchmodat", (t, a, b, c, d, e, f) -> chmod(t, (int) a, b, (int) c));
        table.full("fchmodat2", (t, a, b, c, d, e, f) -> fchmodat2(t, (int) a, b, (int) c, (int) d));
        table.full("fchmod", (t, a, b, c, d, e, f) -> fchmod(t, t.files().getOpen(a), (int) b));
        table.full("chown", (t, a, b, c, d, e, f) -> chown(t, CWD, a, (int) b, (int) c, 0));
        table.full("lchown", (t, a, b, c, d, e, f) -> chown(t, CWD, a, (int) b, (int) c, AT_SYMLINK_NOFOLLOW));
        table.full("fchownat", (t, a, b, c, d, e, f) -> chown(t, (int) a, b, (int) c, (int) d, (int) e));
        table.full("fchown", (t, a, b, c, d, e, f) -> fchown(t, t.files().getOpen(a), (int) b, (int) c));
        table.full("utimensat", (t, a, b, c, d, e, f) -> utimensat(t, (int) a, b, c, (int) d));
        table.full("utime", (t, a, b, c, d, e, f) -> utime(t, a, b));
        table.full("utimes", (t, a, b, c, d, e, f) -> utimes(t, CWD, a, b));
        table.full("futimesat", (t, a, b, c, d, e, f) -> utimes(t, (int) a, b, c));
        table.full("truncate", (t, a, b, c, d, e, f) -> truncate(t, a, b));
        table.full("ftruncate", (t, a, b, c, d, e, f) -> ftruncate(t, t.files().getOpen(a), b));
        table.partial("fallocate", "on ramfs as tmpfs, and ZERO_RANGE; in shared memory as tmpfs; on a storage node what the host's file system does",
                (t, a, b, c, d, e, f) -> fallocate(t, t.files().getOpen(a), b, c, d));
        table.full("fsync", (t, a, b, c, d, e, f) -> t.files().getOpen(a).sync(t));
        table.full("fdatasync", (t, a, b, c, d, e, f) -> t.files().getOpen(a).sync(t, true));
        table.full("sync", (t, a, b, c, d, e, f) -> sync(t));
        table.full("syncfs", (t, a, b, c, d, e, f) -> syncfs(t, a));
        table.full("sync_file_range", (t, a, b, c, d, e, f) -> syncRange(t, t.files().getOpen(a), b, c, d));
        table.full("umask", (t, a, b, c, d, e, f) -> umask(t, (int) a));
        table.full("fadvise64", (t, a, b, c, d, e, f) -> fadvise(t, t.files().getOpen(a), b, c, (int) d));
        table.partial("cachestat", "zeros: files are cached on their nodes, which are not asked",
                (t, a, b, c, d, e, f) -> cachestat(t, t.files().getOpen(a), b, c, (int) d));
        table.full("readahead", (t, a, b, c, d, e, f) -> readAhead(t, t.files().get(a), b, c));
    }

    private static String resolve(UserThread t, int dirFd, long pathVa, boolean isFollowing) {
        return t.process().manager().vfs().resolve(t, dirFd, t.user().path(pathVa), isFollowing);
    }

    private static long set(UserThread t, String path, int mask, FileService.Stat to) {
        return FileEvents.changed(t, path, Notifier.IN_ATTRIB,
                t.process().manager().vfs().at(path).setattr(t, path, false, mask, to));
    }

    private static FileService.Stat mode(UserThread t, FileService.Stat now, int mode) {
        Credentials who = t.process().credentials();
        if (who.fsuid != now.uid && !who.has(Capability.CAP_FOWNER)) {
            throw SysError.of(Errno.EPERM);
        }
        FileService.Stat to = new FileService.Stat();
        to.mode = mode & FileMode.PERMISSIONS;
        return to;
    }

    private static long chmod(UserThread t, int dirFd, long pathVa, int mode) {
        return chmodAt(t, resolve(t, dirFd, pathVa, true), mode);
    }

    private static long chmodAt(UserThread t, String path, int mode) {
        FileService.Stat now = new FileService.Stat();
        t.process().manager().vfs().at(path).statOrThrow(t, path, now);
        return set(t, path, FileService.SET_MODE, mode(t, now, mode));
    }

    private static long fchmodat2(UserThread t, int dirFd, long pathVa, int mode, int flags) {
        if ((flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) != 0) {
            return -Errno.EINVAL;
        }
        if ((flags & AT_EMPTY_PATH) != 0 && t.user().path(pathVa).isEmpty()) {
            return dirFd == CWD ? chmodAt(t, t.process().manager().vfs().resolve(t, CWD, ".", true), mode) : fchmod(t, t.files().get(dirFd), mode);
        }
        String path = resolve(t, dirFd, pathVa, (flags & AT_SYMLINK_NOFOLLOW) == 0);
        FileService.Stat now = new FileService.Stat();
        t.process().manager().vfs().at(path).statOrThrow(t, path, now);
        return FileMode.isLink(now.mode) ? -Errno.EOPNOTSUPP : set(t, path, FileService.SET_MODE, mode(t, now, mode));
    }

    /** struct cachestat_range: offset and length; struct cachestat: five counts of pages. */
    private static long cachestat(UserThread t, OpenFile file, long rangeVa, long toVa, int flags) {
        t.user().struct(rangeVa, CACHESTAT_RANGE_BYTES);
        if (flags != 0) {
            return -Errno.EINVAL;
        }
        t.user().zeroed(CACHESTAT_BYTES);
        t.user().putStruct(toVa, CACHESTAT_BYTES);
        return 0;
    }

    private static long fchmod(UserThread t, OpenFile file, int mode) {
        FileService.Stat now = new FileService.Stat();
        SysError.check(file.stat(t, now));
        return FileEvents.changed(t, file.path(), Notifier.IN_ATTRIB, file.setattr(t, FileService.SET_MODE, mode(t, now, mode)));
    }

    /** -1 leaves what is there now. */
    private static FileService.Stat owner(FileService.Stat now, int uid, int gid) {
        FileService.Stat to = new FileService.Stat();
        to.uid = uid == -1 ? now.uid : uid;
        to.gid = gid == -1 ? now.gid : gid;
        return to;
    }

    /** Only root changes owners; -1 leaves one as it is. Set-ID bits go also when both stay. */
    private static int ownerMask(UserThread t, FileService.Stat now, int uid, int gid) {
        boolean keepsBoth = uid == -1 && gid == -1;
        boolean isOwner = t.process().credentials().fsuid == now.uid;
        boolean changesOwner = uid != -1 && uid != now.uid;
        if (!t.process().credentials().has(Capability.CAP_CHOWN) && (changesOwner || !isOwner)) {
            if (keepsBoth) {
                return 0; // asks for nothing, and has no right to more
            }
            throw SysError.of(Errno.EPERM);
        }
        return (uid != -1 || keepsBoth ? FileService.SET_UID : 0) | (gid != -1 || keepsBoth ? FileService.SET_GID : 0);
    }

    private static long chown(UserThread t, int dirFd, long pathVa, int uid, int gid, int flags) {
        if ((flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) != 0) {
            return -Errno.EINVAL;
        }
        if ((flags & AT_EMPTY_PATH) != 0 && t.user().path(pathVa).isEmpty()) {
            return dirFd == CWD ? chown(t, t.fs().workingDirectory().path(), uid, gid) : fchown(t, t.files().get(dirFd), uid, gid);
        }
        return chown(t, resolve(t, dirFd, pathVa, (flags & AT_SYMLINK_NOFOLLOW) == 0), uid, gid);
    }

    private static long chown(UserThread t, String path, int uid, int gid) {
        FileService.Stat now = new FileService.Stat();
        t.process().manager().vfs().at(path).statOrThrow(t, path, now);
        int mask = ownerMask(t, now, uid, gid);
        return mask == 0 ? 0 : set(t, path, mask, owner(now, uid, gid));
    }

    private static long fchown(UserThread t, OpenFile file, int uid, int gid) {
        FileService.Stat now = new FileService.Stat();
        SysError.check(file.stat(t, now));
        int mask = ownerMask(t, now, uid, gid);
        return mask == 0 ? 0 : file.setattr(t, mask, owner(now, uid, gid));
    }

    private static long utimensat(UserThread t, int dirFd, long pathVa, long timesVa, int flags) {
        if ((flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) != 0) {
            return -Errno.EINVAL;
        }
        FileService.Stat to = new FileService.Stat();
        int mask = SET_NOW;
        long nowNs = t.kernel().clock().wallTimeNs();
        to.atimeNs = to.mtimeNs = nowNs;
        if (timesVa != 0) {
            byte[] times = t.user().struct(timesVa, 32);
            long accessNanos = Le.getLong(times, 8);
            long modifyNanos = Le.getLong(times, 24);
            mask = (accessNanos == UTIME_OMIT ? 0 : FileService.SET_ATIME) | (modifyNanos == UTIME_OMIT ? 0 : FileService.SET_MTIME);
            to.atimeNs = time(Le.getLong(times, 0), accessNanos, nowNs);
            to.mtimeNs = time(Le.getLong(times, 16), modifyNanos, nowNs);
            mask = accessNanos == UTIME_NOW && modifyNanos == UTIME_NOW ? SET_NOW : mask;
        }
        if (mask == 0) {
            return 0; // whatever the path is
        }
        if (pathVa == 0) {
            return flags != 0 ? -Errno.EINVAL : ofDescriptor(t, dirFd, mask, to);
        }
        if ((flags & AT_EMPTY_PATH) != 0 && t.user().path(pathVa).isEmpty()) {
            return dirFd == CWD ? apply(t, t.fs().workingDirectory().path(), mask, to) : t.files().get(dirFd).setattr(t, mask, to);
        }
        return apply(t, resolve(t, dirFd, pathVa, (flags & AT_SYMLINK_NOFOLLOW) == 0), mask, to);
    }

    /** No path: the descriptor's file. */
    private static long ofDescriptor(UserThread t, int fd, int mask, FileService.Stat to) {
        return fd == CWD ? -Errno.EFAULT : t.files().getOpen(fd).setattr(t, mask, to);
    }

    private static long apply(UserThread t, String path, int mask, FileService.Stat to) {
        t.process().manager().vfs().at(path).statOrThrow(t, path, new FileService.Stat());
        return set(t, path, mask, to);
    }

    private static long time(long seconds, long nanos, long nowNs) {
        if (nanos == UTIME_NOW) {
            return nowNs;
        }
        if (nanos == UTIME_OMIT) {
            return 0;
        }
        if (nanos < 0 || nanos >= NS) {
            throw SysError.of(Errno.EINVAL);
        }
        long limit = Long.MAX_VALUE / NS - 1;
        return Math.max(-limit, Math.min(limit, seconds)) * NS + nanos;
    }

    private static long utime(UserThread t, long pathVa, long timesVa) {
        FileService.Stat to = new FileService.Stat();
        to.atimeNs = to.mtimeNs = t.kernel().clock().wallTimeNs();
        if (timesVa != 0) {
            byte[] times = t.user().struct(timesVa, 16);
            to.atimeNs = time(Le.getLong(times, 0), 0, 0);
            to.mtimeNs = time(Le.getLong(times, 8), 0, 0);
        }
        return apply(t, resolve(t, CWD, pathVa, true), timesVa == 0 ? SET_NOW : SET_TIMES, to);
    }

    private static long utimes(UserThread t, int dirFd, long pathVa, long timesVa) {
        FileService.Stat to = new FileService.Stat();
        to.atimeNs = to.mtimeNs = t.kernel().clock().wallTimeNs();
        if (timesVa != 0) {
            byte[] times = t.user().struct(timesVa, 32);
            long accessMicros = Le.getLong(times, 8);
            long modifyMicros = Le.getLong(times, 24);
            if (accessMicros < 0 || accessMicros >= 1_000_000 || modifyMicros < 0 || modifyMicros >= 1_000_000) {
                return -Errno.EINVAL;
            }
            to.atimeNs = time(Le.getLong(times, 0), accessMicros * 1000, 0);
            to.mtimeNs = time(Le.getLong(times, 16), modifyMicros * 1000, 0);
        }
        int mask = timesVa == 0 ? SET_NOW : SET_TIMES;
        return pathVa == 0 ? ofDescriptor(t, dirFd, mask, to) : apply(t, resolve(t, dirFd, pathVa, true), mask, to);
    }

    private static long truncate(UserThread t, long pathVa, long size) {
        if (size < 0) {
            return -Errno.EINVAL;
        }
        String path = resolve(t, CWD, pathVa, true);
        FileService.Stat stat = new FileService.Stat();
        t.process().manager().vfs().at(path).statOrThrow(t, path, stat);
        if (FileMode.isDirectory(stat.mode)) {
            return -Errno.EISDIR;
        }
        if ((stat.mode & FileMode.S_IFMT) != FileMode.S_IFREG) {
            return -Errno.EINVAL;
        }
        if (!stat.allows(t.process().credentials(), W_OK)) {
            return -Errno.EACCES;
        }
        long tooBig = Transfer.checkGrowth(t, stat.size, size);
        return tooBig != 0 ? tooBig
                : FileEvents.changed(t, path, Notifier.IN_MODIFY, t.process().manager().vfs().at(path).truncate(t, path, size));
    }

    private static long ftruncate(UserThread t, OpenFile file, long size) {
        if (size < 0 || !file.isWritable()) {
            return -Errno.EINVAL;
        }
        long tooBig = file.mappablePath() == null ? 0 : Transfer.checkGrowth(t, file.size(t), size);
        return tooBig != 0 ? tooBig : FileEvents.changed(t, file.path(), Notifier.IN_MODIFY, file.truncate(t, size));
    }

    private static long fallocate(UserThread t, OpenFile file, long mode, long offset, long length) {
        if (!file.isWritable()) {
            return -Errno.EBADF;
        }
        if (offset < 0 || length <= 0) {
            return -Errno.EINVAL;
        }
        if (file.mappablePath() == null && file.sharedMemory() == null) {
            return file.isSeekable() ? -Errno.ENODEV : -Errno.ESPIPE;
        }
        if (offset > Long.MAX_VALUE - length) {
            return -Errno.EFBIG;
        }
        long tooBig = mode == 0 ? Transfer.checkGrowth(t, file.size(t), offset + length) : 0;
        if (tooBig != 0) {
            return tooBig;
        }
        int made = file.fallocate(t, (int) mode, offset, length);
        if (made != -Errno.EOPNOTSUPP) {
            return made;
        }
        if ((mode & ~FALLOC_KEEP_SIZE) != 0) {
            return -Errno.EOPNOTSUPP;
        }
        long end = offset + length;
        return mode == FALLOC_KEEP_SIZE || file.size(t) >= end ? 0 : file.truncate(t, end);
    }

    /** sync(2) has no error to give. */
    private static long sync(UserThread t) {
        t.fileService().syncfs("/");
        return 0;
    }

    private static long syncfs(UserThread t, long fd) {
        t.files().getOpen(fd);
        return t.fileService().syncfs("/");
    }

    /** sync_file_range(2): checks; what is dirty goes to the storage node by itself. */
    private static long umask(UserThread t, int mask) {
        int old = t.fs().umask();
        t.fs().setUmask(mask);
        return old;
    }

    private static long fadvise(UserThread t, OpenFile file, long offset, long lengthBytes, int advice) {
        if (!file.isSeekable()) {
            return -Errno.ESPIPE;
        }
        if (lengthBytes < 0 || advice < 0 || advice > POSIX_FADV_NOREUSE) {
            return -Errno.EINVAL;
        }
        if (advice == POSIX_FADV_DONTNEED) {
            file.dropCache(t, Math.max(0, offset), lengthBytes);
        } else if (advice == POSIX_FADV_WILLNEED) {
            file.readAhead(t, Math.max(0, offset), lengthBytes);
        }
        return 0;
    }

    private static long readAhead(UserThread t, OpenFile file, long offset, long count) {
        if (!file.isReadable()) {
            return -Errno.EBADF;
        }
        if (file.mappablePath() == null && file.sharedMemory() == null) {
            return -Errno.EINVAL;
        }
        if (count > 0 && offset >= 0) {
            file.readAhead(t, offset, count);
        }
        return 0;
    }

    private static long syncRange(UserThread t, OpenFile file, long offset, long lengthBytes, long flags) {
        if ((flags & ~SYNC_FILE_RANGE_ALL) != 0 || offset < 0 || lengthBytes < 0 || offset > Long.MAX_VALUE - lengthBytes) {
            return -Errno.EINVAL;
        }
        if (!file.isSeekable()) {
            return -Errno.ESPIPE;
        }
        if ((flags & SYNC_FILE_RANGE_WRITE) != 0) {
            file.writeOut(t);
        }
        return 0;
    }
}
