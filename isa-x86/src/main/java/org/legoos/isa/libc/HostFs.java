package org.legoos.isa.libc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The host's file calls by directory descriptor and name, as openat(2) and its relatives take them: what Java's own file
 * classes cannot do without races. Names are Latin-1 strings, one char for each byte. Results are the call's, or a
 * negative errno; descriptors are plain numbers, and whoever holds one closes it.
 */
public final class HostFs {
    public static final int AT_FDCWD = -100;
    public static final int AT_SYMLINK_NOFOLLOW = 0x100;
    public static final int AT_REMOVEDIR = 0x200;
    public static final int AT_SYMLINK_FOLLOW = 0x400;
    public static final int AT_EMPTY_PATH = 0x1000;

    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_CREAT = 0x40;
    public static final int O_EXCL = 0x80;
    public static final int O_NOCTTY = 0x100;
    public static final int O_NONBLOCK = 0x800;
    public static final int O_DIRECT = HostSyscall.number(0x4000, 0x10000);
    public static final int O_DIRECTORY = HostSyscall.number(0x10000, 0x4000);
    public static final int O_NOFOLLOW = HostSyscall.number(0x20000, 0x8000);
    public static final int O_CLOEXEC = 0x80000;
    public static final int O_PATH = 0x200000;

    /** openat2(2)'s resolve flags. */
    public static final int RESOLVE_NO_XDEV = 1;
    public static final int RESOLVE_NO_MAGICLINKS = 2;
    public static final int RESOLVE_NO_SYMLINKS = 4;
    public static final int RESOLVE_BENEATH = 8;

    /** utimensat(2)'s nanoseconds that mean something else. */
    public static final long UTIME_NOW = 0x3fffffff;
    public static final long UTIME_OMIT = 0x3ffffffe;

    private static final int OPENAT2 = 437;
    private static final int OPENAT = HostSyscall.number(257, 56);
    private static final int STATX = HostSyscall.number(332, 291);
    private static final int MKDIRAT = HostSyscall.number(258, 34);
    private static final int MKNODAT = HostSyscall.number(259, 33);
    private static final int FCHOWNAT = HostSyscall.number(260, 54);
    private static final int UNLINKAT = HostSyscall.number(263, 35);
    private static final int LINKAT = HostSyscall.number(265, 37);
    private static final int SYMLINKAT = HostSyscall.number(266, 36);
    private static final int READLINKAT = HostSyscall.number(267, 78);
    private static final int FCHMODAT = HostSyscall.number(268, 53);
    private static final int UTIMENSAT = HostSyscall.number(280, 88);
    private static final int RENAMEAT2 = HostSyscall.number(316, 276);
    private static final int FCHMOD = HostSyscall.number(91, 52);
    private static final int PREAD = HostSyscall.number(17, 67);
    private static final int PREADV2 = HostSyscall.number(327, 286);
    private static final int FADVISE64 = HostSyscall.number(221, 223);
    private static final int FADV_DONTNEED = 4;
    private static final int RWF_NOWAIT = 8;
    private static final int PWRITE = HostSyscall.number(18, 68);
    private static final int FTRUNCATE = HostSyscall.number(77, 46);
    private static final int FALLOCATE = HostSyscall.number(285, 47);
    private static final int LSEEK = HostSyscall.number(8, 62);
    private static final int FSYNC = HostSyscall.number(74, 82);
    private static final int FDATASYNC = HostSyscall.number(75, 83);
    private static final int SYNCFS = HostSyscall.number(306, 267);
    private static final int GETDENTS64 = HostSyscall.number(217, 61);
    private static final int FSTATFS = HostSyscall.number(138, 44);
    private static final int COPY_FILE_RANGE = HostSyscall.number(326, 285);
    private static final int FLOCK = HostSyscall.number(73, 32);
    private static final int SETXATTR = HostSyscall.number(188, 5);
    private static final int GETXATTR = HostSyscall.number(191, 8);
    private static final int LISTXATTR = HostSyscall.number(194, 11);
    private static final int REMOVEXATTR = HostSyscall.number(197, 14);
    private static final int GETEUID = HostSyscall.number(107, 175);
    private static final int GETEGID = HostSyscall.number(108, 177);

