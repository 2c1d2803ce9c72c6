package org.legoos.kernel.ib;

/** A completion queue. poll may be called by several threads; each completion is given to one of them. */
public interface CompletionQueue extends AutoCloseable {
    /** Takes one completion into {@code to}. @return false when there is none */
    boolean poll(WorkCompletion to);

    /**
     * Arms the completion interrupt: the handler given at creation runs once for the next completion
     * (solicited ones only, if asked). Poll once more after arming: what came before is not reported. An
     * event of an earlier request that is still on its way may absorb this one: ask again after each event.
     */
    void requestNotification(boolean solicitedOnly);

    /**
     * Holds events back until so many completions have come together, or so long after the first; 0 and 0: not at all.
     *
     * @return 0 or a negative errno
     */
    int setModeration(int maxCompletions, int maxPeriodUs);

    @Override
    void close();
}
