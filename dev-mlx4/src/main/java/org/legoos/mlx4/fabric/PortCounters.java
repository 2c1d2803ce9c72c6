package org.legoos.mlx4.fabric;

import org.legoos.mlx4.prm.PortCountersMad;

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
    /** Times that the link went down after it had been up. */
    public volatile long linkDowned;

    /** Where counting of the performance agent's counters began. */
    final long[] basicBase = new long[PerformanceAgent.BASIC_COUNT];
    final long[] extendedBase = new long[PortCountersMad.EXTENDED_COUNT];
}
