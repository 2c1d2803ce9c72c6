package org.legoos.managers.processor.core;

import org.legoos.isa.cpu.Cpu;
import org.legoos.isa.cpu.Gpr;
import org.legoos.kernel.printk.LogLevel;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.MissingSyscalls;
import org.legoos.kernel.syscall.Signatures;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallHandler;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.strace.FlagAudit;
import org.legoos.managers.processor.strace.SyscallTracer;

/** From a SYSCALL trap to the result in RAX: the kernel's entry code, one per thread. */
final class SyscallEntry {
    private final UserThread thread;
    private final Cpu cpu;
    private final SyscallTable<UserThread> table;
    private final MissingSyscalls missing;
    private final CpuTimes times;
    private final Seccomp seccomp;
    private SeccompGate gate; // made at first use
    private final SyscallTracer tracer;
    private final FlagAudit audit;
    private final long[] auditedArgs = new long[6];

    SyscallEntry(UserThread thread, ProcessorManager manager) {
        this.thread = thread;
        this.cpu = thread.cpu();
        this.table = manager.syscalls();
        this.missing = manager.missingSyscalls();
        this.times = thread.times();
        this.seccomp = thread.seccomp();
        this.audit = manager.flagAudit();
        this.tracer = manager.isTraced() ? new SyscallTracer(thread, manager.traceSink()) : null;
    }

    void enter() {
        long nr = cpu.register(Gpr.RAX);
        times.entered(nr);
        Trace trace = thread.trace();
        if (trace != null) {
            cpu.setRegister(Gpr.RAX, -Errno.ENOSYS);
            long wanted = trace.beforeSyscall(nr);
            finish(wanted, wanted == -1 ? cpu.register(Gpr.RAX) : dispatch(wanted));
            Trace still = thread.trace();
            if (still != null) {
                still.afterSyscall();
            }
        } else if (tracer != null || audit != null || times.isSample()) {
            enterTimed(nr);
        } else {
            finish(nr, dispatch(nr));
        }
    }

    private void enterTimed(long nr) {
        long startNs = thread.nowNs();
        long cpuStartNs = thread.cpuNs();
        if (tracer != null) {
            tracer.enter(nr);
        }
        long result = audit == null ? dispatch(nr) : audited(nr);
        if (tracer != null) {
            tracer.leave(nr, result, thread.nowNs() - startNs);
            if (times.isSample()) {
                times.sampled(thread.cpuNs() - cpuStartNs);
            }
        } else if (times.isSample()) {
            times.sampled(thread.cpuNs() - cpuStartNs);
        }
        finish(nr, result);
    }

    private long audited(long nr) {
        for (int i = 0; i < auditedArgs.length; i++) {
            auditedArgs[i] = thread.arg(i);
        }
        long result = dispatch(nr);
        audit.check(nr, auditedArgs, result);
        return result;
    }

    private void finish(long nr, long result) {
        if (Errno.isRestart(result)) {
            thread.restartNr = nr;
            thread.requestDelivery();
        } else if (result == -Errno.EINTR && thread.hasSavedMask) {
            thread.requestDelivery(); // the handler runs before the mask comes back: epoll_pwait
        } else if (thread.hasSavedMask) {
            thread.hasSavedMask = false;
            thread.setBlocked(thread.savedMask);
        }
        cpu.setRegister(Gpr.RAX, result);
    }

    private long dispatch(long wanted) {
        long nr = wanted;
        if (seccomp.isOn()) {
            gate = gate == null ? new SeccompGate(thread) : gate;
            if (!gate.passes(wanted)) {
                return gate.result();
            }
            nr = gate.nr();
        }
        SyscallHandler<UserThread> handler = table.handler(nr);
        if (handler == null) {
            return missing.missing(nr);
        }
        try {
            return handler.call(thread, cpu.register(Gpr.RDI), cpu.register(Gpr.RSI), cpu.register(Gpr.RDX),
                    cpu.register(Gpr.R10), cpu.register(Gpr.R8), cpu.register(Gpr.R9));
        } catch (SysError e) {
            return -e.errno();
        } catch (RuntimeException | StackOverflowError e) {
            return crashed(nr, e);
        }
    }

    /** A bug of ours: the program gets EIO, the log gets the place, the node goes on. */
    private long crashed(long nr, Throwable bug) {
        StringBuilder text = new StringBuilder("BUG: system call " + Signatures.nameOf(nr) + ": " + bug);
        for (StackTraceElement frame : bug.getStackTrace()) {
            text.append("\n  at ").append(frame);
        }
        thread.kernel().log().once(LogLevel.ERR, "syscall-bug-" + nr + bug.getClass(), "%s", text);
        return -Errno.EIO;
    }
}
