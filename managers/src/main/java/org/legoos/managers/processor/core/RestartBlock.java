package org.legoos.managers.processor.core;

/** What an interrupted relative sleep needs to go on (Linux's restart_block). */
public final class RestartBlock {
    /** Goes on with the call; gets the thread. */
    @FunctionalInterface
    public interface Continuation {
        long go(UserThread thread);
    }

    private Continuation continuation;
    public long deadlineNs;
    public long argVa;
    /** Further arguments of the call. */
    public final int[] args = new int[3];
    public long count;

    public void set(Continuation newContinuation) {
        continuation = newContinuation;
    }

    /** @return the continuation, once; null when there is none */
    public Continuation take() {
        Continuation taken = continuation;
        continuation = null;
        return taken;
    }
}
