package org.legoos.managers.processor.inet;

/**
 * A connection between a socket of the node and the host's network, as the network's side sees it. A connection
 * begins by one of {@link #established} and {@link #failed}; data then goes through the two {@link StreamPeer}s.
 */
public interface HostConnection {
    /**
     * The connection stands.
     *
     * @param host takes what the program sends
     * @param local the address that the host's side uses, for information
     * @return takes what the network sends, or null when the program has gone away meanwhile
     */
    StreamPeer established(StreamPeer host, Endpoint local);

    /** @param errno ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH ... */
    void failed(int errno);
}
