package org.legoos.managers.processor.signal;

import org.legoos.isa.cpu.Cpu;
import org.legoos.isa.cpu.Gpr;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.signal.AltStack;
import org.legoos.kernel.signal.SigAction;
import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.signal.SignalFrame;
import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.core.ExitStatus;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.Trace;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.coredump.CoreDump;
import org.legoos.managers.processor.mm.UserMemory;

/**
 * What happens on the way back to the program (Linux's do_signal): signals are taken and acted on, and an
 * interrupted system call is restarted or ends with EINTR. Runs on the thread itself.
 */
public final class Delivery {
    private static final int NR_RESTART_SYSCALL = 219;
    private static final int SYSCALL_INSTRUCTION_BYTES = 2;

    private Delivery() {}

    public static void deliver(UserThread t) {
        boolean isHandled = false;
        Process process = t.process();
        while (!process.isExiting()) {
            Trace trace = t.trace();
            boolean isTracersStop = trace != null && (process.isStopped() || trace.isInterruptAsked()) && trace.stopForGroup();
            if (process.isStopped() && !isTracersStop) {
                sleepWhileStopped(t);
                continue;
            }
            if (isTracersStop && trace.isInterruptAsked()) {
                continue; // the tracer, which listened, is told first that the group goes on
            }
            SigInfo info = take(t);
            if (info == null) {
                break;
            }
            if (trace != null && info.signal() != Signals.SIGKILL) {
                info = trace.stopFor(info);
                if (info == null) {
                    continue;
                }
            }
            SigAction action = process.actions().get(info.signal());
            if (process.manager().isTraced()) {
                process.manager().traceSink().line(t.tid(), traced(info));
            }
            if (action.handler() == SigAction.SIG_DFL) {
                actByDefault(t, info);
            } else if (action.handler() != SigAction.SIG_IGN) {
                isHandled = true;
                handle(t, info, action);
            }
        }
        if (!isHandled) {
            restartUnhandled(t);
            if (t.hasSavedMask) {
                t.hasSavedMask = false;
                t.setBlocked(t.savedMask);
            }
        }
    }

    /** As strace(1) shows a signal. */
    private static String traced(SigInfo info) {
        String name = Signals.name(info.signal());
        boolean isFault = info.code() > 0 && info.code() < 0x80 && (Signals.bit(info.signal()) & Signals.SYNCHRONOUS) != 0;
        return "--- " + name + " {si_signo=" + name + ", si_code=" + info.code()
                + (isFault ? ", si_addr=0x" + Long.toHexString(info.address()) : "") + "} ---";
    }

    /** Takes the next signal that is not blocked: the thread's own first. */
    private static SigInfo take(UserThread t) {
        SigInfo info = t.pending().take(~t.blocked());
        return info != null ? info : t.process().pending().take(~t.blocked());
    }

    private static void sleepWhileStopped(UserThread t) {
        t.prepareSleep();
        if (t.process().isStopped() && !t.process().isExiting()) {
            t.sleep(WaitQueue.FOREVER);
        }
    }

    private static void actByDefault(UserThread t, SigInfo info) {
        switch (Signals.defaultOf(info.signal())) {
            case IGNORE, CONTINUE -> {}
            case STOP -> {
                if (info.signal() == Signals.SIGSTOP || !t.process().isOrphaned()) {
                    t.process().stop(info.signal());
                }
            }
            case TERMINATE -> t.process().exitGroup(ExitStatus.killed(info.signal()));
            case CORE -> {
                FaultReport.print(t, info);
                t.process().exitGroup(ExitStatus.killed(info.signal(), CoreDump.write(t, info)));
            }
        }
    }

    private static void handle(UserThread t, SigInfo info, SigAction action) {
        restartHandled(t, action);
        int signal = info.signal();
        if (action.has(SigAction.SA_RESETHAND)) {
            t.process().actions().set(signal, new SigAction(SigAction.SIG_DFL, action.flags(), action.restorer(), action.mask()));
        }
        long oldMask = t.hasSavedMask ? t.savedMask : t.blocked();
        t.hasSavedMask = false;
        if (!pushFrame(t, info, action, oldMask)) {
            force(t, SigInfo.fromKernel(Signals.SIGSEGV), signal == Signals.SIGSEGV);
            return;
        }
        long mask = t.blocked() | action.mask();
        t.setBlocked(action.has(SigAction.SA_NODEFER) ? mask : mask | Signals.bit(signal));
    }

