package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.IoVector;
import org.legoos.managers.processor.core.Pidfds;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.FdTable;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.mm.AddressSpace;

/** What one process asks of another's kernel objects and memory: kcmp(2), process_madvise(2), process_mrelease(2), move_pages(2). */
final class OtherProcessCalls {
    private static final int KCMP_FILE = 0;
    private static final int KCMP_VM = 1;
    private static final int KCMP_FILES = 2;
    private static final int KCMP_FS = 3;
    private static final int KCMP_SIGHAND = 4;
    private static final int KCMP_IO = 5;
    private static final int KCMP_SYSVSEM = 6;

    private static final int MADV_WILLNEED = 3;
    private static final int MADV_COLD = 20;
    private static final int MADV_PAGEOUT = 21;
    private static final int MADV_COLLAPSE = 25;

    private static final int MPOL_MF_MOVE = 2;
    private static final int MPOL_MF_MOVE_ALL = 4;
    private static final long NODE_0 = 1;

    private OtherProcessCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.partial("kcmp", "no KCMP_EPOLL_TFD", (t, a, b, c, d, e, f) -> kcmp(t, (int) a, (int) b, (int) c, d, e));
        table.full("process_madvise", (t, a, b, c, d, e, f) -> processMadvise(t, (int) a, b, c, (int) d, e));
        table.full("process_mrelease", (t, a, b, c, d, e, f) -> release(t, (int) a, b));
        String one = "there is one NUMA node";
        table.partial("move_pages", one, (t, a, b, c, d, e, f) -> movePages(t, (int) a, b, c, d, e, (int) f));
        table.partial("migrate_pages", one, (t, a, b, c, d, e, f) -> migrate(t, (int) a, b, c, d));
    }

    /** The thread, whose process the caller may look into. */
    private static UserThread accessible(UserThread t, int tid) {
        UserThread thread = tid == 0 ? t : t.process().manager().findThread(tid);
        if (thread == null) {
            throw SysError.of(Errno.ESRCH);
        }
        RemoteMemoryCalls.requireMayAccess(t, thread.process());
        return thread;
    }

    /** @return 0 for the same, 1 and 2 for less and more in an order that means nothing but is one */
    private static long kcmp(UserThread t, int firstTid, int secondTid, int type, long firstFd, long secondFd) {
        UserThread first = accessible(t, firstTid);
        UserThread second = accessible(t, secondTid);
        return switch (type) {
            case KCMP_FILE -> order(file(first, firstFd), file(second, secondFd));
            case KCMP_VM -> order(first.process().space(), second.process().space());
            case KCMP_FILES -> order(first.files(), second.files());
            case KCMP_FS -> order(first.fs(), second.fs());
            case KCMP_SIGHAND -> order(first.process().actions(), second.process().actions());
            case KCMP_IO -> 0; // nobody has an I/O context
            case KCMP_SYSVSEM -> order(first.process(), second.process());
            default -> -Errno.EINVAL;
        };
    }

    private static OpenFile file(UserThread of, long fd) {
        FdTable files = of.files();
        OpenFile file = files == null || fd < 0 || fd > Integer.MAX_VALUE ? null : files.find((int) fd);
        if (file == null) {
            throw SysError.of(Errno.EBADF);
        }
        return file;
    }

    private static long order(Object first, Object second) {
        return first == second ? 0 : System.identityHashCode(first) < System.identityHashCode(second) ? 1 : 2;
    }

    private static long processMadvise(UserThread t, int pidfd, long vectorVa, long count, int advice, long flags) {
        if (flags != 0) {
            return -Errno.EINVAL;
        }
        IoVector ranges = new IoVector().load(t, vectorVa, count);
        Process target = Pidfds.find(t, pidfd).process();
        boolean isKnown = advice == MADV_COLD || advice == MADV_PAGEOUT || advice == MADV_WILLNEED || advice == MADV_COLLAPSE;
        if (!isKnown) {
            return -Errno.EINVAL;
        }
        AddressSpace space = target.space();
        if (space == null) {
            return -Errno.ESRCH;
        }
        RemoteMemoryCalls.requireMayAccess(t, target);
        if (target != t.process() && !t.process().credentials().has(Capability.CAP_SYS_NICE)) {
            return -Errno.EPERM;
        }
        long done = 0;
        for (int i = 0; i < count; i++) {
            long result = space.madvise(ranges.base(i), ranges.length(i), advice);
            if (result < 0) {
                return done > 0 ? done : result;
            }
            done += ranges.length(i);
        }
        return done;
    }

    /** The memory of a process that was killed goes by itself, as soon as its threads have left. */
    private static long release(UserThread t, int pidfd, long flags) {
        if (flags != 0) {
            return -Errno.EINVAL;
        }
        Process target = Pidfds.find(t, pidfd).process();
        if (target.hasEnded() || target.space() == null) {
            return -Errno.ESRCH;
        }
        return target.isExiting() ? 0 : -Errno.EINVAL;
    }

    private static long movePages(UserThread t, int pid, long count, long pagesVa, long nodesVa, long statusVa, int flags) {
        boolean movesAll = (flags & MPOL_MF_MOVE_ALL) != 0;
        if ((flags & ~(MPOL_MF_MOVE | MPOL_MF_MOVE_ALL)) != 0) {
            return -Errno.EINVAL;
        }
        if (movesAll && !t.process().credentials().has(Capability.CAP_SYS_NICE)) {
            return -Errno.EPERM;
        }
        AddressSpace space = accessible(t, pid).process().space();
        for (long i = 0; space != null && i < count; i++) {
            if (t.isInterrupted()) {
                return -Errno.EINTR;
            }
            long pageVa = t.user().getLong(pagesVa + i * Long.BYTES);
            if (nodesVa != 0 && t.user().getInt(nodesVa + i * Integer.BYTES) != 0) {
                return -Errno.ENODEV;
            }
            int status = !space.isMapped(pageVa) ? -Errno.EFAULT : space.pages().isResident(pageVa) ? 0 : -Errno.ENOENT;
            t.user().putInt(statusVa + i * Integer.BYTES, status);
        }
        return space == null ? -Errno.ESRCH : 0;
    }

    private static long migrate(UserThread t, int pid, long maxNode, long oldVa, long newVa) {
        long from = maxNode == 0 || oldVa == 0 ? 0 : t.user().getLong(oldVa);
        long to = maxNode == 0 || newVa == 0 ? 0 : t.user().getLong(newVa);
        accessible(t, pid);
        return (from & ~NODE_0) != 0 && (to & NODE_0) == 0 || (to & ~NODE_0) != 0 ? -Errno.EINVAL : 0;
    }
}
