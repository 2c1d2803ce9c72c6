package org.legoos.managers.processor.syscall;

import java.util.Arrays;
import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.Trace;
import org.legoos.managers.processor.core.TraceAccess;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.signal.Signalling;

/** ptrace(2): what strace and gdbserver use of it. The tracer is a process, not one of its threads. */
final class PtraceCalls {
    private static final int TRACEME = 0;
    private static final int PEEKTEXT = 1;
    private static final int PEEKDATA = 2;
    private static final int PEEKUSER = 3;
    private static final int POKETEXT = 4;
    private static final int POKEDATA = 5;
    private static final int POKEUSER = 6;
    private static final int CONT = 7;
    private static final int KILL = 8;
    private static final int SINGLESTEP = 9;
    private static final int GETREGS = 12;
    private static final int SETREGS = 13;
    private static final int GETFPREGS = 14;
    private static final int SETFPREGS = 15;
    private static final int ATTACH = 16;
    private static final int DETACH = 17;
    private static final int SYSCALL = 24;
    private static final int SYSEMU = 31;
    private static final int ARCH_PRCTL = 30;
    private static final int SETOPTIONS = 0x4200;
    private static final int GETEVENTMSG = 0x4201;
    private static final int GETSIGINFO = 0x4202;
    private static final int SETSIGINFO = 0x4203;
    private static final int GETREGSET = 0x4204;
    private static final int SETREGSET = 0x4205;
    private static final int SEIZE = 0x4206;
    private static final int INTERRUPT = 0x4207;
    private static final int LISTEN = 0x4208;
    private static final int PEEKSIGINFO = 0x4209;
    private static final int GETSIGMASK = 0x420a;
    private static final int SETSIGMASK = 0x420b;
    private static final int GET_SYSCALL_INFO = 0x420e;

    private static final int NT_PRSTATUS = 1;
    private static final int NT_PRFPREG = 2;

    /** struct user: the debug registers. */
    private static final int ARCH_SET_GS = 0x1001;
    private static final int ARCH_SET_FS = 0x1002;
    private static final int ARCH_GET_FS = 0x1003;
    private static final int ARCH_GET_GS = 0x1004;
    private static final int U_DEBUGREG = 848;
    private static final int USER_BYTES = 912;

