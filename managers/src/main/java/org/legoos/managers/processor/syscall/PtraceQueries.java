package org.legoos.managers.processor.syscall;

import java.util.List;
import org.legoos.isa.cpu.Gpr;
import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.core.Trace;
import org.legoos.managers.processor.core.UserThread;

/** What a tracer asks about a stopped thread in one go: PTRACE_PEEKSIGINFO and PTRACE_GET_SYSCALL_INFO of ptrace(2). */
final class PtraceQueries {
    /** struct ptrace_peeksiginfo_args: u64 off, u32 flags, s32 nr. */
    private static final int PEEK_BYTES = 16;
    private static final int PEEK_FLAGS = 8;
    private static final int PEEK_COUNT = 12;
    private static final int PEEKSIGINFO_SHARED = 1;

    /** struct ptrace_syscall_info: u8 op, u32 arch, u64 ip, u64 sp, and by op: number and arguments, or result. */
    private static final int OP = 0;
    private static final int ARCH = 4;
    private static final int IP = 8;
    private static final int SP = 16;
    private static final int NR = 24;
    private static final int ARGS = 32;
    private static final int IS_ERROR = 32;
    private static final int RET_DATA = 80;
    private static final int SIZE = 88;
    private static final int SIZE_NONE = 24;
    private static final int SIZE_ENTRY = 80;
    private static final int SIZE_EXIT = 33;
    private static final int SIZE_SECCOMP = 84;
    private static final int OP_SECCOMP = 3;
    private static final int AUDIT_ARCH_X86_64 = 0xc000003e;
    private static final int[] ARGUMENTS = {Gpr.RDI, Gpr.RSI, Gpr.RDX, Gpr.R10, Gpr.R8, Gpr.R9};

    private PtraceQueries() {}

    /** @return how many signals were copied */
    static long signals(UserThread t, Trace trace, long argsVa, long toVa) {
        byte[] args = new byte[PEEK_BYTES];
        t.user().read(argsVa, args, args.length);
        long offset = Le.getLong(args, 0);
        int flags = Le.getInt(args, PEEK_FLAGS);
        int count = Le.getInt(args, PEEK_COUNT);
        if ((flags & ~PEEKSIGINFO_SHARED) != 0 || count < 0) {
            return -Errno.EINVAL;
        }
        boolean isShared = (flags & PEEKSIGINFO_SHARED) != 0;
        List<SigInfo> queued = (isShared ? trace.thread().process().pending() : trace.thread().pending()).queued();
        int done = 0;
        for (long i = offset; i >= 0 && i < queued.size() && done < count; i++, done++) {
            queued.get((int) i).copyTo(t.user().scratch(), 0);
            t.user().putStruct(toVa + (long) done * SigInfo.BYTES, SigInfo.BYTES);
        }
        return done;
    }

    /** @return the size of what there is to know, of which at most {@code sizeBytes} are copied */
    static long syscall(UserThread t, Trace trace, long sizeBytes, long toVa) {
        UserThread of = trace.thread();
        byte[] info = new byte[SIZE];
        int op = op(trace);
        info[OP] = (byte) op;
        Le.putInt(info, ARCH, AUDIT_ARCH_X86_64);
        Le.putLong(info, IP, of.cpu().rip());
        Le.putLong(info, SP, of.cpu().register(Gpr.RSP));
        int length = SIZE_NONE;
        if (op == Trace.SYSCALL_EXIT) {
            long result = of.cpu().register(Gpr.RAX);
            Le.putLong(info, NR, result);
            info[IS_ERROR] = (byte) (result < 0 && result >= -Errno.MAX_ERRNO ? 1 : 0);
            length = SIZE_EXIT;
        } else if (op != Trace.SYSCALL_NONE) {
            Le.putLong(info, NR, trace.originalRax);
            for (int i = 0; i < ARGUMENTS.length; i++) {
                Le.putLong(info, ARGS + i * Long.BYTES, of.cpu().register(ARGUMENTS[i]));
            }
            Le.putInt(info, RET_DATA, (int) trace.message());
            length = op == OP_SECCOMP ? SIZE_SECCOMP : SIZE_ENTRY;
        }
        t.user().write(toVa, info, (int) Math.min(length, Math.max(0, sizeBytes)));
        return length;
    }

    private static int op(Trace trace) {
        SigInfo info = trace.info();
        boolean isSeccomp = info != null && info.code() == (Signals.SIGTRAP | Trace.EVENT_SECCOMP << Byte.SIZE);
        return isSeccomp ? OP_SECCOMP : trace.syscallStop();
    }
}
