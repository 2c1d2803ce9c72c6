package org.legoos.kernel.ib;

/**
 * A queue pair. Posting may be done by several threads (the QP serialises them with a lock of its own);
 * state changes take turns. State changes and close are commands to the card: they block, so interrupt
 * handlers and agents must leave them to a thread (there they fail with -EDEADLK).
 */
public interface QueuePair extends AutoCloseable {
    int qpn();

    QpType type();

    QpCapabilities capabilities();

    /** RESET to INIT. @return 0 or a negative errno */
    int toInit(QpAttributes attributes);

    /** INIT to RTR. */
    int toReadyToReceive(QpAttributes attributes);

    /** RTR to RTS. */
    int toReadyToSend(QpAttributes attributes);

    /** Any state to ERROR: outstanding work is flushed. */
    int toError();

    /** Any state to RESET, from which it can be brought up again: what was posted is forgotten, completions among it. */
    int toReset();

    /** @return 0; -ENOMEM when the send queue is full; -EINVAL for a request that does not fit the QP */
    int postSend(SendWorkRequest request);

    /** Posts one receive of one scatter entry (lengthBytes may be 0, for RDMA-write-with-immediate). Same results. */
    int postReceive(long workRequestId, long address, int lengthBytes, int localKey);

    /** UD only: receives what is sent to a multicast group from now on. @return 0 or a negative errno */
    int attachMulticast(long gidHigh, long gidLow);

    int detachMulticast(long gidHigh, long gidLow);

    @Override
    void close();
}
