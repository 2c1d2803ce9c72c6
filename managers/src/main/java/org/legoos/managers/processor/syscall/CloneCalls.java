package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.CloneArgs;
import org.legoos.managers.processor.core.NewProcess;
import org.legoos.managers.processor.core.NewThread;
import org.legoos.managers.processor.core.UserThread;

/** fork, vfork, clone and clone3: one way in, then a thread of this process or a process. */
final class CloneCalls {
    private CloneCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("fork", (t, a, b, c, d, e, f) -> start(t, CloneArgs.fork()));
        table.full("vfork", (t, a, b, c, d, e, f) -> start(t, CloneArgs.vfork()));
        table.partial("clone", "no namespaces", (t, a, b, c, d, e, f) -> start(t, CloneArgs.clone(a, b, c, d, e)));
        table.partial("clone3", "no namespaces or cgroups",
                (t, a, b, c, d, e, f) -> start(t, CloneArgs.clone3(t, a, b)));
    }

    private static long start(UserThread t, CloneArgs args) {
        return args.has(CloneArgs.CLONE_THREAD) ? NewThread.start(t, args) : NewProcess.start(t, args);
    }
}