    private PtraceCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.partial("ptrace", "no SECCOMP_GET_FILTER, no watching of loads; a thread with a watchpoint runs in single steps",
                (t, a, b, c, d, e, f) -> ptrace(t, (int) a, (int) b, c, d));
    }

    private static long ptrace(UserThread t, int request, int tid, long address, long data) {
        switch (request) {
            case TRACEME -> {
                Process parent = t.process().manager().find(t.process().parentPid());
                return parent != null && t.traceBy(parent, false, 0) ? 0 : -Errno.EPERM;
            }
            case ATTACH -> {
                return attach(t, tid, false, 0);
            }
            case SEIZE -> {
                boolean isGood = address == 0 && (data & ~Trace.O_KNOWN) == 0;
                return isGood ? attach(t, tid, true, (int) data) : -Errno.EIO;
            }
            default -> {
                return command(t, traced(t, tid), request, address, data);
            }
        }
    }

    private static long attach(UserThread t, int tid, boolean isSeized, int options) {
        UserThread target = tid <= 0 ? null : t.process().manager().findThread(tid);
        if (target == null) {
            return -Errno.ESRCH;
        }
        boolean isAllowed = target.process() != t.process() && TraceAccess.allows(t.process(), target.process());
        if (!isAllowed || !target.traceBy(t.process(), isSeized, options)) {
            return -Errno.EPERM;
        }
        if (!isSeized) {
            Signalling.send(target.process(), target, SigInfo.fromProcess(Signals.SIGSTOP, SigInfo.SI_USER, t.process().pid(), 0));
        } else if (target.process().isStopped()) {
            target.attend();
        }
        return 0;
    }

    private static Trace traced(UserThread t, int tid) {
        for (Trace trace : t.process().tracees()) {
            if (trace.thread().tid() == tid) {
                return trace;
            }
        }
        throw SysError.of(Errno.ESRCH);
    }

    private static long command(UserThread t, Trace trace, int request, long address, long data) {
        if (request == INTERRUPT) {
            if (!trace.isSeized()) {
                return -Errno.EIO;
            }
            trace.interrupt();
            return 0;
        }
        if (request == KILL) {
            trace.thread().process().send(SigInfo.fromKernel(Signals.SIGKILL));
            return 0;
        }
        if (!trace.isStopped()) {
            return -Errno.ESRCH;
        }
        return switch (request) {
            case CONT -> resume(trace, Trace.Mode.CONTINUE, data);
            case SYSCALL -> resume(trace, Trace.Mode.SYSCALL, data);
            case SYSEMU -> resume(trace, Trace.Mode.EMULATE, data);
            case SINGLESTEP -> resume(trace, Trace.Mode.SINGLE_STEP, data);
            case LISTEN -> trace.isSeized() ? resume(trace, Trace.Mode.LISTEN, 0) : -Errno.EIO;
            case DETACH -> detach(trace, data);
            case PEEKSIGINFO -> PtraceQueries.signals(t, trace, address, data);
            case GET_SYSCALL_INFO -> PtraceQueries.syscall(t, trace, address, data);
            default -> inspect(t, trace, request, address, data);
        };
    }

    private static long resume(Trace trace, Trace.Mode mode, long signal) {
        if (signal < 0 || signal > Signals.NSIG) {
            return -Errno.EIO;
        }
        return trace.resume(mode, (int) signal) ? 0 : -Errno.ESRCH;
    }

    private static long detach(Trace trace, long signal) {
        if (signal < 0 || signal > Signals.NSIG) {
            return -Errno.EIO;
        }
        trace.detach((int) signal);
        return 0;
    }

    private static long inspect(UserThread t, Trace trace, int request, long address, long data) {
        UserThread of = trace.thread();
        switch (request) {
            case PEEKTEXT, PEEKDATA -> t.user().putLong(data, PtraceMemory.peek(of, address));
            case POKETEXT, POKEDATA -> PtraceMemory.poke(of, address, data);
            case PEEKUSER -> t.user().putLong(data, peekUser(trace, address));
            case POKEUSER -> pokeUser(trace, address, data);
            case GETREGS -> t.user().write(data, PtraceRegs.read(of), PtraceRegs.BYTES);
            case SETREGS -> PtraceRegs.write(of, taken(t, data, PtraceRegs.BYTES));
            case GETFPREGS -> t.user().write(data, PtraceRegs.readFp(of), PtraceRegs.FP_BYTES);
            case SETFPREGS -> PtraceRegs.writeFp(of, taken(t, data, PtraceRegs.FP_BYTES));
            case GETREGSET, SETREGSET -> regset(t, of, request, (int) address, data);
            case ARCH_PRCTL -> segmentBase(t, trace, address, (int) data);
            case SETOPTIONS -> {
                if ((data & ~Trace.O_KNOWN) != 0) {
                    return -Errno.EINVAL;
                }
                trace.setOptions((int) data);
            }
            case GETEVENTMSG -> t.user().putLong(data, trace.message());
            case GETSIGINFO -> {
                SigInfo info = trace.info();
                if (info == null) {
                    return -Errno.EINVAL;
                }
                info.copyTo(t.user().scratch(), 0);
                t.user().putStruct(data, SigInfo.BYTES);
            }
            case SETSIGINFO -> {
                byte[] image = taken(t, data, SigInfo.BYTES);
                trace.setInfo(SigInfo.raw(Le.getInt(image, SigInfo.SI_SIGNO), image));
            }
            case GETSIGMASK, SETSIGMASK -> {
                if (address != Long.BYTES) {
                    return -Errno.EINVAL;
                }
                if (request == GETSIGMASK) {
                    t.user().putLong(data, of.blocked());
                } else {
                    of.setBlocked(t.user().getLong(data));
                }
            }
            default -> {
                return -Errno.EIO;
            }
        }
        return 0;
    }

    private static byte[] taken(UserThread t, long va, int lengthBytes) {
        byte[] bytes = new byte[lengthBytes];
        t.user().read(va, bytes, lengthBytes);
        return bytes;
    }

    /** One word of struct user. */
    private static long peekUser(Trace trace, long offset) {
        if ((offset & 7) != 0 || offset < 0 || offset >= USER_BYTES) {
            throw SysError.of(Errno.EIO);
        }
        if (offset >= U_DEBUGREG) {
            return trace.debug().peek((int) (offset - U_DEBUGREG) / Long.BYTES);
        }
        return offset < PtraceRegs.BYTES ? Le.getLong(PtraceRegs.read(trace.thread()), (int) offset) : 0;
    }

    private static void pokeUser(Trace trace, long offset, long word) {
        boolean isDebugRegister = offset >= U_DEBUGREG && offset < USER_BYTES;
        if ((offset & 7) != 0 || offset < 0 || offset >= PtraceRegs.BYTES && !isDebugRegister) {
            throw SysError.of(Errno.EIO);
        }
        if (isDebugRegister) {
            trace.debug().poke((int) (offset - U_DEBUGREG) / Long.BYTES, word);
        } else {
            byte[] regs = PtraceRegs.read(trace.thread());
            Le.putLong(regs, (int) offset, word);
            PtraceRegs.write(trace.thread(), regs);
        }
    }

    /** arch_prctl(2) of the tracee: debuggers find its thread block by it. */
    private static void segmentBase(UserThread t, Trace trace, long address, int option) {
        boolean isFs = option == ARCH_GET_FS || option == ARCH_SET_FS;
        if (option < ARCH_SET_GS || option > ARCH_GET_GS) {
            throw SysError.of(Errno.EINVAL);
        }
        int place = isFs ? PtraceRegs.FS_BASE : PtraceRegs.GS_BASE;
        if (option == ARCH_GET_FS || option == ARCH_GET_GS) {
            t.user().putLong(address, Le.getLong(PtraceRegs.read(trace.thread()), place));
        } else {
            pokeUser(trace, place, address);
        }
    }

    /** Registers by ELF note type, through an iovec whose length tells how much there was. */
    private static void regset(UserThread t, UserThread of, int request, int type, long iovecVa) {
        boolean isGeneral = type == NT_PRSTATUS;
        if (!isGeneral && type != NT_PRFPREG) {
            throw SysError.of(type == 0 ? Errno.EINVAL : Errno.ENODEV);
        }
        long va = t.user().getLong(iovecVa);
        byte[] regs = isGeneral ? PtraceRegs.read(of) : PtraceRegs.readFp(of);
        int length = (int) Math.min(regs.length, Math.max(0, t.user().getLong(iovecVa + Long.BYTES)));
        if (request == GETREGSET) {
            t.user().write(va, regs, length);
        } else {
            byte[] given = taken(t, va, length);
            System.arraycopy(given, 0, regs, 0, length);
            byte[] all = Arrays.copyOf(regs, regs.length);
            if (isGeneral) {
                PtraceRegs.write(of, all);
            } else {
                PtraceRegs.writeFp(of, all);
            }
        }
        t.user().putLong(iovecVa + Long.BYTES, length);
    }
}
