package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.FdTable;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.lock.LockCalls;
import org.legoos.managers.processor.pipe.PipeEnd;

/** Calls on descriptors: close, dup, fcntl, ioctl, flock. */
final class FdCalls {
    private static final int F_DUPFD = 0;
    private static final int F_GETFD = 1;
    private static final int F_SETFD = 2;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int F_SETLEASE = 1024;
    private static final int F_GETLEASE = 1025;
    private static final int F_UNLCK = 2;
    private static final int F_SETPIPE_SZ = 1031;
    private static final int F_GETPIPE_SZ = 1032;

    private static final int FIGETBSZ = 2;
    private static final int FIONREAD = 0x541b;
    private static final int FICLONE = 0x40049409;
    private static final int FICLONERANGE = 0x4020940d;
    private static final int FIONBIO = 0x5421;
    private static final int FIONCLEX = 0x5450;
    private static final int FIOCLEX = 0x5451;
    private static final int FIOASYNC = 0x5452;
    private static final int CLOSE_RANGE_CLOEXEC = 4;
    private static final int CLOSE_RANGE_UNSHARE = 2;

    private FdCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("close", (t, a, b, c, d, e, f) -> close(t, a));
        table.full("close_range", (t, a, b, c, d, e, f) -> closeRange(t, (int) a, (int) b, c));
        table.full("dup", (t, a, b, c, d, e, f) -> dupFrom(t, t.files().get(a), 0, false));
        table.full("dup2", (t, a, b, c, d, e, f) -> dup2(t, (int) a, (int) b));
        table.full("dup3", (t, a, b, c, d, e, f) -> dup3(t, (int) a, (int) b, c));
        table.partial("fcntl", "locks hold among the processes of one node; no file takes leases (EINVAL, as on NFS); no F_NOTIFY",
                (t, a, b, c, d, e, f) -> fcntl(t, (int) a, (int) b, c));
        table.full("ioctl", (t, a, b, c, d, e, f) -> ioctl(t, (int) a, (int) b, c));
    }

    private static long close(UserThread t, long fd) {
        FdTable files = t.files();
        OpenFile file = files.remove(fd);
        LockCalls.closing(t, files, file);
        file.release();
        return 0;
    }

    private static long closeRange(UserThread t, int first, int last, long flags) {
        if ((flags & ~(CLOSE_RANGE_CLOEXEC | CLOSE_RANGE_UNSHARE)) != 0 || Integer.compareUnsigned(first, last) > 0) {
            return -Errno.EINVAL;
        }
        if ((flags & CLOSE_RANGE_UNSHARE) != 0) {
            t.unshare(true, false);
        }
        int end = t.files().size();
        for (int fd = first; fd >= 0 && fd < end && Integer.compareUnsigned(fd, last) <= 0; fd++) {
            if (t.files().find(fd) == null) {
                continue;
            }
            if ((flags & CLOSE_RANGE_CLOEXEC) != 0) {
                t.files().setCloexec(fd, true);
            } else {
                close(t, fd);
            }
        }
        return 0;
    }

    private static long nofile(UserThread t) {
        return t.process().rlimits().soft(Rlimits.NOFILE);
    }

    private static long dupFrom(UserThread t, OpenFile file, long from, boolean isCloexec) {
        if (from < 0 || Long.compareUnsigned(from, nofile(t)) >= 0) {
            return -Errno.EINVAL;
        }
        return t.files().add(file.retain(), (int) from, nofile(t), isCloexec);
    }

    private static long dup2(UserThread t, int from, int to) {
        if (from == to) {
            t.files().get(from);
            return to;
        }
        return replace(t, from, to, false);
    }

    private static long dup3(UserThread t, int from, int to, long flags) {
        if ((flags & ~OpenFlags.O_CLOEXEC) != 0 || from == to) {
            return -Errno.EINVAL;
        }
        return replace(t, from, to, flags != 0);
    }

    private static long replace(UserThread t, int from, int to, boolean isCloexec) {
        OpenFile file = t.files().get(from);
        if (to < 0 || Long.compareUnsigned(to, nofile(t)) >= 0) {
            return -Errno.EBADF;
        }
        OpenFile old = t.files().replace(to, file.retain(), isCloexec);
        if (old != null) {
            LockCalls.closing(t, t.files(), old);
            old.release();
        }
        return to;
    }

    private static long fcntl(UserThread t, int fd, int command, long arg) {
        boolean isOfDescriptor = switch (command) {
            case F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL -> true;
            default -> false;
        };
        OpenFile file = isOfDescriptor ? t.files().get(fd) : t.files().getOpen(fd);
        switch (command) {
            case F_DUPFD, F_DUPFD_CLOEXEC -> {
                return dupFrom(t, file, (int) arg, command == F_DUPFD_CLOEXEC);
            }
            case F_GETFD -> {
                return t.files().isCloexec(fd) ? 1 : 0;
            }
            case F_SETFD -> t.files().setCloexec(fd, (arg & 1) != 0);
            case F_GETFL -> {
                return file.flags();
            }
            case F_SETFL -> OwnerCalls.setFlags(t, file, fd, file.flags() & ~OpenFlags.SETTABLE | (int) arg & OpenFlags.SETTABLE);
            case LockCalls.F_GETLK, LockCalls.F_SETLK, LockCalls.F_SETLKW, LockCalls.F_OFD_GETLK, LockCalls.F_OFD_SETLK,
                    LockCalls.F_OFD_SETLKW -> {
                return LockCalls.record(t, file, command, arg);
            }
            case OwnerCalls.F_SETOWN, OwnerCalls.F_GETOWN, OwnerCalls.F_SETSIG, OwnerCalls.F_GETSIG, OwnerCalls.F_SETOWN_EX,
                    OwnerCalls.F_GETOWN_EX -> {
                return OwnerCalls.fcntl(t, file, fd, command, arg);
            }
            case MemfdCalls.F_ADD_SEALS, MemfdCalls.F_GET_SEALS -> {
                return MemfdCalls.seals(t, file, command, arg);
            }
            case F_GETPIPE_SZ, F_SETPIPE_SZ -> {
                return pipeSize(file, command, arg);
            }
            case F_GETLEASE -> {
                return F_UNLCK;
            }
            case F_SETLEASE -> {
                return arg == F_UNLCK ? -Errno.EAGAIN : -Errno.EINVAL; // as a file system without leases: NFS
            }
            default -> {
                return -Errno.EINVAL; // F_NOTIFY too, as of a kernel without CONFIG_DNOTIFY
            }
        }
        return 0;
    }

    private static long pipeSize(OpenFile file, int command, long arg) {
        if (!(file instanceof PipeEnd end)) {
            return -Errno.EBADF;
        }
        return command == F_GETPIPE_SZ ? end.capacity() : end.setCapacity(arg & 0xffffffffL);
    }

    /** What every regular file answers (do_vfs_ioctl of Linux). */
    private static long regular(UserThread t, OpenFile file, int request, long arg) {
        switch (request) {
            case FIONREAD -> t.user().putInt(arg, (int) (file.size(t) - file.position()));
            case FIGETBSZ -> {
                FileService.Stat stat = new FileService.Stat();
                SysError.check(file.stat(t, stat));
                t.user().putInt(arg, stat.blksize);
            }
            case FICLONE, FICLONERANGE -> {
                return -Errno.EOPNOTSUPP;
            }
            default -> {
                return -Errno.ENOTTY;
            }
        }
        return 0;
    }

    private static long ioctl(UserThread t, int fd, int request, long arg) {
        OpenFile file = t.files().getOpen(fd);
        switch (request) {
            case FIOCLEX, FIONCLEX -> t.files().setCloexec(fd, request == FIOCLEX);
            case FIONBIO -> {
                boolean isOn = t.user().getInt(arg) != 0;
                file.setFlags(isOn ? file.flags() | OpenFlags.O_NONBLOCK : file.flags() & ~OpenFlags.O_NONBLOCK);
            }
            case FIOASYNC -> {
                boolean isOn = t.user().getInt(arg) != 0;
                OwnerCalls.setFlags(t, file, fd, isOn ? file.flags() | OpenFlags.O_ASYNC : file.flags() & ~OpenFlags.O_ASYNC);
            }
            default -> {
                long result = OwnerCalls.isOwnerIoctl(file, request) ? OwnerCalls.ioctl(t, file, fd, request, arg)
                        : file.ioctl(t, request, arg);
                return result == -Errno.ENOTTY && file.mappablePath() != null ? regular(t, file, request, arg) : result;
            }
        }
        return 0;
    }
}
