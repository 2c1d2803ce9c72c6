package org.legoos.managers.processor.syscall;

import java.util.ArrayList;
import java.util.List;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Exec;
import org.legoos.managers.processor.core.ExitStatus;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.FileMode;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.Vfs;
import org.legoos.managers.processor.mm.AddressSpaces;

/** Life of processes and threads: exec, exit, arch_prctl. */
final class ProcessCalls {
    private static final int ARCH_SET_GS = 0x1001;
    private static final int ARCH_SET_FS = 0x1002;
    private static final int ARCH_GET_FS = 0x1003;
    private static final int ARCH_GET_GS = 0x1004;
    private static final long TASK_SIZE_MAX = 0x7ffffffff000L;


    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_EMPTY_PATH = 0x1000;

    private static final int ARGUMENTS_MAX = 1 << 16;
    private static final int ARGUMENT_BYTES_MAX = 131072;

    /** personality(2) with this only tells. */
    private static final int ASK_PERSONALITY = -1;

    private ProcessCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("execve", (t, a, b, c, d, e, f) -> execve(t, Exec.Target.of(t.user().path(a)), b, c));
        table.full("execveat", (t, a, b, c, d, e, f) -> execveat(t, (int) a, t.user().path(b), c, d, (int) e));
        table.full("exit", (t, a, b, c, d, e, f) -> exitThread(t, (int) a));
        table.full("exit_group", (t, a, b, c, d, e, f) -> exit(t, (int) a));
        table.full("set_tid_address", (t, a, b, c, d, e, f) -> setTidAddress(t, a));
        table.full("set_robust_list", (t, a, b, c, d, e, f) -> setRobustList(t, a, b));
        table.full("get_robust_list", (t, a, b, c, d, e, f) -> getRobustList(t, (int) a, b, c));
        table.full("arch_prctl", (t, a, b, c, d, e, f) -> archPrctl(t, (int) a, b));
        table.partial("personality", "ADDR_NO_RANDOMIZE, READ_IMPLIES_EXEC and UNAME26 act, the rest is kept",
                (t, a, b, c, d, e, f) -> personality(t, (int) a));
        table.none("rseq", "a thread is preempted by the host, in the middle of what rseq would have to abort; glibc, musl, tcmalloc go on without");
    }

    private static long personality(UserThread t, int persona) {
        int before = t.process().flags().personality();
        if (persona != ASK_PERSONALITY) {
            t.process().flags().setPersonality(persona);
        }
        return before & 0xffffffffL;
    }

    private static long exitThread(UserThread t, int code) {
        t.process().exitThread(t, ExitStatus.exited(code));
        return 0;
    }

    private static long exit(UserThread t, int code) {
        t.process().exitGroup(ExitStatus.exited(code));
        return 0;
    }

    private static long execve(UserThread t, Exec.Target target, long argvVa, long envpVa) {
        int[] budget = {AddressSpaces.ARGUMENT_BYTES_MAX};
        List<byte[]> argv = strings(t, argvVa, budget);
        List<byte[]> envp = strings(t, envpVa, budget);
        if (argv.isEmpty()) {
            argv.add(new byte[0]);
        }
        return Exec.exec(t, target, argv, envp);
    }

    private static long execveat(UserThread t, int dirFd, String path, long argvVa, long envpVa, int flags) {
        if ((flags & ~(AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW)) != 0) {
            return -Errno.EINVAL;
        }
        if (path.isEmpty() && (flags & AT_EMPTY_PATH) != 0) {
            return dirFd == Vfs.AT_FDCWD ? -Errno.EACCES : execve(t, byDescriptor(t, dirFd, path), argvVa, envpVa);
        }
        if (path.isEmpty()) {
            return -Errno.ENOENT;
        }
        if ((flags & AT_SYMLINK_NOFOLLOW) != 0) {
            FileService.Stat stat = new FileService.Stat();
            String resolved = t.process().manager().vfs().resolve(t, dirFd, path, false);
            t.process().manager().vfs().at(resolved).statOrThrow(t, resolved, stat);
            if (FileMode.isLink(stat.mode)) {
                return -Errno.ELOOP;
            }
        }
        return execve(t, byDescriptor(t, dirFd, path), argvVa, envpVa);
    }

    /** What a program by descriptor is called: /dev/fd/N or /dev/fd/N/PATH. */
    private static Exec.Target byDescriptor(UserThread t, int dirFd, String path) {
        if (dirFd == Vfs.AT_FDCWD || path.startsWith("/")) {
            return Exec.Target.of(path);
        }
        String name = "/dev/fd/" + dirFd + (path.isEmpty() ? "" : "/" + path);
        return new Exec.Target(dirFd, path, name, !t.files().isCloexec(dirFd));
    }

    /** A NULL-terminated array of strings; a null array is empty. */
    private static List<byte[]> strings(UserThread t, long va, int[] budget) {
        List<byte[]> all = new ArrayList<>();
        for (long at = va; va != 0; at += 8) {
            long string = t.user().getLong(at);
            if (string == 0) {
                break;
            }
            byte[] bytes = t.user().memory().readString(string, Math.min(ARGUMENT_BYTES_MAX, Math.max(1, budget[0])));
            if (bytes == null) {
                t.user().memory().getLong(string);
                throw SysError.of(t.user().memory().faulted() ? Errno.EFAULT : Errno.E2BIG);
            }
            budget[0] -= bytes.length + 9;
            if (budget[0] < 0 || all.size() >= ARGUMENTS_MAX) {
                throw SysError.of(Errno.E2BIG);
            }
            all.add(bytes);
        }
        return all;
    }

    private static long setTidAddress(UserThread t, long va) {
        t.clearChildTidVa = va;
        return t.tid();
    }

    private static long setRobustList(UserThread t, long va, long size) {
        if (size != 24) {
            return -Errno.EINVAL;
        }
        t.robustListVa = va;
        return 0;
    }

    private static long getRobustList(UserThread t, int tid, long headVa, long sizeVa) {
        UserThread of = tid == 0 ? t : t.process().manager().findThread(tid);
        if (of == null) {
            return -Errno.ESRCH;
        }
        t.user().putLong(sizeVa, 24);
        t.user().putLong(headVa, of.robustListVa);
        return 0;
    }

    private static long archPrctl(UserThread t, int code, long arg) {
        boolean isSetting = code == ARCH_SET_FS || code == ARCH_SET_GS;
        if (isSetting && Long.compareUnsigned(arg, TASK_SIZE_MAX) >= 0) {
            return -Errno.EPERM;
        }
        switch (code) {
            case ARCH_SET_FS -> t.cpu().setFsBase(arg);
            case ARCH_SET_GS -> t.cpu().setGsBase(arg);
            case ARCH_GET_FS -> t.user().putLong(arg, t.cpu().fsBase());
            case ARCH_GET_GS -> t.user().putLong(arg, t.cpu().gsBase());
            default -> {
                return -Errno.EINVAL;
            }
        }
        return 0;
    }
}
