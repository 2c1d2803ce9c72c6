package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.UserThread;

/**
 * membarrier(2). Threads that share memory take turns on one core, and changing hands is a full barrier; host threads
 * of other processes pass one at each system call and turn. So nothing is left to do but to check the arguments.
 * Code that was modified is seen by the next run: the core drops what it had translated of a page that is written.
 */
final class BarrierCalls {
    private static final int QUERY = 0;
    private static final int GLOBAL = 1;
    private static final int GLOBAL_EXPEDITED = 1 << 1;
    private static final int REGISTER_GLOBAL_EXPEDITED = 1 << 2;
    private static final int PRIVATE_EXPEDITED = 1 << 3;
    private static final int REGISTER_PRIVATE_EXPEDITED = 1 << 4;
    private static final int PRIVATE_EXPEDITED_SYNC_CORE = 1 << 5;
    private static final int REGISTER_PRIVATE_EXPEDITED_SYNC_CORE = 1 << 6;
    private static final int ALL = (1 << 7) - 1;

    private BarrierCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.partial("membarrier", "no RSEQ commands", (t, a, b, c, d, e, f) -> membarrier(t, (int) a, (int) b));
    }

    private static long membarrier(UserThread t, int command, int flags) {
        if (flags != 0) {
            return -Errno.EINVAL;
        }
        Process process = t.process();
        return switch (command) {
            case QUERY -> ALL;
            case GLOBAL, GLOBAL_EXPEDITED -> 0;
            case REGISTER_GLOBAL_EXPEDITED, REGISTER_PRIVATE_EXPEDITED, REGISTER_PRIVATE_EXPEDITED_SYNC_CORE -> {
                process.registerBarrier(command);
                yield 0;
            }
            case PRIVATE_EXPEDITED, PRIVATE_EXPEDITED_SYNC_CORE ->
                process.isBarrierRegistered(command << 1) ? 0 : -Errno.EPERM;
            default -> -Errno.EINVAL;
        };
    }
}
