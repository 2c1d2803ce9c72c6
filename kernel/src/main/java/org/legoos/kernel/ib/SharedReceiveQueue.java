package org.legoos.kernel.ib;

/** Receives that several queue pairs share; each message takes the next one, whichever queue pair it came to. */
public interface SharedReceiveQueue extends AutoCloseable {
    /** Posts one receive of one scatter entry. @return 0; -ENOMEM when the queue is full; -EINVAL */
    int postReceive(long workRequestId, long address, int lengthBytes, int localKey);

    /**
     * Asks for one call of the limit handler when fewer than {@code receives} are left; 0 takes the request back.
     *
     * @return 0 or a negative errno
     */
    int armLimit(int receives);

    /** Queue pairs that use it must be gone. */
    @Override
    void close();
}
