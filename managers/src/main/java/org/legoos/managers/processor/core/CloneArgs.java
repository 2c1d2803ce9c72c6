package org.legoos.managers.processor.core;

import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;

/**
 * What fork(2), vfork(2), clone(2) and clone3(2) ask for, checked as Linux checks it (kernel_clone and copy_process in
 * kernel/fork.c).
 *
 * @param flags CLONE_*, without the exit signal
 * @param exitSignal what the parent gets when the child ends; 0 for none
 * @param stackVa the child's stack pointer; 0 to keep the parent's
 * @param pidfdVa,childTidVa,parentTidVa where descriptor and ids go, if the flags say so
 * @param tlsVa FS base, with CLONE_SETTLS
 * @param chosenTid clone3's set_tid; 0 for any number
 */
public record CloneArgs(long flags, int exitSignal, long stackVa, long pidfdVa, long childTidVa, long parentTidVa,
        long tlsVa, int chosenTid) {
    public static final long CSIGNAL = 0xff;
    public static final long CLONE_NEWTIME = 0x80;
    public static final long CLONE_VM = 0x100;
    public static final long CLONE_FS = 0x200;
    public static final long CLONE_FILES = 0x400;
    public static final long CLONE_SIGHAND = 0x800;
    public static final long CLONE_PIDFD = 0x1000;
    public static final long CLONE_PTRACE = 0x2000;
    public static final long CLONE_VFORK = 0x4000;
    public static final long CLONE_PARENT = 0x8000;
    public static final long CLONE_THREAD = 0x10000;
    public static final long CLONE_NEWNS = 0x20000;
    public static final long CLONE_SYSVSEM = 0x40000;
    public static final long CLONE_SETTLS = 0x80000;
    public static final long CLONE_PARENT_SETTID = 0x100000;
    public static final long CLONE_CHILD_CLEARTID = 0x200000;
    public static final long CLONE_DETACHED = 0x400000;
    public static final long CLONE_UNTRACED = 0x800000;
    public static final long CLONE_CHILD_SETTID = 0x1000000;
    public static final long CLONE_NEWCGROUP = 0x2000000;
    public static final long CLONE_NEWUTS = 0x4000000;
    public static final long CLONE_NEWIPC = 0x8000000;
    public static final long CLONE_NEWUSER = 0x10000000;
    public static final long CLONE_NEWPID = 0x20000000;
    public static final long CLONE_NEWNET = 0x40000000;
    public static final long CLONE_IO = 0x80000000L;
    public static final long CLONE_CLEAR_SIGHAND = 0x100000000L;
    public static final long CLONE_INTO_CGROUP = 0x200000000L;

    private static final long NAMESPACES = CLONE_NEWTIME | CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC
            | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;
    private static final long KNOWN_TO_CLONE3 = 0x3ffffffffL & ~(CSIGNAL | CLONE_DETACHED) | CLONE_NEWTIME;

    /** struct clone_args: CLONE_ARGS_SIZE_VER0 and the size that we know (VER2). */
    private static final int SIZE_MIN = 64;

    private static final int SIZE_KNOWN = 88;
    private static final int SIZE_MAX = 4096;
    private static final int FLAGS = 0;
    private static final int PIDFD = 8;
    private static final int CHILD_TID = 16;
    private static final int PARENT_TID = 24;
    private static final int EXIT_SIGNAL = 32;
    private static final int STACK = 40;
    private static final int STACK_SIZE = 48;
    private static final int TLS = 56;
    private static final int SET_TID = 64;
    private static final int SET_TID_SIZE = 72;
    private static final int SET_TID_MAX = 32;
    private static final int CGROUP = 80;

    public boolean has(long flag) {
        return (flags & flag) != 0;
    }

    /** fork(2). */
    public static CloneArgs fork() {
        return new CloneArgs(0, Signals.SIGCHLD, 0, 0, 0, 0, 0, 0);
    }

    /** vfork(2). */
    public static CloneArgs vfork() {
        return new CloneArgs(CLONE_VFORK | CLONE_VM, Signals.SIGCHLD, 0, 0, 0, 0, 0, 0);
    }

    /** clone(2): one address serves CLONE_PARENT_SETTID and CLONE_PIDFD, so both together are refused. */
    public static CloneArgs clone(long rawFlags, long stackVa, long parentTidVa, long childTidVa, long tlsVa) {
        long flags = rawFlags & 0xffffffffL & ~CSIGNAL;
        if ((flags & CLONE_PIDFD) != 0 && (flags & CLONE_PARENT_SETTID) != 0) {
            throw SysError.of(Errno.EINVAL);
        }
        int signal = (int) (rawFlags & CSIGNAL);
        return checked(new CloneArgs(flags, signal, stackVa, parentTidVa, childTidVa, parentTidVa, tlsVa, 0));
    }

    /** clone3(2): reads struct clone_args; what lies behind the part that we know must be zero. */
    public static CloneArgs clone3(UserThread t, long argsVa, long sizeBytes) {
        if (Long.compareUnsigned(sizeBytes, SIZE_MAX) > 0) {
            throw SysError.of(Errno.E2BIG);
        }
        if (sizeBytes < SIZE_MIN) {
            throw SysError.of(Errno.EINVAL);
        }
        byte[] args = new byte[Math.max(SIZE_KNOWN, (int) sizeBytes)];
        t.user().read(argsVa, args, (int) sizeBytes);
        for (int i = SIZE_KNOWN; i < sizeBytes; i++) {
            if (args[i] != 0) {
                throw SysError.of(Errno.E2BIG);
            }
        }
        long flags = Le.getLong(args, FLAGS);
        long signal = Le.getLong(args, EXIT_SIGNAL);
        checkClone3(args, sizeBytes, flags, signal);
        long stack = Le.getLong(args, STACK);
        long size = Le.getLong(args, STACK_SIZE);
        boolean isWhole = stack == 0 ? size == 0 : size > 0 && stack > 0 && stack + size > stack;
        if (!isWhole) {
            throw SysError.of(Errno.EINVAL);
        }
        return checked(new CloneArgs(flags, (int) signal, stack + size, Le.getLong(args, PIDFD),
                Le.getLong(args, CHILD_TID), Le.getLong(args, PARENT_TID), Le.getLong(args, TLS), chosenTid(t, args)));
    }

    private static void checkClone3(byte[] args, long sizeBytes, long flags, long signal) {
        long tids = Le.getLong(args, SET_TID);
        long tidCount = Le.getLong(args, SET_TID_SIZE);
        boolean isKnown = (flags & ~KNOWN_TO_CLONE3) == 0 && signal >= 0 && signal <= Signals.NSIG;
        boolean isTidsOk = tidCount >= 0 && tidCount <= SET_TID_MAX && (tids == 0) == (tidCount == 0);
        boolean hasSignal = (flags & (CLONE_THREAD | CLONE_PARENT)) != 0 && signal != 0;
        boolean clearsShared = (flags & CLONE_SIGHAND) != 0 && (flags & CLONE_CLEAR_SIGHAND) != 0;
        boolean isBadCgroup = (flags & CLONE_INTO_CGROUP) != 0
                && (sizeBytes < SIZE_KNOWN || Long.compareUnsigned(Le.getLong(args, CGROUP), Integer.MAX_VALUE) > 0);
        if (!isKnown || !isTidsOk || hasSignal || clearsShared || isBadCgroup) {
            throw SysError.of(Errno.EINVAL);
        }
        if ((flags & CLONE_INTO_CGROUP) != 0) {
            throw SysError.of(Errno.EBADF); // no descriptor is one of a cgroup
        }
    }

    /** set_tid: there is one PID namespace, so one number at most (alloc_pid of kernel/pid.c). */
    private static int chosenTid(UserThread t, byte[] args) {
        long count = Le.getLong(args, SET_TID_SIZE);
        if (count == 0) {
            return 0;
        }
        if (count > 1) {
            throw SysError.of(Errno.EINVAL);
        }
        int tid = t.user().getInt(Le.getLong(args, SET_TID));
        if (tid < 1 || tid >= ProcessorManager.PID_MAX) {
            throw SysError.of(Errno.EINVAL);
        }
        Credentials who = t.process().credentials();
        if (!who.has(Capability.CAP_SYS_ADMIN) && !who.has(Capability.CAP_CHECKPOINT_RESTORE)) {
            throw SysError.of(Errno.EPERM);
        }
        return tid;
    }

    /** The combinations that copy_process refuses; namespaces are refused as by a kernel that was built without. */
    private static CloneArgs checked(CloneArgs args) {
        boolean isBad = args.has(CLONE_THREAD) && !args.has(CLONE_SIGHAND)
                || args.has(CLONE_SIGHAND) && !args.has(CLONE_VM)
                || args.has(CLONE_PIDFD) && args.has(CLONE_DETACHED)
                || args.has(CLONE_PIDFD) && args.has(CLONE_THREAD)
                || args.has(NAMESPACES);
        if (isBad) {
            throw SysError.of(Errno.EINVAL);
        }
        return args;
    }
}