    /** STATX_BASIC_STATS, STATX_BTIME and STATX_DIOALIGN. */
    private static final int STATX_ALL = 0x2fff;
    private static final int LOCK_EX_NB = 6;
    private static final int NAME_BYTES = 4096;
    private static final int OPEN_HOW_BYTES = 24;
    private static final int OTHER_BYTES = 256;
    private static final long NS = 1_000_000_000L;

    /** Two names and a structure of a thread's calls. */
    private static final ThreadLocal<MemorySegment> SCRATCH =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(2 * NAME_BYTES + OTHER_BYTES, Long.BYTES));

    private HostFs() {}

    /** @return the address of the name with a NUL behind it, or 0 when it is too long */
    private static long name(int slot, String name) {
        int length = name.length();
        if (length >= NAME_BYTES) {
            return 0;
        }
        MemorySegment scratch = SCRATCH.get();
        int at = slot * NAME_BYTES;
        for (int i = 0; i < length; i++) {
            scratch.set(ValueLayout.JAVA_BYTE, at + i, (byte) name.charAt(i));
        }
        scratch.set(ValueLayout.JAVA_BYTE, at + length, (byte) 0);
        return scratch.address() + at;
    }

    private static MemorySegment other() {
        return SCRATCH.get().asSlice(2 * NAME_BYTES, OTHER_BYTES);
    }

    public static int openat(int dirFd, String name, int flags, int mode) {
        return (int) HostSyscall.call(OPENAT, dirFd, name(0, name), flags | O_CLOEXEC, mode, 0, 0);
    }

    /** openat2(2); -ENOSYS on kernels before 5.6. @param resolve RESOLVE_* */
    public static int openat2(int dirFd, String name, int flags, int mode, int resolve) {
        MemorySegment how = other();
        how.set(ValueLayout.JAVA_LONG, 0, flags | O_CLOEXEC);
        how.set(ValueLayout.JAVA_LONG, Long.BYTES, mode);
        how.set(ValueLayout.JAVA_LONG, 2 * Long.BYTES, resolve);
        return (int) HostSyscall.call(OPENAT2, dirFd, name(0, name), how.address(), OPEN_HOW_BYTES, 0, 0);
    }

    /** statx(2) without following a link. An empty name means the descriptor itself. */
    public static int stat(int dirFd, String name, HostStat to) {
        int flags = AT_SYMLINK_NOFOLLOW | (name.isEmpty() ? AT_EMPTY_PATH : 0);
        long nameAt = name(0, name);
        MemorySegment scratch = SCRATCH.get();
        int error = (int) HostSyscall.call(STATX, dirFd, nameAt, flags, STATX_ALL, scratch.address() + 2 * NAME_BYTES, 0);
        if (error == 0) {
            MemorySegment.copy(scratch, 2 * NAME_BYTES, to.statx, 0, HostStat.STATX_BYTES);
        }
        return error;
    }

    public static int mkdirat(int dirFd, String name, int mode) {
        return (int) HostSyscall.call(MKDIRAT, dirFd, name(0, name), mode, 0, 0, 0);
    }

    /** @param device as the kernel's new_encode_dev packs it */
    public static int mknodat(int dirFd, String name, int mode, long device) {
        return (int) HostSyscall.call(MKNODAT, dirFd, name(0, name), mode, device, 0, 0);
    }

    public static int unlinkat(int dirFd, String name, int flags) {
        return (int) HostSyscall.call(UNLINKAT, dirFd, name(0, name), flags, 0, 0, 0);
    }

    public static int renameat2(int fromFd, String from, int toFd, String to, int flags) {
        return (int) HostSyscall.call(RENAMEAT2, fromFd, name(0, from), toFd, name(1, to), flags, 0);
    }

    public static int linkat(int fromFd, String from, int toFd, String to, int flags) {
        return (int) HostSyscall.call(LINKAT, fromFd, name(0, from), toFd, name(1, to), flags, 0);
    }

    public static int symlinkat(String target, int dirFd, String name) {
        return (int) HostSyscall.call(SYMLINKAT, name(0, target), dirFd, name(1, name), 0, 0, 0);
    }

    /** @return the target, or null and it is no symbolic link */
    public static String readlinkat(int dirFd, String name) {
        long nameAt = name(0, name);
        MemorySegment scratch = SCRATCH.get();
        int done = (int) HostSyscall.call(READLINKAT, dirFd, nameAt, scratch.address() + NAME_BYTES, NAME_BYTES, 0, 0);
        if (done < 0) {
            return null;
        }
        return latin1(scratch, NAME_BYTES, done);
    }

    static String latin1(MemorySegment from, long at, int length) {
        byte[] bytes = new byte[length];
        MemorySegment.copy(from, ValueLayout.JAVA_BYTE, at, bytes, 0, length);
        return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    public static int fchmod(int fd, int mode) {
        return (int) HostSyscall.call(FCHMOD, fd, mode, 0, 0, 0, 0);
    }

    /** chmod of what an O_PATH descriptor refers to; not of a symbolic link. */
    public static int chmodPath(int pathFd, int mode) {
        return (int) HostSyscall.call(FCHMODAT, AT_FDCWD, name(0, self(pathFd)), mode, 0, 0, 0);
    }

    /** The descriptor's name in /proc, by which what O_PATH refers to can be opened and changed without another walk. */
    private static String self(int fd) {
        return "/proc/self/fd/" + fd;
    }

    /** Opens for reading or writing what an O_PATH descriptor refers to. */
    public static int reopen(int pathFd, int flags) {
        return openat(AT_FDCWD, self(pathFd), flags, 0);
    }

    /** @param uid or -1: as it is; links are not followed */
    public static int chown(int pathFd, int uid, int gid) {
        return (int) HostSyscall.call(FCHOWNAT, pathFd, name(0, ""), uid, gid, AT_EMPTY_PATH, 0);
    }

    /**
     * utimensat(2) of a name without following a link.
     *
     * @param atimeNs nanoseconds since the epoch; the flags say whether it counts
     */
    public static int utimens(int dirFd, String name, long atimeNs, TimeChange atime, long mtimeNs, TimeChange mtime) {
        MemorySegment times = other();
        setTime(times, 0, atimeNs, atime);
        setTime(times, 2 * Long.BYTES, mtimeNs, mtime);
        return (int) HostSyscall.call(UTIMENSAT, dirFd, name(0, name), times.address(), AT_SYMLINK_NOFOLLOW, 0, 0);
    }

    /** What becomes of a time. */
    public enum TimeChange { KEEP, NOW, SET }

    private static void setTime(MemorySegment times, int at, long timeNs, TimeChange change) {
        times.set(ValueLayout.JAVA_LONG, at, change == TimeChange.SET ? Math.floorDiv(timeNs, NS) : 0);
        times.set(ValueLayout.JAVA_LONG, at + Long.BYTES, switch (change) {
            case KEEP -> UTIME_OMIT;
            case NOW -> UTIME_NOW;
            case SET -> Math.floorMod(timeNs, NS);
        });
    }

    /** @param to where the bytes go; it must outlive the call */
    public static int pread(int fd, MemorySegment to, long at, int lengthBytes, long offset) {
        java.util.Objects.checkFromIndexSize(at, lengthBytes, to.byteSize());
        return (int) HostSyscall.call(PREAD, fd, to.address() + at, lengthBytes, offset, 0, 0);
    }

    /** What is in the host's memory: as {@link #pread}, or -EAGAIN when the disk must be asked; other errors where it cannot be told. */
    public static int preadNowait(int fd, MemorySegment to, long at, int lengthBytes, long offset) {
        java.util.Objects.checkFromIndexSize(at, lengthBytes, to.byteSize());
        MemorySegment iovec = other();
        iovec.set(ValueLayout.JAVA_LONG, 0, to.address() + at);
        iovec.set(ValueLayout.JAVA_LONG, Long.BYTES, lengthBytes);
        return (int) HostSyscall.call(PREADV2, fd, iovec.address(), 1, offset, 0, RWF_NOWAIT);
    }

    /** Has the host forget cached content of a file that is on its disk (POSIX_FADV_DONTNEED). */
    public static int dropCache(int fd, long offset, long lengthBytes) {
        return (int) HostSyscall.call(FADVISE64, fd, offset, lengthBytes, FADV_DONTNEED, 0, 0);
    }

    public static int pwrite(int fd, MemorySegment from, long at, int lengthBytes, long offset) {
        java.util.Objects.checkFromIndexSize(at, lengthBytes, from.byteSize());
        return (int) HostSyscall.call(PWRITE, fd, from.address() + at, lengthBytes, offset, 0, 0);
    }

    public static int ftruncate(int fd, long sizeBytes) {
        return (int) HostSyscall.call(FTRUNCATE, fd, sizeBytes, 0, 0, 0, 0);
    }

    public static int fallocate(int fd, int mode, long offset, long lengthBytes) {
        return (int) HostSyscall.call(FALLOCATE, fd, mode, offset, lengthBytes, 0, 0);
    }

    public static long lseek(int fd, long offset, int whence) {
        return HostSyscall.call(LSEEK, fd, offset, whence, 0, 0, 0);
    }

    public static int fsync(int fd, boolean dataOnly) {
        return (int) HostSyscall.call(dataOnly ? FDATASYNC : FSYNC, fd, 0, 0, 0, 0, 0);
    }

    public static int syncfs(int fd) {
        return (int) HostSyscall.call(SYNCFS, fd, 0, 0, 0, 0, 0);
    }

    /** Fills linux_dirent64 records from where the descriptor stands. */
    public static int getdents64(int fd, MemorySegment to) {
        return (int) HostSyscall.call(GETDENTS64, fd, to.address(), to.byteSize(), 0, 0, 0);
    }

    /** copy_file_range(2) between absolute offsets. */
    public static long copyRange(int fromFd, long fromOffset, int toFd, long toOffset, long lengthBytes) {
        MemorySegment offsets = other();
        offsets.set(ValueLayout.JAVA_LONG, 0, fromOffset);
        offsets.set(ValueLayout.JAVA_LONG, Long.BYTES, toOffset);
        return HostSyscall.call(COPY_FILE_RANGE, fromFd, offsets.address(), toFd, offsets.address() + Long.BYTES, lengthBytes, 0);
    }

    /** An exclusive flock(2), not waiting: -EAGAIN when somebody has it. */
    public static int lockExclusively(int fd) {
        return (int) HostSyscall.call(FLOCK, fd, LOCK_EX_NB, 0, 0, 0, 0);
    }

    /** What fstatfs(2) says, in struct statfs's order: type, block size, blocks, free, available, files, free files. */
    public static int statfs(int fd, long[] to) {
        MemorySegment statfs = other();
        int error = (int) HostSyscall.call(FSTATFS, fd, statfs.address(), 0, 0, 0, 0);
        for (int i = 0; error == 0 && i < to.length; i++) {
            to[i] = statfs.get(ValueLayout.JAVA_LONG, (long) i * Long.BYTES);
        }
        return error;
    }

    /** Extended attributes of what an O_PATH descriptor refers to; never of a symbolic link itself. */
    public static int setxattr(int pathFd, String attribute, MemorySegment value, int flags) {
        long pathAt = name(0, self(pathFd));
        return (int) HostSyscall.call(SETXATTR, pathAt, name(1, attribute), value.address(), value.byteSize(), flags, 0);
    }

    public static int getxattr(int pathFd, String attribute, MemorySegment to) {
        long pathAt = name(0, self(pathFd));
        return (int) HostSyscall.call(GETXATTR, pathAt, name(1, attribute), to.address(), to.byteSize(), 0, 0);
    }

    public static int listxattr(int pathFd, MemorySegment to) {
        return (int) HostSyscall.call(LISTXATTR, name(0, self(pathFd)), to.address(), to.byteSize(), 0, 0, 0);
    }

    public static int removexattr(int pathFd, String attribute) {
        long pathAt = name(0, self(pathFd));
        return (int) HostSyscall.call(REMOVEXATTR, pathAt, name(1, attribute), 0, 0, 0, 0);
    }

    public static int euid() {
        return (int) HostSyscall.call(GETEUID, 0, 0, 0, 0, 0, 0);
    }

    public static int egid() {
        return (int) HostSyscall.call(GETEGID, 0, 0, 0, 0, 0, 0);
    }

    public static void close(int fd) {
        Descriptor.close(fd);
    }
}
