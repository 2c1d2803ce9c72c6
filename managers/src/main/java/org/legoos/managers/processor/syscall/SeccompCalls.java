package org.legoos.managers.processor.syscall;

import org.legoos.kernel.seccomp.BpfProgram;
import org.legoos.kernel.seccomp.FilterChain;
import org.legoos.kernel.seccomp.SeccompAction;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.Seccomp;
import org.legoos.managers.processor.core.UserThread;

/** seccomp(2) and prctl(2)'s PR_SET_SECCOMP. */
final class SeccompCalls {
    private static final int SET_MODE_STRICT = 0;
    private static final int SET_MODE_FILTER = 1;
    private static final int GET_ACTION_AVAIL = 2;

    private static final int FLAG_TSYNC = 1;
    private static final int FLAG_LOG = 1 << 1;
    private static final int FLAG_SPEC_ALLOW = 1 << 2;
    private static final int FLAG_TSYNC_ESRCH = 1 << 4;

    /** struct sock_fprog: u16 length in instructions, pointer. */
    private static final int PROGRAM_POINTER = 8;

    private SeccompCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.partial("seccomp", "no SECCOMP_FILTER_FLAG_NEW_LISTENER", (t, a, b, c, d, e, f) -> seccomp(t, (int) a, (int) b, c));
    }

    private static long seccomp(UserThread t, int operation, int flags, long argVa) {
        return switch (operation) {
            case SET_MODE_STRICT -> flags != 0 || argVa != 0 ? -Errno.EINVAL : strict(t);
            case SET_MODE_FILTER -> filter(t, flags, argVa);
            case GET_ACTION_AVAIL -> flags != 0 ? -Errno.EINVAL
                    : SeccompAction.isAvailable(t.user().getInt(argVa)) ? 0 : -Errno.EOPNOTSUPP;
            default -> -Errno.EINVAL;
        };
    }

    /** PR_SET_SECCOMP. */
    static long setMode(UserThread t, long mode, long argVa) {
        return mode == Seccomp.MODE_STRICT ? strict(t) : mode == Seccomp.MODE_FILTER ? filter(t, 0, argVa) : -Errno.EINVAL;
    }

    private static long strict(UserThread t) {
        if (t.seccomp().mode() == Seccomp.MODE_FILTER) {
            return -Errno.EINVAL;
        }
        t.seccomp().beStrict();
        return 0;
    }

    private static long filter(UserThread t, int flags, long programVa) {
        if ((flags & ~(FLAG_TSYNC | FLAG_LOG | FLAG_SPEC_ALLOW | FLAG_TSYNC_ESRCH)) != 0) {
            return -Errno.EINVAL;
        }
        int length = t.user().getInt(programVa) & 0xffff;
        long instructionsVa = t.user().getLong(programVa + PROGRAM_POINTER);
        if (length == 0 || length > BpfProgram.INSTRUCTIONS_MAX) {
            return -Errno.EINVAL;
        }
        Process process = t.process();
        if (!process.flags().hasNoNewPrivileges() && !process.credentials().has(Capability.CAP_SYS_ADMIN)) {
            return -Errno.EACCES;
        }
        byte[] image = new byte[length * BpfProgram.INSTRUCTION_BYTES];
        t.user().read(instructionsVa, image, image.length);
        BpfProgram program = BpfProgram.parse(image);
        if (program == null || t.seccomp().mode() == Seccomp.MODE_STRICT) {
            return -Errno.EINVAL;
        }
        FilterChain chain = FilterChain.add(program, t.seccomp().filters(), (flags & FLAG_LOG) != 0);
        if (chain == null) {
            return -Errno.ENOMEM;
        }
        return (flags & FLAG_TSYNC) == 0 ? use(t, chain) : useByAll(t, chain, (flags & FLAG_TSYNC_ESRCH) != 0);
    }

    private static long use(UserThread t, FilterChain chain) {
        t.seccomp().setFilters(chain);
        return 0;
    }

    /** All threads get the filters, or none when one has others. @return the id of one that has, or 0 */
    private static long useByAll(UserThread t, FilterChain chain, boolean hidesId) {
        Process process = t.process();
        synchronized (process) { // no thread begins meanwhile
            for (UserThread other : process.threads()) {
                boolean isStrict = other.seccomp().mode() == Seccomp.MODE_STRICT;
                if (isStrict || !FilterChain.isBegunBy(chain, other.seccomp().filters())) {
                    return hidesId ? -Errno.ESRCH : other.tid();
                }
            }
            for (UserThread other : process.threads()) {
                other.seccomp().setFilters(chain);
            }
        }
        return 0;
    }
}
