package org.legoos.mlx4.transport;

/**
 * Where packets go: the primary path of a connected QP, or the address vector of a datagram. The card resolves
 * indices (GID, P_Key) before the transport sees them.
 */
public final class PathAddress {
    public int dlid;
    /** Low bits that are or-ed into the port's LID to make the SLID. */
    public int pathBits;
    public int serviceLevel;
    /** Ask for delivery inside the card although the DLID is another's. */
    public boolean forceLoopback;

    public boolean global;
    public int trafficClass;
    public int flowLabel;
    public int hopLimit;
    public long sgidHigh;
    public long sgidLow;
    public long dgidHigh;
    public long dgidLow;

    public void clear() {
        dlid = 0;
        pathBits = 0;
        serviceLevel = 0;
        forceLoopback = false;
        global = false;
        trafficClass = 0;
        flowLabel = 0;
        hopLimit = 0;
        sgidHigh = 0;
        sgidLow = 0;
        dgidHigh = 0;
        dgidLow = 0;
    }

    public void set(PathAddress from) {
        dlid = from.dlid;
        pathBits = from.pathBits;
        serviceLevel = from.serviceLevel;
        forceLoopback = from.forceLoopback;
        global = from.global;
        trafficClass = from.trafficClass;
        flowLabel = from.flowLabel;
        hopLimit = from.hopLimit;
        sgidHigh = from.sgidHigh;
        sgidLow = from.sgidLow;
        dgidHigh = from.dgidHigh;
        dgidLow = from.dgidLow;
    }
}
