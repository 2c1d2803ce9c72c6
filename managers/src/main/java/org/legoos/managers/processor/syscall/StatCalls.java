package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.kernel.syscall.abi.StatLayout;
import org.legoos.kernel.syscall.abi.StatfsLayout;
import org.legoos.kernel.syscall.abi.StatxLayout;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.FileMode;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.Vfs;

/** The stat family, access, statfs. */
final class StatCalls {
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_EACCESS = 0x200;
    private static final int AT_NO_AUTOMOUNT = 0x800;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int AT_STATX_SYNC_TYPE = 0x6000;
    private static final int STATX_BASIC_STATS = 0x7ff;
    private static final int STATX_BTIME = 0x800;
    private static final int STATX_DIOALIGN = 0x2000;
    private static final int STATX_RESERVED = 0x80000000;
    private static final long PIPEFS_MAGIC = 0x50495045;
    private static final long NS = 1_000_000_000L;

    private StatCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("stat", (t, a, b, c, d, e, f) -> put(t, path(t, Vfs.AT_FDCWD, a, 0), b));
        table.full("lstat", (t, a, b, c, d, e, f) -> put(t, path(t, Vfs.AT_FDCWD, a, AT_SYMLINK_NOFOLLOW), b));
        table.full("fstat", (t, a, b, c, d, e, f) -> put(t, descriptor(t, a), b));
        table.full("newfstatat", (t, a, b, c, d, e, f) -> fstatat(t, (int) a, b, c, (int) d));
        table.partial("statx", "no attributes", (t, a, b, c, d, e, f) -> statx(t, (int) a, b, (int) c, (int) d, e));
        table.full("access", (t, a, b, c, d, e, f) -> access(t, Vfs.AT_FDCWD, a, (int) b, 0));
        table.full("faccessat", (t, a, b, c, d, e, f) -> access(t, (int) a, b, (int) c, 0));
        table.full("faccessat2", (t, a, b, c, d, e, f) -> access(t, (int) a, b, (int) c, (int) d));
        table.full("statfs", (t, a, b, c, d, e, f) -> statfs(t, resolve(t, a), b));
        table.full("fstatfs", (t, a, b, c, d, e, f) -> statfs(t, t.files().get(a).path(), b));
    }

    /** What path or descriptor refers to; AT_EMPTY_PATH with an empty path means the descriptor itself. */
    private static FileService.Stat path(UserThread t, int dirFd, long pathVa, int flags) {
        String path = t.user().path(pathVa);
        if (path.isEmpty() && (flags & AT_EMPTY_PATH) != 0 && dirFd != Vfs.AT_FDCWD) {
            return descriptor(t, dirFd);
        }
        Vfs vfs = t.process().manager().vfs();
        FileService.Stat stat = new FileService.Stat();
        String wanted = path.isEmpty() && (flags & AT_EMPTY_PATH) != 0 ? "." : path;
        FileService.Stat removed = Vfs.removedSelf(t, dirFd, wanted);
        if (removed != null) {
            return removed;
        }
        String resolved = vfs.resolve(t, dirFd, wanted, (flags & AT_SYMLINK_NOFOLLOW) == 0);
        org.legoos.managers.processor.fs.FileSystem fs = vfs.at(resolved);
        if ((flags & AT_SYMLINK_NOFOLLOW) == 0 && resolved.startsWith("/proc/") && fs.isMagicLink(t, resolved)) {
            org.legoos.managers.processor.fs.OpenFile file = fs.open(t, resolved, org.legoos.managers.processor.fs.OpenFlags.O_PATH, 0);
            try {
                SysError.check(file.stat(t, stat));
            } finally {
                file.release();
            }
            return stat;
        }
        fs.statOrThrow(t, resolved, stat);
        return stat;
    }

    private static FileService.Stat descriptor(UserThread t, long fd) {
        FileService.Stat stat = new FileService.Stat();
        SysError.check(t.files().get(fd).stat(t, stat));
        return stat;
    }

    private static long fstatat(UserThread t, int dirFd, long pathVa, long statVa, int flags) {
        if ((flags & ~(AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH)) != 0) {
            return -Errno.EINVAL;
        }
        return put(t, path(t, dirFd, pathVa, flags), statVa);
    }

    private static long put(UserThread t, FileService.Stat stat, long va) {
        byte[] to = t.user().zeroed(StatLayout.SIZE);
        Le.putLong(to, StatLayout.DEV, stat.dev);
        Le.putLong(to, StatLayout.INO, stat.ino);
        Le.putLong(to, StatLayout.NLINK, stat.nlink);
        Le.putInt(to, StatLayout.MODE, stat.mode);
        Le.putInt(to, StatLayout.UID, stat.uid);
        Le.putInt(to, StatLayout.GID, stat.gid);
        Le.putLong(to, StatLayout.RDEV, stat.rdev);
        Le.putLong(to, StatLayout.SIZE_BYTES, stat.size);
        Le.putLong(to, StatLayout.BLKSIZE, stat.blksize);
        Le.putLong(to, StatLayout.BLOCKS, stat.blocks);
        time(to, StatLayout.ATIM, stat.atimeNs);
        time(to, StatLayout.MTIM, stat.mtimeNs);
        time(to, StatLayout.CTIM, stat.ctimeNs);
        t.user().putStruct(va, StatLayout.SIZE);
        return 0;
    }

    private static void time(byte[] to, int offset, long ns) {
        Le.putLong(to, offset, Math.floorDiv(ns, NS));
        Le.putLong(to, offset + 8, Math.floorMod(ns, NS));
    }

    private static long statx(UserThread t, int dirFd, long pathVa, int flags, int mask, long va) {
        if ((mask & STATX_RESERVED) != 0 || (flags & AT_STATX_SYNC_TYPE) == AT_STATX_SYNC_TYPE
                || (flags & ~(AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH | AT_STATX_SYNC_TYPE)) != 0) {
            return -Errno.EINVAL;
        }
        FileService.Stat stat = path(t, dirFd, pathVa, flags);
        byte[] to = t.user().zeroed(StatxLayout.SIZE);
        boolean isDirect = (mask & STATX_DIOALIGN) != 0 && stat.directOffsetAlignBytes != 0 && FileMode.isRegular(stat.mode);
        Le.putInt(to, StatxLayout.MASK, STATX_BASIC_STATS | (stat.btimeNs != 0 ? STATX_BTIME : 0) | (isDirect ? STATX_DIOALIGN : 0));
        Le.putInt(to, StatxLayout.BLKSIZE, stat.blksize);
        Le.putInt(to, StatxLayout.NLINK, (int) stat.nlink);
        Le.putInt(to, StatxLayout.UID, stat.uid);
        Le.putInt(to, StatxLayout.GID, stat.gid);
        Le.putShort(to, StatxLayout.MODE, stat.mode);
        Le.putLong(to, StatxLayout.INO, stat.ino);
        Le.putLong(to, StatxLayout.SIZE_BYTES, stat.size);
        Le.putLong(to, StatxLayout.BLOCKS, stat.blocks);
        time(to, StatxLayout.ATIME, stat.atimeNs);
        time(to, StatxLayout.MTIME, stat.mtimeNs);
        time(to, StatxLayout.CTIME, stat.ctimeNs);
        time(to, StatxLayout.BTIME, stat.btimeNs);
        Le.putInt(to, StatxLayout.RDEV_MAJOR, (int) (stat.rdev >>> 8 & 0xfff));
        Le.putInt(to, StatxLayout.RDEV_MINOR, (int) (stat.rdev & 0xff));
        Le.putInt(to, StatxLayout.DEV_MAJOR, (int) (stat.dev >>> 8 & 0xfff));
        Le.putInt(to, StatxLayout.DEV_MINOR, (int) (stat.dev & 0xff));
        Le.putInt(to, StatxLayout.DIO_MEM_ALIGN, isDirect ? stat.directMemoryAlignBytes : 0);
        Le.putInt(to, StatxLayout.DIO_OFFSET_ALIGN, isDirect ? stat.directOffsetAlignBytes : 0);
        t.user().putStruct(va, StatxLayout.SIZE);
        return 0;
    }

    private static long access(UserThread t, int dirFd, long pathVa, int mode, int flags) {
        if ((mode & ~7) != 0 || (flags & ~(AT_EACCESS | AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) != 0) {
            return -Errno.EINVAL;
        }
        FileService.Stat stat = path(t, dirFd, pathVa, flags);
        boolean isEffective = (flags & AT_EACCESS) != 0;
        return Permissions.allows(t.process().credentials(), isEffective, stat, mode) ? 0 : -Errno.EACCES;
    }

    private static String resolve(UserThread t, long pathVa) {
        Vfs vfs = t.process().manager().vfs();
        String resolved = vfs.resolve(t, Vfs.AT_FDCWD, t.user().path(pathVa), true);
        vfs.at(resolved).statOrThrow(t, resolved, new FileService.Stat());
        return resolved;
    }

    private static long statfs(UserThread t, String path, long va) {
        FileService.StatFs fs = new FileService.StatFs();
        if (path.startsWith("/")) {
            SysError.check(t.process().manager().vfs().at(path).statfs(t, path, fs));
        } else {
            fs.type = PIPEFS_MAGIC;
            fs.blockBytes = FileService.Stat.PAGE_BLKSIZE;
        }
        byte[] to = t.user().zeroed(StatfsLayout.SIZE);
        Le.putLong(to, StatfsLayout.TYPE, fs.type);
        Le.putLong(to, StatfsLayout.BSIZE, fs.blockBytes);
        Le.putLong(to, StatfsLayout.BLOCKS, fs.blocks);
        Le.putLong(to, StatfsLayout.BFREE, fs.blocksFree);
        Le.putLong(to, StatfsLayout.BAVAIL, fs.blocksFree);
        Le.putLong(to, StatfsLayout.FILES, fs.files);
        Le.putLong(to, StatfsLayout.FFREE, fs.filesFree);
        Le.putLong(to, StatfsLayout.NAMELEN, 255);
        Le.putLong(to, StatfsLayout.FRSIZE, fs.blockBytes);
        t.user().putStruct(va, StatfsLayout.SIZE);
        return 0;
    }
}