    /** Builds the frame on the right stack. @return false when that stack cannot be written */
    private static boolean pushFrame(UserThread t, SigInfo info, SigAction action, long oldMask) {
        if (!action.has(SigAction.SA_RESTORER)) {
            return false; // x86-64 has no restorer of its own
        }
        Cpu cpu = t.cpu();
        AltStack alt = t.altStack();
        long rsp = cpu.register(Gpr.RSP);
        boolean isOnAlt = alt.contains(rsp);
        long stackVa = SignalFrame.belowRedZone(rsp);
        if (action.has(SigAction.SA_ONSTACK) && alt.isEnabled() && !isOnAlt) {
            stackVa = alt.topVa();
        }
        long fpstateVa = SignalFrame.fpstateVa(stackVa);
        long frameVa = SignalFrame.frameVa(fpstateVa);
        if (isOnAlt && !alt.contains(frameVa)) {
            return false; // the handler's own stack overflowed
        }
        UserMemory memory = t.user().memory();
        byte[] fpu = new byte[SignalFrame.FPSTATE_BYTES];
        SignalFrame.saveFpu(cpu, fpu);
        byte[] frame = new byte[SignalFrame.FRAME_BYTES];
        SignalFrame.saveMachine(cpu, frame, fpstateVa, t.trapErrorCode, t.trapNo, t.trapVa);
        Le.putLong(frame, SignalFrame.PRETCODE, action.restorer());
        Le.putLong(frame, SignalFrame.UC_STACK + AltStack.SS_SP, alt.baseVa());
        Le.putInt(frame, SignalFrame.UC_STACK + AltStack.SS_FLAGS, alt.reportedFlags(rsp));
        Le.putLong(frame, SignalFrame.UC_STACK + AltStack.SS_SIZE, alt.sizeBytes());
        Le.putLong(frame, SignalFrame.REG_OLDMASK, oldMask);
        Le.putLong(frame, SignalFrame.UC_SIGMASK, oldMask);
        info.copyTo(frame, SignalFrame.SIGINFO);
        if (memory.write(fpstateVa, fpu, 0, fpu.length) != fpu.length
                || memory.write(frameVa, frame, 0, frame.length) != frame.length) {
            return false;
        }
        if ((alt.rawFlags() & AltStack.SS_AUTODISARM) != 0) {
            alt.disable();
        }
        SignalFrame.enterHandler(cpu, action.handler(), frameVa, info.signal());
        return true;
    }

    /**
     * Sends a signal that cannot be refused: one that is blocked or ignored kills (Linux's force_sig).
     *
     * @param mustKill do not give the program's handler a chance
     */
    public static void force(UserThread t, SigInfo info, boolean mustKill) {
        int signal = info.signal();
        boolean isBlocked = (t.blocked() & Signals.bit(signal)) != 0;
        SigAction action = t.process().actions().get(signal);
        if (mustKill || isBlocked || action.handler() == SigAction.SIG_IGN) {
            t.process().actions().set(signal, SigAction.DEFAULT);
        }
        if (isBlocked) {
            t.setBlocked(t.blocked() & ~Signals.bit(signal));
        }
        t.pending().add(info);
        t.requestDelivery();
    }

    private static void restartHandled(UserThread t, SigAction action) {
        if (t.restartNr < 0) {
            return;
        }
        long result = t.cpu().register(Gpr.RAX);
        boolean isRestarted = result == -Errno.ERESTARTNOINTR
                || result == -Errno.ERESTARTSYS && action.has(SigAction.SA_RESTART);
        if (isRestarted) {
            again(t, t.restartNr);
        } else {
            t.cpu().setRegister(Gpr.RAX, -Errno.EINTR);
        }
        t.restartNr = -1;
    }

    private static void restartUnhandled(UserThread t) {
        if (t.restartNr < 0) {
            return;
        }
        long result = t.cpu().register(Gpr.RAX);
        again(t, result == -Errno.ERESTART_RESTARTBLOCK ? NR_RESTART_SYSCALL : t.restartNr);
        t.restartNr = -1;
    }

    private static void again(UserThread t, long nr) {
        Cpu cpu = t.cpu();
        cpu.setRegister(Gpr.RAX, nr);
        cpu.setRip(cpu.rip() - SYSCALL_INSTRUCTION_BYTES);
    }
}
