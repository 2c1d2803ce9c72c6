package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.ProcessFlags;
import org.legoos.managers.processor.core.Program;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.proc.Auxv;

/** The options of prctl(2) about memory, the processor and the machine. */
final class PrctlMore {
    private static final int PR_GET_TIMING = 13;
    private static final int PR_SET_TIMING = 14;
    private static final int PR_GET_TSC = 25;
    private static final int PR_SET_TSC = 26;
    private static final int PR_TSC_ENABLE = 1;
    private static final int PR_TASK_PERF_EVENTS_DISABLE = 31;
    private static final int PR_TASK_PERF_EVENTS_ENABLE = 32;
    private static final int PR_MCE_KILL = 33;
    private static final int PR_MCE_KILL_GET = 34;
    private static final int PR_MCE_KILL_CLEAR = 0;
    private static final int PR_MCE_KILL_SET = 1;
    private static final int PR_SET_MM = 35;
    private static final int PR_SET_THP_DISABLE = 41;
    private static final int PR_GET_THP_DISABLE = 42;
    private static final int PR_GET_SPECULATION_CTRL = 52;
    private static final int PR_SET_SPECULATION_CTRL = 53;
    private static final int PR_SPEC_LAST = 2;
    private static final int PR_SET_IO_FLUSHER = 57;
    private static final int PR_GET_IO_FLUSHER = 58;
    private static final int PR_SET_MDWE = 65;
    private static final int PR_GET_MDWE = 66;
    private static final int PR_SET_MEMORY_MERGE = 67;
    private static final int PR_GET_MEMORY_MERGE = 68;
    private static final int PR_SET_VMA = 0x53564d41;
    private static final int PR_SET_VMA_ANON_NAME = 0;
    private static final int PR_GET_AUXV = 0x41555856;
    private static final int VMA_NAME_MAX = 79;
    private static final long PAGE_MASK = 4095;

    private PrctlMore() {}

    static boolean isOne(int option) {
        return switch (option) {
            case PR_GET_TIMING, PR_SET_TIMING, PR_GET_TSC, PR_SET_TSC, PR_TASK_PERF_EVENTS_DISABLE, PR_TASK_PERF_EVENTS_ENABLE, PR_MCE_KILL,
                    PR_MCE_KILL_GET, PR_SET_MM, PR_SET_THP_DISABLE, PR_GET_THP_DISABLE, PR_GET_SPECULATION_CTRL, PR_SET_SPECULATION_CTRL,
                    PR_SET_IO_FLUSHER, PR_GET_IO_FLUSHER, PR_SET_MDWE, PR_GET_MDWE, PR_SET_MEMORY_MERGE, PR_GET_MEMORY_MERGE, PR_SET_VMA,
                    PR_GET_AUXV -> true;
            default -> false;
        };
    }

    static long prctl(UserThread t, int option, long arg2, long arg3, long arg4, long arg5) {
        ProcessFlags flags = t.process().flags();
        boolean isRestZero = (arg3 | arg4 | arg5) == 0;
        switch (option) {
            case PR_GET_TSC -> t.user().putInt(arg2, PR_TSC_ENABLE);
            case PR_SET_MM -> {
                return t.process().credentials().has(Capability.CAP_SYS_RESOURCE) ? -Errno.EINVAL : -Errno.EPERM;
            }
            case PR_MCE_KILL -> {
                return setMemoryFailure(flags, arg2, arg3, (arg4 | arg5) == 0);
            }
            case PR_GET_SPECULATION_CTRL, PR_SET_SPECULATION_CTRL -> {
                return speculation(option, arg2, (option == PR_GET_SPECULATION_CTRL ? arg3 : 0) | arg4 | arg5);
            }
            case PR_SET_VMA -> {
                return arg2 == PR_SET_VMA_ANON_NAME ? nameMemory(t, arg3, arg4, arg5) : -Errno.EINVAL;
            }
            case PR_GET_AUXV -> {
                return (arg4 | arg5) != 0 ? -Errno.EINVAL : auxv(t, arg2, arg3);
            }
            case PR_GET_THP_DISABLE, PR_GET_MDWE, PR_GET_IO_FLUSHER, PR_GET_MEMORY_MERGE, PR_MCE_KILL_GET -> {
                return arg2 != 0 || !isRestZero ? -Errno.EINVAL : get(t.process(), option);
            }
            case PR_SET_THP_DISABLE, PR_SET_MDWE, PR_SET_IO_FLUSHER, PR_SET_MEMORY_MERGE -> {
                return isRestZero ? set(t.process(), option, arg2) : -Errno.EINVAL;
            }
            default -> {
                boolean isSet = option == PR_SET_TSC || option == PR_SET_TIMING;
                return isSet && arg2 != (option == PR_SET_TSC ? PR_TSC_ENABLE : 0) ? -Errno.EINVAL : 0;
            }
        }
        return 0;
    }

