package org.legoos.managers.processor.lock;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.kernel.syscall.abi.FlockLayout;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.FdTable;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.OpenFile;

/** flock(2), and fcntl(2)'s record locks for FdCalls. */
public final class LockCalls {
    public static final int F_GETLK = 5;
    public static final int F_SETLK = 6;
    public static final int F_SETLKW = 7;
    public static final int F_OFD_GETLK = 36;
    public static final int F_OFD_SETLK = 37;
    public static final int F_OFD_SETLKW = 38;

    private static final int F_RDLCK = 0;
    private static final int F_WRLCK = 1;
    private static final int F_UNLCK = 2;
    private static final int NO_PID = -1;

    private static final int SEEK_CUR = 1;
    private static final int SEEK_END = 2;

    private static final int LOCK_SH = 1;
    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;
    private static final int LOCK_UN = 8;

    private record Inode(long device, long number) {}

    private LockCalls() {}

    public static void addTo(SyscallTable<UserThread> table) {
        table.full("flock", (t, a, b, c, d, e, f) -> flock(t, t.files().getOpen(a), (int) b));
    }

    private static NodeLocks locks(UserThread t) {
        return t.process().manager().locks();
    }

    /** What identifies the file to locks: its inode, or the open file itself when it has no number of its own. */
    private static Object key(UserThread t, OpenFile file) {
        FileService.Stat stat = new FileService.Stat();
        int error = file.stat(t, stat);
        return error != 0 || file.waiters(t) != null ? file : new Inode(stat.dev, stat.ino);
    }

    private static long flock(UserThread t, OpenFile file, int operation) {
        boolean mayWait = (operation & LOCK_NB) == 0;
        FileLocks table = locks(t).whole;
        switch (operation & ~LOCK_NB) {
            case LOCK_SH, LOCK_EX -> {
                file.offClose(locks(t).wholeCloser);
                file.onClose(locks(t).wholeCloser);
                boolean isWrite = (operation & LOCK_EX) != 0;
                return table.lock(t, key(t, file), new Range(file, NO_PID, isWrite, 0, Long.MAX_VALUE), mayWait, false);
            }
            case LOCK_UN -> table.unlock(key(t, file), file, 0, Long.MAX_VALUE);
            default -> {
                return -Errno.EINVAL;
            }
        }
        return 0;
    }

    /** F_GETLK and its relatives. */
    public static long record(UserThread t, OpenFile file, int command, long va) {
        boolean isOfd = command >= F_OFD_GETLK;
        byte[] raw = t.user().struct(va, FlockLayout.SIZE);
        int type = Le.getShort(raw, FlockLayout.TYPE);
        if (isOfd && Le.getInt(raw, FlockLayout.PID) != 0 || type < F_RDLCK || type > F_UNLCK) {
            return -Errno.EINVAL;
        }
        boolean isTest = command == F_GETLK || command == F_OFD_GETLK;
        if (isTest && type == F_UNLCK) {
            return -Errno.EINVAL;
        }
        Object owner = isOfd ? file : t.files();
        Range wanted = range(t, file, raw, owner, isOfd ? NO_PID : t.process().pid(), type == F_WRLCK);
        if (isTest) {
            test(t, file, wanted, va);
            return 0;
        }
        FileLocks table = locks(t).records;
        if (type == F_UNLCK) {
            table.unlock(key(t, file), owner, wanted.start(), wanted.end());
            return 0;
        }
        if (type == F_RDLCK ? !file.isReadable() : !file.isWritable()) {
            return -Errno.EBADF;
        }
        if (isOfd) {
            file.offClose(locks(t).recordCloser);
            file.onClose(locks(t).recordCloser);
        } else {
            t.files().locked(() -> table.dropOwner(owner));
        }
        boolean mayWait = command == F_SETLKW || command == F_OFD_SETLKW;
        return table.lock(t, key(t, file), wanted, mayWait, !isOfd);
    }

    private static void test(UserThread t, OpenFile file, Range wanted, long va) {
        Range conflict = locks(t).records.conflict(key(t, file), wanted);
        byte[] to = t.user().struct(va, FlockLayout.SIZE);
        if (conflict == null) {
            Le.putShort(to, FlockLayout.TYPE, F_UNLCK);
        } else {
            Le.putShort(to, FlockLayout.TYPE, conflict.isWrite() ? F_WRLCK : F_RDLCK);
            Le.putShort(to, FlockLayout.WHENCE, 0);
            Le.putLong(to, FlockLayout.START, conflict.start());
            Le.putLong(to, FlockLayout.LEN, conflict.end() == Long.MAX_VALUE ? 0 : conflict.end() - conflict.start() + 1);
            Le.putInt(to, FlockLayout.PID, conflict.pid());
        }
        t.user().putStruct(va, FlockLayout.SIZE);
    }

    /** The bytes that a struct flock means (flock64_to_posix_lock of Linux). */
    private static Range range(UserThread t, OpenFile file, byte[] raw, Object owner, int pid, boolean isWrite) {
        long start = Le.getLong(raw, FlockLayout.START);
        long length = Le.getLong(raw, FlockLayout.LEN);
        long base = switch (Le.getShort(raw, FlockLayout.WHENCE)) {
            case 0 -> 0;
            case SEEK_CUR -> file.position();
            case SEEK_END -> SysError.check(file.size(t));
            default -> throw SysError.of(Errno.EINVAL);
        };
        if (start > 0 && base > Long.MAX_VALUE - start) {
            throw SysError.of(Errno.EOVERFLOW);
        }
        start += base;
        long end = Long.MAX_VALUE;
        if (length > 0) {
            if (start > Long.MAX_VALUE - (length - 1)) {
                throw SysError.of(Errno.EOVERFLOW);
            }
            end = start + length - 1;
        } else if (length < 0) {
            end = start - 1;
            start += length;
        }
        if (start < 0 || end < start) {
            throw SysError.of(Errno.EINVAL);
        }
        return new Range(owner, pid, isWrite, start, end);
    }

    /** A descriptor of the file is about to be closed: POSIX says that the process's record locks on the file go. */
    public static void closing(UserThread t, FdTable files, OpenFile file) {
        file.flushed(t);
        if (files.hasLocked() && file.waiters(t) == null) {
            locks(t).records.unlock(key(t, file), files, 0, Long.MAX_VALUE);
        }
    }
}
