package org.legoos.managers.processor.syscall;

import java.util.Arrays;
import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.Program;
import org.legoos.managers.processor.core.UserThread;

/** prctl(2). */
final class PrctlCalls {
    private static final int PR_SET_PDEATHSIG = 1;
    private static final int PR_GET_PDEATHSIG = 2;
    private static final int PR_GET_DUMPABLE = 3;
    private static final int PR_SET_DUMPABLE = 4;
    private static final int PR_GET_KEEPCAPS = 7;
    private static final int PR_SET_KEEPCAPS = 8;
    private static final int PR_SET_NAME = 15;
    private static final int PR_GET_NAME = 16;
    private static final int PR_GET_SECCOMP = 21;
    private static final int PR_SET_SECCOMP = 22;
    private static final int PR_CAPBSET_READ = 23;
    private static final int PR_GET_SECUREBITS = 27;
    private static final int PR_SET_TIMERSLACK = 29;
    private static final int PR_GET_TIMERSLACK = 30;
    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final int PR_GET_CHILD_SUBREAPER = 37;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int PR_GET_NO_NEW_PRIVS = 39;
    private static final int PR_GET_TID_ADDRESS = 40;
    private static final int PR_CAPBSET_DROP = 24;
    private static final int PR_SET_SECUREBITS = 28;
    private static final int PR_CAP_AMBIENT = 47;

    private PrctlCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.partial("prctl", "no SET_MM, SET_SYSCALL_USER_DISPATCH, TSC_SIGSEGV; TIMERSLACK, THP_DISABLE, IO_FLUSHER, MCE_KILL are kept",
                (t, a, b, c, d, e, f) -> prctl(t, (int) a, b, c, d, e));
    }

    private static long prctl(UserThread t, int option, long arg2, long arg3, long arg4, long arg5) {
        if (PrctlMore.isOne(option)) {
            return PrctlMore.prctl(t, option, arg2, arg3, arg4, arg5);
        }
        return switch (option) {
            case PR_SET_SECCOMP -> SeccompCalls.setMode(t, arg2, arg3);
            case PR_CAP_AMBIENT -> CapabilityCalls.ambient(t.process(), arg2, arg3, (arg4 | arg5) == 0);
            default -> prctl(t, option, arg2, (arg3 | arg4 | arg5) == 0);
        };
    }

    private static long prctl(UserThread t, int option, long arg, boolean isRestZero) {
        Process process = t.process();
        switch (option) {
            case PR_SET_NAME -> t.setComm(name(t, arg));
            case PR_GET_NAME -> {
                byte[] name = Arrays.copyOf(Program.bytes(t.comm()), Program.COMM_LENGTH_MAX + 1);
                t.user().write(arg, name, name.length);
            }
            case PR_SET_PDEATHSIG -> {
                if (arg < 0 || arg > Signals.NSIG) {
                    return -Errno.EINVAL;
                }
                process.flags().setParentDeathSignal((int) arg);
            }
            case PR_GET_PDEATHSIG -> t.user().putInt(arg, process.flags().parentDeathSignal());
            case PR_SET_CHILD_SUBREAPER -> process.setSubreaper(arg != 0);
            case PR_GET_CHILD_SUBREAPER -> t.user().putInt(arg, process.isSubreaper() ? 1 : 0);
            case PR_GET_TID_ADDRESS -> t.user().putLong(arg, t.clearChildTidVa);
            case PR_GET_SECCOMP -> {
                return t.seccomp().mode();
            }
            case PR_SET_TIMERSLACK -> process.flags().setTimerSlackNs(arg);
            default -> {
                return flag(process, option, arg, isRestZero);
            }
        }
        return 0;
    }

    /** Options whose argument or result is a number. */
    private static long flag(Process process, int option, long arg, boolean isRestZero) {
        boolean isBool = arg == 0 || arg == 1;
        switch (option) {
            case PR_GET_DUMPABLE -> {
                return process.flags().isDumpable() ? 1 : 0;
            }
            case PR_SET_DUMPABLE -> {
                if (!isBool) {
                    return -Errno.EINVAL;
                }
                process.flags().setDumpable(arg == 1);
                return 0;
            }
            case PR_GET_TIMERSLACK -> {
                return process.flags().timerSlackNs();
            }
            case PR_CAPBSET_READ -> {
                return CapabilityCalls.readBounding(process, arg);
            }
            case PR_CAPBSET_DROP -> {
                return CapabilityCalls.dropBounding(process, arg);
            }
            case PR_GET_SECUREBITS -> {
                return process.credentials().securebits;
            }
            case PR_SET_SECUREBITS -> {
                return CapabilityCalls.setSecurebits(process, arg);
            }
            case PR_GET_KEEPCAPS -> {
                return (process.credentials().securebits & Credentials.SECBIT_KEEP_CAPS) != 0 ? 1 : 0;
            }
            case PR_SET_KEEPCAPS -> {
                return CapabilityCalls.setKeepCaps(process, arg);
            }
            case PR_SET_NO_NEW_PRIVS -> {
                if (arg != 1 || !isRestZero) {
                    return -Errno.EINVAL;
                }
                process.flags().setNoNewPrivileges();
                return 0;
            }
            case PR_GET_NO_NEW_PRIVS -> {
                return arg != 0 || !isRestZero ? -Errno.EINVAL : process.flags().hasNoNewPrivileges() ? 1 : 0;
            }
            default -> {
                return -Errno.EINVAL;
            }
        }
    }

    /** At most 15 bytes; the rest is cut, as Linux does. */
    private static String name(UserThread t, long va) {
        byte[] bytes = new byte[Program.COMM_LENGTH_MAX];
        int length = t.user().memory().read(va, bytes, 0, bytes.length);
        int end = 0;
        while (end < length && bytes[end] != 0) {
            end++;
        }
        if (end == length && length < bytes.length) {
            throw SysError.of(Errno.EFAULT);
        }
        return Program.latin1(Arrays.copyOf(bytes, end));
    }
}
