package org.legoos.kernel.signal;

/**
 * What a process wants done with one signal (struct kernel_sigaction of x86-64: handler, flags, restorer, mask).
 *
 * @param handler guestVa of the handler, {@link #SIG_DFL} or {@link #SIG_IGN}
 * @param flags SA_*
 * @param restorer guestVa of the code that calls rt_sigreturn
 * @param mask signals blocked while the handler runs
 */
public record SigAction(long handler, long flags, long restorer, long mask) {
    public static final long SIG_DFL = 0;
    public static final long SIG_IGN = 1;

    public static final long SA_NOCLDSTOP = 1;
    public static final long SA_NOCLDWAIT = 2;
    public static final long SA_SIGINFO = 4;
    public static final long SA_RESTORER = 0x04000000;
    public static final long SA_ONSTACK = 0x08000000;
    public static final long SA_RESTART = 0x10000000;
    public static final long SA_NODEFER = 0x40000000;
    public static final long SA_RESETHAND = 0x80000000L;

    public static final SigAction DEFAULT = new SigAction(SIG_DFL, 0, 0, 0);

    /** Size and offsets of the structure that rt_sigaction(2) passes. */
    public static final int BYTES = 32;
    public static final int HANDLER = 0;
    public static final int FLAGS = 8;
    public static final int RESTORER = 16;
    public static final int MASK = 24;

    public boolean has(long flag) {
        return (flags & flag) != 0;
    }
}
