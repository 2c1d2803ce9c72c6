package org.legoos.kernel.signal;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** The signal actions of a process (Linux's sighand); threads share one, fork copies it, execve resets the handlers. */
public final class SigActions {
    private final AtomicReferenceArray<SigAction> actions = new AtomicReferenceArray<>(Signals.NSIG + 1);

    public SigActions() {
        for (int signal = 0; signal <= Signals.NSIG; signal++) {
            actions.set(signal, SigAction.DEFAULT);
        }
    }

    public SigAction get(int signal) {
        return actions.get(signal);
    }

    public void set(int signal, SigAction action) {
        actions.set(signal, action);
    }

    /** Whether the signal, sent now and not blocked, would do nothing. */
    public boolean isIgnored(int signal) {
        long handler = get(signal).handler();
        return handler == SigAction.SIG_IGN
                || handler == SigAction.SIG_DFL && Signals.defaultOf(signal) == Signals.Default.IGNORE;
    }

    /** execve(2): handlers of the old program are gone, ignored signals stay ignored. */
    public void resetHandlers() {
        for (int signal = 1; signal <= Signals.NSIG; signal++) {
            if (get(signal).handler() != SigAction.SIG_IGN) {
                set(signal, SigAction.DEFAULT);
            }
        }
    }

    public SigActions copy() {
        SigActions copy = new SigActions();
        for (int signal = 1; signal <= Signals.NSIG; signal++) {
            copy.set(signal, get(signal));
        }
        return copy;
    }
}
