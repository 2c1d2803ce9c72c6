package org.legoos.managers.processor.pcache;

/**
 * What one thread needs while it is in the ExCache: message buffers that are used again and again, the dirty victim that it carries
 * for the next miss, and where its time went. Taken from and given back to {@link FaultContexts}.
 */
final class FaultContext {
    static final int NONE = -1;

    /** Request buffer: a miss with a flush record behind it. */
    final long messagePa;
    /** Where replies of a few bytes arrive. */
    final long replyPa;
    /** A page that waits for a line. */
    final long pagePa;

    /** Node that the coming miss goes to, so that a dirty victim of the same node may travel along; NONE for no miss. */
    int missNode = NONE;
    /** The line whose content is in the message buffer and whose eviction ends with the miss; NONE for none. */
    int parkedLine = NONE;
    /** Errno of the flush that went with the last miss. */
    int flushErrno;

    final int[] privateBits = new int[1];

    long startNs;
    long evictNs;
    long rpcNs;
    long allocatedNs;
    long filledNs;

    FaultContext(long messagePa, long replyPa, long pagePa) {
        this.messagePa = messagePa;
        this.replyPa = replyPa;
        this.pagePa = pagePa;
    }
}
