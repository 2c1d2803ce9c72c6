package org.legoos.kernel.ib.cm;

/** Whose connection it is: told on the port's thread. */
public interface CmUser {
    /** How a connection came to its end. */
    enum End {
        /** One of the two sides wanted it. */
        DISCONNECTED,
        /** The other side did not want it. */
        REJECTED,
        /** The other side did not answer. */
        TIMED_OUT
    }

    /** The other side accepts what we asked for: make the queue pair ready, then {@link CmConnection#confirm} or {@link CmConnection#reject}. */
    void accepted(CmConnection connection, ConnectReply reply);

    /** Both sides know that both are ready. */
    void established(CmConnection connection);

    /** Once, and nothing after it. @param reason of a rejection (IBA table 109), else 0 */
    void ended(CmConnection connection, End end, int reason);
}
