package org.legoos.managers.processor.signal;

import org.legoos.isa.cpu.Cpu;
import org.legoos.isa.cpu.PageFaultCode;
import org.legoos.isa.mmu.PageWalker;
import org.legoos.kernel.printk.LogLevel;
import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.core.ExitStatus;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.mm.AddressSpace;

/** Exceptions of the core turned into signals, as arch/x86/kernel/traps.c and mm/fault.c do. */
public final class Faults {
    private static final int DE = 0;
    private static final int DB = 1;
    private static final int BP = 3;
    private static final int OF = 4;
    private static final int UD = 6;
    private static final int PF = 14;
    private static final int MF = 16;
    private static final int AC = 17;
    private static final int XM = 19;
    private static final int INT_80 = 0x80;
    private static final long TRAP_FLAG = 0x100;

    private static final long TASK_SIZE_MAX = (1L << 47) - 4096;

    /** x87 status and control word and MXCSR in an FXSAVE image. */
    private static final int FXSAVE_FCW = 0;
    private static final int FXSAVE_FSW = 2;
    private static final int FXSAVE_MXCSR = 24;

    private Faults() {}

    /** A page fault that the address space's handler refused. */
    public static void pageFault(UserThread t) {
        Cpu cpu = t.cpu();
        long va = cpu.faultVa();
        int code = cpu.errorCode();
        int access = (code & PageFaultCode.INSTRUCTION_FETCH) != 0 ? PageWalker.FETCH
                : (code & PageFaultCode.WRITE) != 0 ? PageWalker.WRITE : PageWalker.READ;
        // A program sees a fault at a kernel address as one of rights, not of presence (set_signal_archinfo).
        remember(t, PF, Long.compareUnsigned(va, TASK_SIZE_MAX) >= 0 ? code | PageFaultCode.PRESENT : code, va);
        if (t.cpu().isWanted()) {
            t.cpu().giveWay();
        }
        switch (t.process().space().fault(va, access)) {
            case 0 -> {} // present by now: run again
            case AddressSpace.FAULT_ACCERR -> Delivery.force(t, SigInfo.fault(Signals.SIGSEGV, SigInfo.SEGV_ACCERR, va), false);
            case AddressSpace.FAULT_BUS -> Delivery.force(t, SigInfo.fault(Signals.SIGBUS, SigInfo.BUS_ADRERR, va), false);
            case AddressSpace.FAULT_OOM -> {
                t.kernel().log().log(LogLevel.ERR, "Out of memory: Kill process %d (%s)", t.process().pid(), t.comm());
                t.process().exitGroup(ExitStatus.killed(Signals.SIGKILL));
            }
            default -> Delivery.force(t, SigInfo.fault(Signals.SIGSEGV, SigInfo.SEGV_MAPERR, va), false);
        }
    }

    /** Any other exception. */
    public static void exception(UserThread t) {
        Cpu cpu = t.cpu();
        int vector = cpu.vector();
        long rip = cpu.rip();
        if (vector == INT_80) {
            cpu.setRip(rip - 2); // no 32-bit entry: #GP at the instruction
            remember(t, 13, INT_80 * 8 + 2, 0);
            Delivery.force(t, SigInfo.fromKernel(Signals.SIGSEGV), false);
            return;
        }
        remember(t, vector, cpu.errorCode(), t.trapVa);
        if (vector == DB && t.trace() != null) {
            cpu.setRflags(cpu.rflags() & ~TRAP_FLAG); // the tracer's single step
        }
        Delivery.force(t, switch (vector) {
            case DE -> SigInfo.fault(Signals.SIGFPE, SigInfo.FPE_INTDIV, rip);
            case DB -> SigInfo.fault(Signals.SIGTRAP, SigInfo.TRAP_TRACE, rip);
            case BP -> SigInfo.fromKernel(Signals.SIGTRAP);
            case OF -> SigInfo.fromKernel(Signals.SIGSEGV);
            case UD -> SigInfo.fault(Signals.SIGILL, SigInfo.ILL_ILLOPN, rip);
            case MF -> SigInfo.fault(Signals.SIGFPE, floatingCode(t, true), rip);
            case XM -> SigInfo.fault(Signals.SIGFPE, floatingCode(t, false), rip);
            case AC -> SigInfo.fault(Signals.SIGBUS, SigInfo.BUS_ADRALN, 0);
            default -> SigInfo.fromKernel(Signals.SIGSEGV);
        }, false);
    }

    private static void remember(UserThread t, int trapNo, int errorCode, long va) {
        t.trapNo = trapNo;
        t.trapErrorCode = errorCode;
        t.trapVa = va;
    }

    /** FPE_* of the first unmasked exception: invalid, divide, overflow, underflow or denormal, precision. */
    private static int floatingCode(UserThread t, boolean isX87) {
        byte[] image = new byte[512];
        t.cpu().readFpu(java.lang.foreign.MemorySegment.ofArray(image), 0);
        int raised;
        if (isX87) {
            raised = Le.getShort(image, FXSAVE_FSW) & ~Le.getShort(image, FXSAVE_FCW) & 0x3f;
        } else {
            int mxcsr = Le.getInt(image, FXSAVE_MXCSR);
            raised = mxcsr & ~(mxcsr >>> 7) & 0x3f;
        }
        if ((raised & 1) != 0) {
            return SigInfo.FPE_FLTINV;
        }
        return (raised & 4) != 0 ? 3 : (raised & 8) != 0 ? 4 : (raised & 0x12) != 0 ? 5 : (raised & 0x20) != 0 ? 6 : SigInfo.FPE_FLTINV;
    }
}
