package org.legoos.managers.processor.syscall;

import org.legoos.isa.cpu.Cpu;
import org.legoos.isa.cpu.Gpr;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.signal.AltStack;
import org.legoos.kernel.signal.SigAction;
import org.legoos.kernel.signal.SigActions;
import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.signal.SignalFrame;
import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.signal.Delivery;
import org.legoos.managers.processor.time.Clocks;

/** How a program receives signals: actions, masks, stacks, waiting, return from handlers. */
final class SignalCalls {
    private static final int SIG_BLOCK = 0;
    private static final int SIG_UNBLOCK = 1;
    private static final int SIG_SETMASK = 2;

    private SignalCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("rt_sigaction", (t, a, b, c, d, e, f) -> sigaction(t, (int) a, b, c, d));
        table.full("rt_sigprocmask", (t, a, b, c, d, e, f) -> sigprocmask(t, (int) a, b, c, d));
        table.full("rt_sigpending", (t, a, b, c, d, e, f) -> sigpending(t, a, b));
        table.full("rt_sigsuspend", (t, a, b, c, d, e, f) -> sigsuspend(t, a, b));
        table.full("rt_sigtimedwait", (t, a, b, c, d, e, f) -> sigtimedwait(t, a, b, c, d));
        table.full("rt_sigreturn", (t, a, b, c, d, e, f) -> sigreturn(t));
        table.full("sigaltstack", (t, a, b, c, d, e, f) -> sigaltstack(t, a, b));
        table.full("pause", (t, a, b, c, d, e, f) -> pause(t));
    }

    private static long sigaction(UserThread t, int signal, long newVa, long oldVa, long size) {
        if (size != SignalMask.BYTES || !Signals.isValid(signal)) {
            return -Errno.EINVAL;
        }
        SigActions actions = t.process().actions();
        SigAction old = actions.get(signal);
        if (newVa != 0) {
            byte[] from = t.user().struct(newVa, SigAction.BYTES);
            SigAction wanted = new SigAction(Le.getLong(from, SigAction.HANDLER), Le.getLong(from, SigAction.FLAGS),
                    Le.getLong(from, SigAction.RESTORER), Le.getLong(from, SigAction.MASK) & ~Signals.UNBLOCKABLE);
            if ((Signals.bit(signal) & Signals.UNBLOCKABLE) != 0) {
                return -Errno.EINVAL;
            }
            actions.set(signal, wanted);
            if (actions.isIgnored(signal)) {
                t.process().pending().discard(Signals.bit(signal));
                t.pending().discard(Signals.bit(signal));
            }
        }
        if (oldVa != 0) {
            byte[] to = t.user().zeroed(SigAction.BYTES);
            Le.putLong(to, SigAction.HANDLER, old.handler());
            Le.putLong(to, SigAction.FLAGS, old.flags());
            Le.putLong(to, SigAction.RESTORER, old.restorer());
            Le.putLong(to, SigAction.MASK, old.mask());
            t.user().putStruct(oldVa, SigAction.BYTES);
        }
        return 0;
    }

    private static long sigprocmask(UserThread t, int how, long newVa, long oldVa, long size) {
        SignalMask.requireSize(size);
        long old = t.blocked();
        if (newVa != 0) {
            long set = SignalMask.read(t, newVa);
            switch (how) {
                case SIG_BLOCK -> t.setBlocked(old | set);
                case SIG_UNBLOCK -> t.setBlocked(old & ~set);
                case SIG_SETMASK -> t.setBlocked(set);
                default -> {
                    return -Errno.EINVAL;
                }
            }
        }
        if (oldVa != 0) {
            t.user().putLong(oldVa, old);
        }
        return 0;
    }

    private static long sigpending(UserThread t, long va, long size) {
        if (Long.compareUnsigned(size, SignalMask.BYTES) > 0) {
            return -Errno.EINVAL;
        }
        byte[] set = t.user().zeroed((int) SignalMask.BYTES);
        Le.putLong(set, 0, (t.pending().mask() | t.process().pending().mask()) & t.blocked());
        t.user().putStruct(va, (int) size);
        return 0;
    }

    private static long sigsuspend(UserThread t, long va, long size) {
        SignalMask.requireSize(size);
        SignalMask.swap(t, va, size);
        return pause(t);
    }

    private static long pause(UserThread t) {
        t.sleepUntilInterrupted();
        return -Errno.ERESTARTNOHAND;
    }

    private static long sigtimedwait(UserThread t, long setVa, long infoVa, long timeoutVa, long size) {
        SignalMask.requireSize(size);
        long set = SignalMask.read(t, setVa) & ~Signals.UNBLOCKABLE;
        long deadlineNs = WaitQueue.FOREVER;
        if (timeoutVa != 0) {
            byte[] ts = t.user().struct(timeoutVa, 16);
            deadlineNs = Clocks.saturatedAdd(t.nowNs(), Clocks.fromTimespec(Le.getLong(ts, 0), Le.getLong(ts, 8)));
        }
        SigInfo info = awaitSignal(t, set, deadlineNs);
        if (info == null) {
            return t.isInterrupted() ? -Errno.EINTR : -Errno.EAGAIN;
        }
        if (infoVa != 0) {
            info.copyTo(t.user().scratch(), 0);
            t.user().putStruct(infoVa, SigInfo.BYTES);
        }
        return info.signal();
    }

    private static SigInfo awaitSignal(UserThread t, long set, long deadlineNs) {
        t.setWaitedFor(set);
        try {
            while (true) {
                t.prepareSleep();
                SigInfo info = t.pending().take(set);
                if (info == null) {
                    info = t.process().pending().take(set);
                }
                if (info != null || t.isInterrupted() || t.nowNs() >= deadlineNs) {
                    return info;
                }
                t.sleep(deadlineNs);
            }
        } finally {
            t.setWaitedFor(0);
        }
    }

    /** The frame lies just above the return address that the handler popped. What is wrong in it kills. */
    private static long sigreturn(UserThread t) {
        Cpu cpu = t.cpu();
        long frameVa = cpu.register(Gpr.RSP) - 8;
        byte[] frame = new byte[SignalFrame.FRAME_BYTES];
        byte[] fpu = new byte[SignalFrame.FPSTATE_BYTES];
        boolean isReadable = t.user().memory().read(frameVa, frame, 0, frame.length) == frame.length;
        long fpstateVa = Le.getLong(frame, SignalFrame.FPSTATE);
        boolean hasFpu = isReadable && fpstateVa != 0;
        boolean isGood = isReadable && (!hasFpu || t.user().memory().read(fpstateVa, fpu, 0, fpu.length) == fpu.length
                && SignalFrame.restoreFpu(cpu, fpu));
        if (!isGood) {
            Delivery.force(t, SigInfo.fromKernel(Signals.SIGSEGV), false);
            return 0;
        }
        SignalFrame.restoreMachine(cpu, frame);
        restoreAltStack(t, frame);
        t.setBlocked(Le.getLong(frame, SignalFrame.UC_SIGMASK));
        t.restartNr = -1;
        return cpu.register(Gpr.RAX);
    }

    private static void restoreAltStack(UserThread t, byte[] frame) {
        int flags = Le.getInt(frame, SignalFrame.UC_STACK + AltStack.SS_FLAGS);
        long size = Le.getLong(frame, SignalFrame.UC_STACK + AltStack.SS_SIZE);
        if ((flags & AltStack.SS_DISABLE) != 0) {
            t.altStack().disable();
        } else if (Long.compareUnsigned(size, AltStack.MINSIGSTKSZ) >= 0) {
            t.altStack().set(Le.getLong(frame, SignalFrame.UC_STACK + AltStack.SS_SP), size, flags & AltStack.SS_AUTODISARM);
        }
    }

    private static long sigaltstack(UserThread t, long newVa, long oldVa) {
        AltStack stack = t.altStack();
        long rsp = t.cpu().register(Gpr.RSP);
        long oldBase = stack.baseVa();
        long oldSize = stack.sizeBytes();
        int oldFlags = stack.reportedFlags(rsp);
        if (newVa != 0) {
            byte[] from = t.user().struct(newVa, AltStack.BYTES);
            int flags = Le.getInt(from, AltStack.SS_FLAGS);
            long size = Le.getLong(from, AltStack.SS_SIZE);
            if (stack.contains(rsp)) {
                return -Errno.EPERM;
            }
            int mode = flags & ~AltStack.SS_AUTODISARM;
            if (mode != 0 && mode != AltStack.SS_ONSTACK && mode != AltStack.SS_DISABLE) {
                return -Errno.EINVAL;
            }
            if (mode == AltStack.SS_DISABLE) {
                stack.disable();
            } else if (Long.compareUnsigned(size, AltStack.MINSIGSTKSZ) < 0) {
                return -Errno.ENOMEM;
            } else {
                stack.set(Le.getLong(from, AltStack.SS_SP), size, flags & AltStack.SS_AUTODISARM);
            }
        }
        if (oldVa != 0) {
            byte[] to = t.user().zeroed(AltStack.BYTES);
            Le.putLong(to, AltStack.SS_SP, oldBase);
            Le.putInt(to, AltStack.SS_FLAGS, oldFlags);
            Le.putLong(to, AltStack.SS_SIZE, oldSize);
            t.user().putStruct(oldVa, AltStack.BYTES);
        }
        return 0;
    }
}
