package org.legoos.managers.processor.strace;

import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.ArgKind;

/** Names of flags and request codes, as strace shows them. */
final class FlagNames {
    /** A set of flag bits with the name of "none". */
    private record Flags(String zero, Object... bitsAndNames) {
        String show(long value) {
            if (value == 0) {
                return zero;
            }
            StringBuilder text = new StringBuilder();
            long left = value;
            for (int i = 0; i < bitsAndNames.length; i += 2) {
                long bit = ((Number) bitsAndNames[i]).longValue();
                if ((left & bit) == bit) {
                    text.append(text.isEmpty() ? "" : "|").append(bitsAndNames[i + 1]);
                    left &= ~bit;
                }
            }
            if (left != 0) {
                text.append(text.isEmpty() ? "" : "|").append("0x").append(Long.toHexString(left));
            }
            return text.toString();
        }
    }

    private static final Flags OPEN = new Flags("", 0x40, "O_CREAT", 0x80, "O_EXCL", 0x100, "O_NOCTTY", 0x200, "O_TRUNC",
            0x400, "O_APPEND", 0x800, "O_NONBLOCK", 0x101000, "O_SYNC", 0x1000, "O_DSYNC", 0x2000, "O_ASYNC",
            0x4000, "O_DIRECT", 0x8000, "O_LARGEFILE", 0x410000, "O_TMPFILE", 0x10000, "O_DIRECTORY",
            0x20000, "O_NOFOLLOW", 0x40000, "O_NOATIME", 0x80000, "O_CLOEXEC", 0x200000, "O_PATH");
    private static final Flags PROT = new Flags("PROT_NONE", 1, "PROT_READ", 2, "PROT_WRITE", 4, "PROT_EXEC",
            0x01000000, "PROT_GROWSDOWN", 0x02000000, "PROT_GROWSUP");
    private static final Flags MMAP = new Flags("0", 3, "MAP_SHARED_VALIDATE", 1, "MAP_SHARED", 2, "MAP_PRIVATE",
            0x10, "MAP_FIXED", 0x20, "MAP_ANONYMOUS", 0x40, "MAP_32BIT", 0x100, "MAP_GROWSDOWN", 0x800, "MAP_DENYWRITE",
            0x1000, "MAP_EXECUTABLE", 0x2000, "MAP_LOCKED", 0x4000, "MAP_NORESERVE", 0x8000, "MAP_POPULATE",
            0x10000, "MAP_NONBLOCK", 0x20000, "MAP_STACK", 0x40000, "MAP_HUGETLB", 0x100000, "MAP_FIXED_NOREPLACE");
    private static final Flags MREMAP = new Flags("0", 1, "MREMAP_MAYMOVE", 2, "MREMAP_FIXED", 4, "MREMAP_DONTUNMAP");
    private static final Flags MSYNC = new Flags("0", 1, "MS_ASYNC", 2, "MS_INVALIDATE", 4, "MS_SYNC");
    private static final Flags ACCESS = new Flags("F_OK", 4, "R_OK", 2, "W_OK", 1, "X_OK");
    private static final Flags AT = new Flags("0", 0x100, "AT_SYMLINK_NOFOLLOW", 0x200, "AT_REMOVEDIR",
            0x400, "AT_SYMLINK_FOLLOW", 0x800, "AT_NO_AUTOMOUNT", 0x1000, "AT_EMPTY_PATH", 0x2000, "AT_STATX_FORCE_SYNC",
            0x4000, "AT_STATX_DONT_SYNC");
    private static final Flags CLONE = new Flags("", 0x100, "CLONE_VM", 0x200, "CLONE_FS", 0x400, "CLONE_FILES",
            0x800, "CLONE_SIGHAND", 0x1000, "CLONE_PIDFD", 0x2000, "CLONE_PTRACE", 0x4000, "CLONE_VFORK", 0x8000, "CLONE_PARENT",
            0x10000, "CLONE_THREAD", 0x20000, "CLONE_NEWNS", 0x40000, "CLONE_SYSVSEM", 0x80000, "CLONE_SETTLS",
            0x100000, "CLONE_PARENT_SETTID", 0x200000, "CLONE_CHILD_CLEARTID", 0x400000, "CLONE_DETACHED",
            0x800000, "CLONE_UNTRACED", 0x1000000, "CLONE_CHILD_SETTID");
    private static final Flags WAIT = new Flags("0", 1, "WNOHANG", 2, "WUNTRACED", 4, "WEXITED", 8, "WCONTINUED",
            0x01000000, "WNOWAIT", 0x40000000, "__WALL", 0x80000000L, "__WCLONE");
    private static final Flags SIGACTION = new Flags("0", 0x04000000, "SA_RESTORER", 0x08000000, "SA_ONSTACK",
            0x10000000, "SA_RESTART", 0x40000000, "SA_NODEFER", 0x80000000L, "SA_RESETHAND", 1, "SA_NOCLDSTOP",
            2, "SA_NOCLDWAIT", 4, "SA_SIGINFO");

