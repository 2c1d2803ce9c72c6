package org.legoos.managers.processor.mm;

/**
 * A regular file as shared memory: a page of it is in at most one line of the ExCache, which all shared mappings of the node show.
 * Its content is the file's at the home node: what is stored goes there when a line is evicted, and when it is asked for here.
 */
public interface FileMemory extends SharedMemory {
    /** What the file's owner does for its memory. */
    interface Owner {
        /** The file's name now, for /proc/PID/maps. */
        String name();

        /** No address space maps it any more, and what was stored is home. */
        void ended();

        /** fsync(2) of what is home. @return 0 or a negative errno */
        int sync();

        /** FALLOC_FL_PUNCH_HOLE. @return 0 or a negative errno */
        int punch(long offset, long lengthBytes);
    }

    /** As {@link #retain}, for one who is no user. @return false when it has ended */
    boolean tryRetain();

    /** Sends home what was stored in these bytes' pages. @return 0 or a negative errno */
    int collect(long fromOffset, long toOffset);

    /**
     * Takes these pages away from all mappings, and what was stored home. Until {@link #letGo} whoever touches them waits.
     *
     * @param fromOffset,toOffset a multiple of the page size each
     * @return 0, or a negative errno and nothing is held
     */
    int hold(long fromOffset, long toOffset);

    void letGo(long fromOffset, long toOffset);

    /** Takes the pages of this range that are here away from all mappings, and what was stored home. */
    int sendHome(long fromOffset, long toOffset);

    /** Forgets the pages of a range, which the file has no more, with all that was stored there. */
    void forget(long fromOffset, long toOffset);
}
