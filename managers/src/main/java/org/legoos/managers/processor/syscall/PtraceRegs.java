package org.legoos.managers.processor.syscall;

import java.lang.foreign.MemorySegment;
import org.legoos.isa.cpu.Gpr;
import org.legoos.kernel.sched.SharedCpu;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.core.UserThread;

/** struct user_regs_struct and user_fpregs_struct of x86-64 (sys/user.h), of a thread that is stopped. */
public final class PtraceRegs {
    static final int BYTES = 27 * 8;
    static final int FP_BYTES = 512;

    private static final int[] ORDER = {
        Gpr.R15, Gpr.R14, Gpr.R13, Gpr.R12, Gpr.RBP, Gpr.RBX, Gpr.R11, Gpr.R10, Gpr.R9, Gpr.R8, Gpr.RAX, Gpr.RCX, Gpr.RDX,
        Gpr.RSI, Gpr.RDI
    };
    private static final int ORIG_RAX = 15 * 8;
    private static final int RIP = 16 * 8;
    private static final int CS = 17 * 8;
    private static final int EFLAGS = 18 * 8;
    private static final int RSP = 19 * 8;
    private static final int SS = 20 * 8;
    static final int FS_BASE = 21 * 8;
    static final int GS_BASE = 22 * 8;
    private static final int USER_CS = 0x33;
    private static final int USER_SS = 0x2b;
    private static final long BASE_MAX = 0x7fff_ffff_f000L;

    private PtraceRegs() {}

    /** struct user_regs_struct. */
    public static byte[] read(UserThread of) {
        SharedCpu cpu = of.cpu();
        byte[] regs = new byte[BYTES];
        for (int i = 0; i < ORDER.length; i++) {
            Le.putLong(regs, 8 * i, cpu.register(ORDER[i]));
        }
        long original = of.trace() == null ? -1 : of.trace().originalRax;
        Le.putLong(regs, ORIG_RAX, original == -1 ? of.restartNr : original);
        Le.putLong(regs, RIP, cpu.rip());
        Le.putLong(regs, CS, USER_CS);
        Le.putLong(regs, EFLAGS, cpu.rflags());
        Le.putLong(regs, RSP, cpu.register(Gpr.RSP));
        Le.putLong(regs, SS, USER_SS);
        Le.putLong(regs, FS_BASE, cpu.fsBase());
        Le.putLong(regs, GS_BASE, cpu.gsBase());
        return regs;
    }

    /** Segment selectors cannot be changed; a base beyond user space is left as it was. */
    static void write(UserThread of, byte[] regs) {
        SharedCpu cpu = of.cpu();
        for (int i = 0; i < ORDER.length; i++) {
            cpu.setRegister(ORDER[i], Le.getLong(regs, 8 * i));
        }
        cpu.setRip(Le.getLong(regs, RIP));
        cpu.setRflags(Le.getLong(regs, EFLAGS));
        cpu.setRegister(Gpr.RSP, Le.getLong(regs, RSP));
        if (Long.compareUnsigned(Le.getLong(regs, FS_BASE), BASE_MAX) < 0) {
            cpu.setFsBase(Le.getLong(regs, FS_BASE));
        }
        if (Long.compareUnsigned(Le.getLong(regs, GS_BASE), BASE_MAX) < 0) {
            cpu.setGsBase(Le.getLong(regs, GS_BASE));
        }
        long original = Le.getLong(regs, ORIG_RAX);
        of.trace().originalRax = original;
        if (original == -1) {
            of.restartNr = -1; // an interrupted call is not to be restarted: the tracer has put the thread elsewhere
        }
    }

    /** struct user_fpregs_struct. */
    public static byte[] readFp(UserThread of) {
        byte[] image = new byte[FP_BYTES];
        of.cpu().readFpu(MemorySegment.ofArray(image), 0);
        return image;
    }

    static void writeFp(UserThread of, byte[] image) {
        of.cpu().writeFpu(MemorySegment.ofArray(image), 0);
    }
}
