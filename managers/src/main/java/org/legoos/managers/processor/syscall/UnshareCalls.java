package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.CloneArgs;
import org.legoos.managers.processor.core.UserThread;

/** unshare(2) (ksys_unshare of kernel/fork.c). There are no namespaces. */
final class UnshareCalls {
    private static final long KNOWN = CloneArgs.CLONE_FILES | CloneArgs.CLONE_FS | CloneArgs.CLONE_SYSVSEM
            | CloneArgs.CLONE_THREAD | CloneArgs.CLONE_SIGHAND | CloneArgs.CLONE_VM;
    private static final long OF_SINGLE_THREADS = CloneArgs.CLONE_THREAD | CloneArgs.CLONE_SIGHAND | CloneArgs.CLONE_VM;

    private UnshareCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.partial("unshare", "descriptors and working directory; there are no namespaces",
                (t, a, b, c, d, e, f) -> unshare(t, a & 0xffffffffL));
        table.partial("setns", "EINVAL: there are no namespaces, so no descriptor is one of them",
                (t, a, b, c, d, e, f) -> setns(t, a));
    }

    private static long setns(UserThread t, long fd) {
        t.files().get(fd);
        return -Errno.EINVAL;
    }

    private static long unshare(UserThread t, long flags) {
        if ((flags & ~KNOWN) != 0) {
            return -Errno.EINVAL;
        }
        boolean isAlone = t.process().threads().size() == 1 && !t.process().space().isShared();
        if ((flags & OF_SINGLE_THREADS) != 0 && !isAlone) {
            return -Errno.EINVAL;
        }
        t.unshare((flags & CloneArgs.CLONE_FILES) != 0, (flags & CloneArgs.CLONE_FS) != 0);
        return 0;
    }
}
