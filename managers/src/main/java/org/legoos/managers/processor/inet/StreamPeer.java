package org.legoos.managers.processor.inet;

import java.lang.foreign.MemorySegment;

/**
 * What one end of a connection can do to the other: another socket of the node, or a connection of the host. Calls are
 * made without locks, from any thread, and never block.
 */
public interface StreamPeer {
    /** {@link #deliver} to an end that is closed: the sender gets a reset. */
    int GONE = -1;

    /** Data arrive. @return bytes taken, 0 when there is no room, {@link #GONE} */
    int deliver(MemorySegment from, long at, int length);

    /** Room for {@link #deliver} now. */
    int room();

    /** What {@link #room} can be at most. */
    int capacity();

    /** The other end sends no more. */
    void finish();

    /** The other end is closed for good, after {@link #finish}: it takes nothing any more. */
    default void closed() {}

    /** The other end has dropped the connection. */
    void reset();

    /** The other end has room again. */
    void drained();
}
