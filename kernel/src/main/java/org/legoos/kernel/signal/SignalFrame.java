package org.legoos.kernel.signal;

import java.lang.foreign.MemorySegment;
import org.legoos.isa.cpu.Cpu;
import org.legoos.isa.cpu.Gpr;
import org.legoos.kernel.syscall.Le;

/**
 * What Linux puts on a program's stack to run a signal handler (arch/x86/kernel/signal.c, struct rt_sigframe):
 *
 * <pre>
 *   handler's RSP -> +0    return address: the restorer
 *                    +8    struct ucontext: uc_flags, uc_link, uc_stack, uc_mcontext (256 bytes), uc_sigmask
 *                    +312  siginfo_t
 *   above, 64-byte aligned: 512 bytes FXSAVE image, to which mcontext's fpstate points
 *   above: 128 bytes red zone of the interrupted function
 * </pre>
 * The handler's RSP is 8 modulo 16, as after a call.
 */
public final class SignalFrame {
    public static final int FRAME_BYTES = 440;
    public static final int FPSTATE_BYTES = 512;
    private static final int RED_ZONE_BYTES = 128;

    public static final int PRETCODE = 0;
    public static final int UCONTEXT = 8;
    public static final int UC_FLAGS = UCONTEXT;
    public static final int UC_STACK = UCONTEXT + 16;
    public static final int MCONTEXT = UCONTEXT + 40;
    public static final int UC_SIGMASK = UCONTEXT + 296;
    public static final int SIGINFO = UCONTEXT + 304;

    /** Order of the general registers in mcontext, by instruction-encoding number. */
    private static final int[] GREGS = {
        Gpr.R8, Gpr.R9, Gpr.R10, Gpr.R11, Gpr.R12, Gpr.R13, Gpr.R14, Gpr.R15, Gpr.RDI, Gpr.RSI, Gpr.RBP, Gpr.RBX,
        Gpr.RDX, Gpr.RAX, Gpr.RCX, Gpr.RSP
    };

    public static final int REG_RIP = MCONTEXT + 128;
    public static final int REG_EFL = MCONTEXT + 136;
    public static final int REG_CSGSFS = MCONTEXT + 144;
    public static final int REG_ERR = MCONTEXT + 152;
    public static final int REG_TRAPNO = MCONTEXT + 160;
    public static final int REG_OLDMASK = MCONTEXT + 168;
    public static final int REG_CR2 = MCONTEXT + 176;
    public static final int FPSTATE = MCONTEXT + 184;

    /** UC_SIGCONTEXT_SS | UC_STRICT_RESTORE_SS; UC_FP_XSTATE is clear because the image is FXSAVE only. */
    private static final long UC_FLAGS_VALUE = 6;

    private static final int USER_CS = 0x33;
    private static final int USER_SS = 0x2b;

    /** AC, OF, DF, TF, SF, ZF, AF, PF, CF, RF: what sigreturn takes from the frame. */
    private static final long RESTORED_FLAGS = 0x50dd5;

    private static final long TF = 0x100;
    private static final long DF = 0x400;
    private static final long RF = 0x10000;

    private static final int MXCSR = 24;
    private static final int FCW_RESET = 0x37f;
    private static final int MXCSR_RESET = 0x1f80;
    private static final int MXCSR_VALID = 0xffff;

    private SignalFrame() {}

    /** Where the FXSAVE image goes. */
    public static long fpstateVa(long stackVa) {
        return (stackVa - FPSTATE_BYTES) & -64;
    }

    /** The stack pointer below the red zone: where a frame on the interrupted stack begins. */
    public static long belowRedZone(long rsp) {
        return rsp - RED_ZONE_BYTES;
    }

    /** Where the frame goes: the handler's RSP. */
    public static long frameVa(long fpstateVa) {
        return ((fpstateVa - FRAME_BYTES) & -16) - 8;
    }

    /** Fills in the machine state of the frame; the caller adds restorer, stack, mask and siginfo. */
    public static void saveMachine(Cpu cpu, byte[] frame, long fpstateVa, long errorCode, long trapNo, long faultVa) {
        Le.putLong(frame, UC_FLAGS, UC_FLAGS_VALUE);
        Le.putLong(frame, UC_FLAGS + 8, 0);
        for (int i = 0; i < GREGS.length; i++) {
            Le.putLong(frame, MCONTEXT + 8 * i, cpu.register(GREGS[i]));
        }
        Le.putLong(frame, REG_RIP, cpu.rip());
        Le.putLong(frame, REG_EFL, cpu.rflags());
        Le.putLong(frame, REG_CSGSFS, USER_CS | (long) USER_SS << 48);
        Le.putLong(frame, REG_ERR, errorCode);
        Le.putLong(frame, REG_TRAPNO, trapNo);
        Le.putLong(frame, REG_CR2, faultVa);
        Le.putLong(frame, FPSTATE, fpstateVa);
        java.util.Arrays.fill(frame, FPSTATE + 8, UC_SIGMASK, (byte) 0);
    }

    /** The FXSAVE image with a zero software area, so that nobody looks for extended state behind it. */
    public static void saveFpu(Cpu cpu, byte[] image) {
        cpu.readFpu(MemorySegment.ofArray(image), 0);
        java.util.Arrays.fill(image, 464, FPSTATE_BYTES, (byte) 0);
    }

    /** Registers for the handler's first instruction. Segment bases stay, x87/SSE state is as at start. */
    public static void enterHandler(Cpu cpu, long handlerVa, long frameVa, int signal) {
        cpu.setRegister(Gpr.RDI, signal);
        cpu.setRegister(Gpr.RSI, frameVa + SIGINFO);
        cpu.setRegister(Gpr.RDX, frameVa + UCONTEXT);
        cpu.setRegister(Gpr.RAX, 0);
        cpu.setRegister(Gpr.RSP, frameVa);
        cpu.setRip(handlerVa);
        cpu.setRflags(cpu.rflags() & ~(TF | DF | RF));
        byte[] reset = new byte[FPSTATE_BYTES];
        Le.putShort(reset, 0, FCW_RESET);
        Le.putInt(reset, MXCSR, MXCSR_RESET);
        cpu.writeFpu(MemorySegment.ofArray(reset), 0);
    }

    /** rt_sigreturn: loads the general registers of the frame. */
    public static void restoreMachine(Cpu cpu, byte[] frame) {
        for (int i = 0; i < GREGS.length; i++) {
            cpu.setRegister(GREGS[i], Le.getLong(frame, MCONTEXT + 8 * i));
        }
        cpu.setRip(Le.getLong(frame, REG_RIP));
        long flags = Le.getLong(frame, REG_EFL) & RESTORED_FLAGS;
        cpu.setRflags(cpu.rflags() & ~RESTORED_FLAGS | flags);
    }

    /** @return false when the image has reserved MXCSR bits set, which Linux answers with SIGSEGV */
    public static boolean restoreFpu(Cpu cpu, byte[] image) {
        if ((Le.getInt(image, MXCSR) & ~MXCSR_VALID) != 0) {
            return false;
        }
        cpu.writeFpu(MemorySegment.ofArray(image), 0);
        return true;
    }
}
