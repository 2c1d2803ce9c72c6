package org.legoos.mlx4.fabric;

/** PortCounters of IBA 16.1.3 as far as software fabrics have causes for them. Written by the port's owner agent. */
public final class PortCounters {
    /** In 4-byte words, LRH to ICRC. */
    public long xmitDataWords;

    public long rcvDataWords;
    public long xmitPackets;
    public long rcvPackets;
    public long multicastXmitPackets;
    public long multicastRcvPackets;
    /** Could not be sent: no link, port not active, or the receiver's buffer was full. */
    public long xmitDiscards;
    /** Malformed. */
    public long rcvErrors;
    /** A switch found no way out, or the way back. */
    public long rcvSwitchRelayErrors;
    /** Management packets dropped for lack of room. */
    public long vl15Dropped;
    /** Times that the sender had to wait for room. */
    public long xmitWait;
}
