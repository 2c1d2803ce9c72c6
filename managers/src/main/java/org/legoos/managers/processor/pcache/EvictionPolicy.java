package org.legoos.managers.processor.pcache;

/** Which line of a full set goes. All methods are called with the set's lock held. */
interface EvictionPolicy {
    /** The line has been filled and mapped. */
    void inserted(int set, int line);

    /** The line is no candidate any more. */
    void removed(int set, int line);

    /**
     * The best line that {@code claims} grants, which is locked then; -1 when none is granted.
     */
    int choose(int set, Claims claims);

    /** Grants a line to an evictor unless somebody else is using it. */
    interface Claims {
        boolean claim(int line);
    }
}