    private static final String[] WHENCE = {"SEEK_SET", "SEEK_CUR", "SEEK_END", "SEEK_DATA", "SEEK_HOLE"};
    private static final String[] SIGHOW = {"SIG_BLOCK", "SIG_UNBLOCK", "SIG_SETMASK"};
    private static final String[] RESOURCE = {
        "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_DATA", "RLIMIT_STACK", "RLIMIT_CORE", "RLIMIT_RSS", "RLIMIT_NPROC",
        "RLIMIT_NOFILE", "RLIMIT_MEMLOCK", "RLIMIT_AS", "RLIMIT_LOCKS", "RLIMIT_SIGPENDING", "RLIMIT_MSGQUEUE",
        "RLIMIT_NICE", "RLIMIT_RTPRIO", "RLIMIT_RTTIME"
    };
    private static final String[] CLOCK = {
        "CLOCK_REALTIME", "CLOCK_MONOTONIC", "CLOCK_PROCESS_CPUTIME_ID", "CLOCK_THREAD_CPUTIME_ID", "CLOCK_MONOTONIC_RAW",
        "CLOCK_REALTIME_COARSE", "CLOCK_MONOTONIC_COARSE", "CLOCK_BOOTTIME"
    };
    private static final String[] MADV = {"MADV_NORMAL", "MADV_RANDOM", "MADV_SEQUENTIAL", "MADV_WILLNEED",
        "MADV_DONTNEED", "", "", "", "MADV_FREE", "MADV_REMOVE", "MADV_DONTFORK", "MADV_DOFORK", "MADV_MERGEABLE",
        "MADV_UNMERGEABLE", "MADV_HUGEPAGE", "MADV_NOHUGEPAGE", "MADV_DONTDUMP", "MADV_DODUMP"};
    private static final String[] FCNTL = {"F_DUPFD", "F_GETFD", "F_SETFD", "F_GETFL", "F_SETFL", "F_GETLK", "F_SETLK",
        "F_SETLKW", "F_SETOWN", "F_GETOWN", "F_SETSIG", "F_GETSIG"};
    private static final String[] FUTEX = {"FUTEX_WAIT", "FUTEX_WAKE", "FUTEX_FD", "FUTEX_REQUEUE", "FUTEX_CMP_REQUEUE",
        "FUTEX_WAKE_OP", "FUTEX_LOCK_PI", "FUTEX_UNLOCK_PI", "FUTEX_TRYLOCK_PI", "FUTEX_WAIT_BITSET", "FUTEX_WAKE_BITSET"};

    private FlagNames() {}

