package org.legoos.kernel.ib.mad;

/** Time as the protocols here see it: all actions run on the thread that owns them, one after the other. */
public interface Timers {
    long nowNs();

    /** @return the action's timer, to cancel it */
    Timer after(long delayNs, Runnable action);

    /** One action that has not run yet. */
    interface Timer {
        /** It does not run any more; harmless when it has. */
        void cancel();
    }
}
