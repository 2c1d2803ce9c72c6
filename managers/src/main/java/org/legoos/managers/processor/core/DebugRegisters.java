package org.legoos.managers.processor.core;

import org.legoos.isa.cpu.Cpu;
import org.legoos.isa.cpu.Trap;
import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.signal.Delivery;

/**
 * The debug registers of a traced thread, as a tracer sees them in struct user (Intel SDM vol. 3, 18.2; arch/x86/kernel/ptrace.c).
 * The engine has none, so a thread with a breakpoint in them runs in single steps, after each of which what is watched is looked
 * at: a store is seen when it changes the value. Loads cannot be seen: a breakpoint for them finds no free register (ENOSPC).
 */
public final class DebugRegisters {
    public static final int COUNT = 8;

    private static final int BREAKPOINTS = 4;
    private static final int STATUS = 6;
    private static final int CONTROL = 7;
    private static final int DB = 1;
    private static final long TRAP_FLAG = 0x100;
    private static final long TASK_SIZE_MAX = 0x7ffffffff000L;

    /** DR7: two enable bits a breakpoint, and from bit 16 on two bits of kind and two of length. */
    private static final int ENABLE_BITS = 3;
    private static final int FIRST_KIND_BIT = 16;
    private static final int KIND_EXECUTE = 0;
    private static final int KIND_WRITE = 1;
    private static final int KIND_IO = 2;
    private static final int[] LENGTHS = {1, 2, 8, 4};

    /** DR6. */
    private static final long SINGLE_STEP = 1 << 14;

    private final long[] registers = new long[COUNT];
    private final long[] seen = new long[BREAKPOINTS];
    private volatile boolean isActive;
    /** Where a breakpoint for execution was reported already, or passed by the tracer. */
    private volatile long passedVa = -1;

    boolean isActive() {
        return isActive;
    }

    /** The thread goes on from a stop: not into the breakpoint it stands on. */
    void passed(long rip) {
        passedVa = rip;
    }

    public long peek(int index) {
        return registers[index];
    }

    /** The thread is stopped. Throws EIO, EINVAL, ENOSPC. */
    public void poke(int index, long value) {
        if (index == BREAKPOINTS || index == BREAKPOINTS + 1) {
            throw SysError.of(Errno.EIO);
        }
        if (index < BREAKPOINTS && Long.compareUnsigned(value, TASK_SIZE_MAX) >= 0) {
            throw SysError.of(Errno.EINVAL);
        }
        long before = registers[index];
        registers[index] = value;
        try {
            check();
        } catch (SysError e) {
            registers[index] = before;
            throw e;
        }
        isActive = (registers[CONTROL] & 0xff) != 0;
    }

    private void check() {
        for (int i = 0; i < BREAKPOINTS; i++) {
            if (!isEnabled(i)) {
                continue;
            }
            int kind = kind(i);
            boolean isLong = kind == KIND_EXECUTE && length(i) != 1;
            if (kind == KIND_IO || isLong || (registers[i] & length(i) - 1) != 0) {
                throw SysError.of(Errno.EINVAL);
            }
            if (kind != KIND_EXECUTE && kind != KIND_WRITE) {
                throw SysError.of(Errno.ENOSPC);
            }
        }
    }

    private boolean isEnabled(int i) {
        return (registers[CONTROL] >>> 2 * i & ENABLE_BITS) != 0;
    }

    private int kind(int i) {
        return (int) (registers[CONTROL] >>> FIRST_KIND_BIT + 4 * i & 3);
    }

    private int length(int i) {
        return LENGTHS[(int) (registers[CONTROL] >>> FIRST_KIND_BIT + 4 * i + 2 & 3)];
    }

    /** Runs the thread for one instruction. @return what is left to do for the caller; INTERRUPTED for nothing */
    Trap step(UserThread t, Trace trace) {
        Cpu cpu = t.cpu();
        int here = cpu.rip() == passedVa ? 0 : hits(t, cpu.rip(), false);
        if (here != 0) {
            report(t, here, 0);
            return Trap.INTERRUPTED;
        }
        for (int i = 0; i < BREAKPOINTS; i++) {
            seen[i] = isEnabled(i) && kind(i) == KIND_WRITE ? value(t, i) : 0;
        }
        boolean isSteppedByTracer = trace.mode() == Trace.Mode.SINGLE_STEP;
        cpu.setRflags(cpu.rflags() | TRAP_FLAG);
        Trap trap = cpu.run();
        if (!isSteppedByTracer) {
            cpu.setRflags(cpu.rflags() & ~TRAP_FLAG);
        }
        if (trap != Trap.EXCEPTION || cpu.vector() != DB) {
            return trap;
        }
        passedVa = -1;
        int hits = hits(t, cpu.rip(), true);
        if (hits == 0 && !isSteppedByTracer) {
            return Trap.INTERRUPTED;
        }
        cpu.setRflags(cpu.rflags() & ~TRAP_FLAG);
        report(t, hits, isSteppedByTracer ? SINGLE_STEP : 0);
        return Trap.INTERRUPTED;
    }

    private int hits(UserThread t, long rip, boolean hasStepped) {
        int hits = 0;
        for (int i = 0; i < BREAKPOINTS; i++) {
            boolean isHit = isEnabled(i)
                    && (kind(i) == KIND_WRITE ? hasStepped && value(t, i) != seen[i] : registers[i] == rip);
            hits |= isHit ? 1 << i : 0;
        }
        return hits;
    }

    /** What is watched there; 0 when nothing is mapped. */
    private long value(UserThread t, int i) {
        byte[] bytes = new byte[Long.BYTES];
        t.user().memory().read(registers[i], bytes, 0, length(i));
        return Le.getLong(bytes, 0);
    }

    private void report(UserThread t, int hits, long step) {
        registers[STATUS] = hits | step;
        passedVa = t.cpu().rip();
        t.trapNo = DB;
        int code = step != 0 ? SigInfo.TRAP_TRACE : SigInfo.TRAP_HWBKPT;
        Delivery.force(t, SigInfo.fault(Signals.SIGTRAP, code, t.cpu().rip()), false);
    }
}