    static String describe(ArgKind kind, long value) {
        return switch (kind) {
            case OFLAGS -> open(value);
            case PROT -> PROT.show(value);
            case MMAP -> MMAP.show(value);
            case MREMAP -> MREMAP.show(value);
            case MSYNC -> MSYNC.show(value);
            case ACCESS -> ACCESS.show(value);
            case ATFLAGS -> AT.show(value);
            case WAITOPTS -> WAIT.show(value);
            case CLONE -> clone(value);
            case WHENCE -> name(WHENCE, value);
            case SIGHOW -> name(SIGHOW, value);
            case RESOURCE -> name(RESOURCE, value);
            case CLOCK -> name(CLOCK, value);
            case MADV -> name(MADV, value);
            case FCNTL -> fcntl(value);
            case FUTEX -> futex(value);
            case SIG -> Signals.name((int) value);
            case DIRFD -> (int) value == -100 ? "AT_FDCWD" : Integer.toString((int) value);
            case IOCTL -> ioctl(value);
            case ARCHPRCTL -> value >= 0x1001 && value <= 0x1004
                    ? new String[] {"ARCH_SET_GS", "ARCH_SET_FS", "ARCH_GET_FS", "ARCH_GET_GS"}[(int) value - 0x1001]
                    : "0x" + Long.toHexString(value);
            case PRCTL -> value == 15 ? "PR_SET_NAME" : value == 16 ? "PR_GET_NAME" : Long.toString(value);
            default -> value == 0 ? "NULL" : "0x" + Long.toHexString(value);
        };
    }

    private static String open(long value) {
        String mode = switch ((int) value & 3) {
            case 0 -> "O_RDONLY";
            case 1 -> "O_WRONLY";
            case 2 -> "O_RDWR";
            default -> "O_ACCMODE";
        };
        String rest = OPEN.show(value & ~3L & 0xffffffffL);
        return rest.isEmpty() ? mode : mode + "|" + rest;
    }

    private static String clone(long value) {
        String flags = CLONE.show(value & ~0xffL);
        long signal = value & 0xff;
        String exitSignal = signal == 0 ? "" : Signals.name((int) signal);
        return flags.isEmpty() || exitSignal.isEmpty() ? flags + exitSignal : flags + "|" + exitSignal;
    }

    private static String fcntl(long value) {
        return switch ((int) value) {
            case 1030 -> "F_DUPFD_CLOEXEC";
            case 1031 -> "F_SETPIPE_SZ";
            case 1032 -> "F_GETPIPE_SZ";
            default -> name(FCNTL, value);
        };
    }

    private static String futex(long value) {
        String name = name(FUTEX, value & 0x7f);
        return name + ((value & 0x80) != 0 ? "_PRIVATE" : "") + ((value & 0x100) != 0 ? "|FUTEX_CLOCK_REALTIME" : "");
    }

    private static String ioctl(long value) {
        return switch ((int) value) {
            case 0x5401 -> "TCGETS";
            case 0x5402 -> "TCSETS";
            case 0x5403 -> "TCSETSW";
            case 0x5404 -> "TCSETSF";
            case 0x540f -> "TIOCGPGRP";
            case 0x5410 -> "TIOCSPGRP";
            case 0x5413 -> "TIOCGWINSZ";
            case 0x5414 -> "TIOCSWINSZ";
            case 0x541b -> "FIONREAD";
            case 0x5421 -> "FIONBIO";
            case 0x5450 -> "FIONCLEX";
            case 0x5451 -> "FIOCLEX";
            default -> "0x" + Long.toHexString(value);
        };
    }

    private static String name(String[] names, long value) {
        boolean isKnown = value >= 0 && value < names.length && !names[(int) value].isEmpty();
        return isKnown ? names[(int) value] : "0x" + Long.toHexString(value);
    }

    static String sigactionFlags(long flags) {
        return SIGACTION.show(flags);
    }

    /** "[INT CHLD]", or "~[...]" when most are in. */
    static String sigset(long mask) {
        boolean isInverted = Long.bitCount(mask) > Signals.NSIG / 2;
        long shown = isInverted ? ~mask : mask;
        StringBuilder text = new StringBuilder(isInverted ? "~[" : "[");
        String separator = "";
        for (int signal = 1; signal <= Signals.NSIG; signal++) {
            if ((shown & Signals.bit(signal)) != 0) {
                text.append(separator).append(Signals.name(signal).substring(3));
                separator = " ";
            }
        }
        return text.append(']').toString();
    }
}
