package org.legoos.managers.processor.signal;

import org.legoos.kernel.signal.PendingSignals;
import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.OpenFlags;

/** Sending signals (Linux's send_signal and complete_signal). Any thread, also clock threads. */
public final class Signalling {
    private static final long STOP_SIGNALS = Signals.bit(Signals.SIGSTOP) | Signals.bit(Signals.SIGTSTP)
            | Signals.bit(Signals.SIGTTIN) | Signals.bit(Signals.SIGTTOU);

    private Signalling() {}

    /**
     * Sends to one thread, or to the process when {@code target} is null.
     *
     * @return 0, or -EAGAIN when a real-time signal found the queue full
     */
    public static int send(Process process, UserThread target, SigInfo info) {
        int signal = info.signal();
        if (signal == Signals.SIGCONT || signal == Signals.SIGKILL) {
            discard(process, STOP_SIGNALS);
            if (signal == Signals.SIGCONT) {
                process.goOn(true);
            }
        } else if ((Signals.bit(signal) & STOP_SIGNALS) != 0) {
            discard(process, Signals.bit(Signals.SIGCONT));
        }
        UserThread taker = target != null ? target : choose(process, signal);
        if (taker != null && isUseless(process, taker, signal)) {
            return 0;
        }
        PendingSignals queue = target != null ? target.pending() : process.pending();
        if (!queue.add(info, process.rlimits().soft(Rlimits.SIGPENDING))) {
            return -Errno.EAGAIN;
        }
        if (signal == Signals.SIGKILL) {
            process.goOn(false); // not before: it would run on
            process.hurryThreads(); // all: the one that is chosen may wait for a turn that a sibling does not give it
        }
        // Chosen anew: who was right before may have blocked the signal since, and would not have seen it in the queue.
        UserThread receiver = target != null ? target : choose(process, signal);
        if (receiver != null && wants(receiver, signal)) {
            receiver.attend();
        }
        process.signalWaiters().wake(OpenFlags.READABLE);
        return 0;
    }

    private static void discard(Process process, long set) {
        process.pending().discard(set);
        for (UserThread thread : process.threads()) {
            thread.pending().discard(set);
        }
    }

    /** A thread that might have taken the process's signals of the set does not any more: others may have to. */
    public static void retarget(Process process, long set) {
        long todo = process.pending().mask() & set;
        while (todo != 0) {
            int signal = Long.numberOfTrailingZeros(todo) + 1;
            UserThread receiver = choose(process, signal);
            if (receiver != null && wants(receiver, signal)) {
                receiver.attend();
            }
            todo &= todo - 1;
        }
    }

    /** A thread that takes the signal now: one that does not block it or waits for it. */
    private static UserThread choose(Process process, int signal) {
        UserThread any = null;
        for (UserThread thread : process.threads()) {
            if (wants(thread, signal)) {
                return thread;
            }
            any = thread;
        }
        return any;
    }

    private static boolean wants(UserThread thread, int signal) {
        return ((~thread.blocked() | thread.waitedFor()) & Signals.bit(signal)) != 0;
    }

    private static boolean isUseless(Process process, UserThread thread, int signal) {
        return thread.trace() == null && process.actions().isIgnored(signal)
                && ((thread.blocked() | thread.waitedFor()) & Signals.bit(signal)) == 0;
    }
}