    private static long get(Process process, int option) {
        ProcessFlags flags = process.flags();
        boolean isOn = switch (option) {
            case PR_GET_THP_DISABLE -> flags.isThpDisabled();
            case PR_GET_IO_FLUSHER -> flags.isIoFlusher();
            default -> flags.mergesMemory();
        };
        return switch (option) {
            case PR_GET_MDWE -> flags.denyWriteExec();
            case PR_MCE_KILL_GET -> flags.memoryFailurePolicy();
            case PR_GET_IO_FLUSHER -> mayFlush(process) ? isOn ? 1 : 0 : -Errno.EPERM;
            default -> isOn ? 1 : 0;
        };
    }

    private static boolean mayFlush(Process process) {
        return process.credentials().has(Capability.CAP_SYS_RESOURCE);
    }

    private static long set(Process process, int option, long value) {
        ProcessFlags flags = process.flags();
        switch (option) {
            case PR_SET_THP_DISABLE -> flags.setThpDisabled(value != 0);
            case PR_SET_MEMORY_MERGE -> flags.setMemoryMerge(value != 0);
            case PR_SET_IO_FLUSHER -> {
                if (!mayFlush(process)) {
                    return -Errno.EPERM;
                }
                if (value != 0 && value != 1) {
                    return -Errno.EINVAL;
                }
                flags.setIoFlusher(value == 1);
            }
            default -> {
                return denyWriteExec(flags, value);
            }
        }
        return 0;
    }

    /** PR_SET_MDWE: bits come and do not go. */
    private static long denyWriteExec(ProcessFlags flags, long bits) {
        long all = ProcessFlags.PR_MDWE_REFUSE_EXEC_GAIN | ProcessFlags.PR_MDWE_NO_INHERIT;
        boolean isAlone = bits == ProcessFlags.PR_MDWE_NO_INHERIT;
        if ((bits & ~all) != 0 || isAlone) {
            return -Errno.EINVAL;
        }
        int now = flags.denyWriteExec();
        if (now != 0 && now != bits) {
            return -Errno.EPERM;
        }
        flags.setDenyWriteExec((int) bits);
        return 0;
    }

    private static long setMemoryFailure(ProcessFlags flags, long what, long policy, boolean isRestZero) {
        boolean isClear = what == PR_MCE_KILL_CLEAR;
        if (!isRestZero || !isClear && what != PR_MCE_KILL_SET || isClear && policy != 0
                || policy < 0 || policy > ProcessFlags.PR_MCE_KILL_DEFAULT) {
            return -Errno.EINVAL;
        }
        flags.setMemoryFailurePolicy(isClear ? ProcessFlags.PR_MCE_KILL_DEFAULT : (int) policy);
        return 0;
    }

    /** The translated processor does not run ahead of its program: PR_SPEC_NOT_AFFECTED, and nothing to control. */
    private static long speculation(int option, long which, long rest) {
        if (rest != 0) {
            return -Errno.EINVAL;
        }
        if (which < 0 || which > PR_SPEC_LAST) {
            return -Errno.ENODEV;
        }
        return option == PR_GET_SPECULATION_CTRL ? 0 : -Errno.ENXIO;
    }

    private static long nameMemory(UserThread t, long start, long length, long nameVa) {
        String name = null;
        if (nameVa != 0) {
            byte[] bytes = t.user().memory().readString(nameVa, VMA_NAME_MAX);
            if (bytes == null) {
                byte[] first = new byte[1];
                t.user().read(nameVa, first, 1);
                return -Errno.EINVAL; // too long
            }
            name = Program.latin1(bytes);
            if (name.chars().anyMatch(c -> c < ' ' || c > '~' || "\\`$[]".indexOf(c) >= 0)) {
                return -Errno.EINVAL;
            }
        }
        long rounded = length + PAGE_MASK & ~PAGE_MASK;
        if ((start & PAGE_MASK) != 0 || length != 0 && rounded == 0 || start + rounded < start) {
            return -Errno.EINVAL;
        }
        if (rounded == 0) {
            return 0;
        }
        return MemoryCalls.isInUserSpace(start, rounded) && t.process().space().locks().name(start, start + rounded, name) ? 0 : -Errno.ENOMEM;
    }

    /** @return the vector's whole size */
    private static long auxv(UserThread t, long to, long room) {
        byte[] vector = Auxv.read(t, t.process());
        t.user().write(to, vector, (int) Math.min(vector.length, Math.max(0, room)));
        return vector.length;
    }
}
