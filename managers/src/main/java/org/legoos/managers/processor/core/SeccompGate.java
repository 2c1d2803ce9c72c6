package org.legoos.managers.processor.core;

import org.legoos.isa.cpu.Cpu;
import org.legoos.isa.cpu.Gpr;
import org.legoos.kernel.printk.LogLevel;
import org.legoos.kernel.seccomp.BpfProgram;
import org.legoos.kernel.seccomp.SeccompAction;
import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Signatures;
import org.legoos.managers.processor.signal.Delivery;

/** Where the system calls of a thread with filters pass, or do not (Linux's __seccomp_filter). Owner only. */
final class SeccompGate {
    private static final int AUDIT_ARCH_X86_64 = 0xc000003e;
    private static final int ARGS = 6;

    /** Words of struct seccomp_data. */
    private static final int NR = 0;

    private static final int ARCH = 1;
    private static final int INSTRUCTION_POINTER = 2;
    private static final int FIRST_ARG = 4;

    private static final int READ = 0;
    private static final int WRITE = 1;
    private static final int RT_SIGRETURN = 15;
    private static final int EXIT = 60;

    private final UserThread thread;
    private final int[] data = new int[BpfProgram.DATA_WORDS];
    private long nr;
    private long result;

    SeccompGate(UserThread thread) {
        this.thread = thread;
    }

    /** The system call to make, when one passed; a tracer may have changed it. */
    long nr() {
        return nr;
    }

    /** What the program gets when none passed. */
    long result() {
        return result;
    }

    boolean passes(long wanted) {
        nr = wanted;
        if (thread.seccomp().mode() == Seccomp.MODE_STRICT) {
            boolean isKnown = wanted == READ || wanted == WRITE || wanted == EXIT || wanted == RT_SIGRETURN;
            return isKnown || kill(Signals.SIGKILL, false);
        }
        return act(evaluate(), true);
    }

    private int evaluate() {
        Cpu cpu = thread.cpu();
        data[NR] = (int) nr;
        data[ARCH] = AUDIT_ARCH_X86_64;
        put(INSTRUCTION_POINTER, cpu.rip());
        for (int i = 0; i < ARGS; i++) {
            put(FIRST_ARG + 2 * i, thread.arg(i));
        }
        return thread.seccomp().filters().evaluate(data);
    }

    private void put(int word, long value) {
        data[word] = (int) value;
        data[word + 1] = (int) (value >>> Integer.SIZE);
    }

    private boolean act(int decision, boolean mayTrace) {
        switch (decision & SeccompAction.MASK) {
            case SeccompAction.ALLOW -> {
                return true;
            }
            case SeccompAction.LOG -> {
                thread.kernel().log().once(LogLevel.NOTICE, "seccomp-" + thread.process().pid() + "-" + nr,
                        "pid %d (%s): system call %s is logged by its filter", thread.process().pid(), thread.comm(),
                        Signatures.nameOf(nr));
                return true;
            }
            case SeccompAction.ERRNO -> result = -Math.min(decision & SeccompAction.DATA, Errno.MAX_ERRNO);
            case SeccompAction.TRAP -> {
                result = nr; // as it was before the call
                Delivery.force(thread, SigInfo.ofFilter(thread.cpu().rip(), (int) nr, AUDIT_ARCH_X86_64,
                        decision & SeccompAction.DATA), false);
            }
            case SeccompAction.TRACE -> {
                return mayTrace ? askTracer(decision & SeccompAction.DATA) : true;
            }
            case SeccompAction.USER_NOTIF -> result = -Errno.ENOSYS; // nobody can listen
            case SeccompAction.KILL_THREAD -> {
                return kill(Signals.SIGSYS, false);
            }
            default -> {
                return kill(Signals.SIGSYS, true);
            }
        }
        return false;
    }

    /** The tracer may change the call or skip it; what it made of it is filtered again, but not traced. */
    private boolean askTracer(int message) {
        Trace trace = thread.trace();
        if (trace == null || !trace.wants(Trace.EVENT_SECCOMP)) {
            result = -Errno.ENOSYS;
            return false;
        }
        trace.originalRax = nr;
        trace.stopAt(Trace.EVENT_SECCOMP, message);
        nr = trace.originalRax;
        if (nr < 0) {
            result = thread.cpu().register(Gpr.RAX);
            return false;
        }
        return act(evaluate(), false);
    }

    private boolean kill(int signal, boolean isWholeProcess) {
        Process process = thread.process();
        if (isWholeProcess || process.threads().size() == 1) {
            process.exitGroup(ExitStatus.killed(signal));
        } else {
            process.exitThread(thread, ExitStatus.killed(signal));
        }
        result = -Errno.ENOSYS;
        return false;
    }
}
