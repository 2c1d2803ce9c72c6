package org.legoos.managers.processor.pcache;

/**
 * How a chosen line leaves its set although other threads may touch its page at any moment. One of LegoOS's three:
 * {@link WriteProtectMechanism}, {@link PersetListMechanism}, {@link VictimMechanism}.
 */
interface EvictionMechanism {
    /** The line was chosen; set locked. Whatever faulting threads must find is in place from here on. */
    void chosen(int set, int line);

    /**
     * Evicts a line that the caller claimed: unmaps it and sees to its content.
     *
     * @return 0: the line is the caller's, locked and without mappings (but see {@link FaultContext#parkedLine}); a
     *     negative errno: it could not be evicted and is back in its set
     */
    int evict(FaultContext context, int set, int line);

    /** Whether the page is on its way home, so that fetching it now would get old content. */
    boolean isOnItsWay(PcacheSpace space, long guestVa, int set);

    /** Waits until the page is not on its way any more. */
    default void awaitGone(PcacheSpace space, long guestVa, int set) {}

    /** Fills a line from what is kept here of pages that left. @return see the constants */
    int fill(FaultContext context, PcacheSpace space, long guestVa, int line);

    int NOT_HERE = 0;
    int FILLED_CLEAN = 1;
    int FILLED_DIRTY = 2;

    /** Forgets content of the range, which is barred from eviction (or sends it home first). @return 0 or a negative errno */
    int forget(FaultContext context, PcacheSpace space, long startVa, long endVa, boolean sendHome);
}
