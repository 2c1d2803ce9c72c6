package org.legoos.mlx4.transport;

/** A receive WQE (of a receive queue or an SRQ) and, once it is complete, what arrived in it. */
public final class ReceiveRequest {
    /** What completed it: the receive opcodes of the CQE. */
    public enum Kind {
        WRITE_IMMEDIATE,
        SEND,
        SEND_IMMEDIATE,
        SEND_INVALIDATE
    }

    /** Filled by the card in {@link QpHost#fetchReceive}. */
    public int wqeIndex;

    /** For the card's own use, such as the SRQ that the WQE came from. */
    public long hostCookie;

    public final GatherList data = new GatherList();

    // Filled by the transport before completeReceive.
    public Kind kind = Kind.SEND;
    public boolean solicited;
    /** Immediate data or the invalidated R_Key, as it lay on the wire. */
    public int immediate;
    /** Bytes that arrived; for a datagram with the 40 bytes of the GRH area. */
    public long byteCount;

    // Datagrams only.
    public int remoteQpn;
    public int remoteLid;
    public int serviceLevel;
    public int dlidPathBits;
    public boolean hasGrh;
    /** P_Key of the packet: a card reports its table index for QP1. */
    public int pKey;

    public void clear() {
        wqeIndex = 0;
        hostCookie = 0;
        data.clear();
        kind = Kind.SEND;
        solicited = false;
        immediate = 0;
        byteCount = 0;
        remoteQpn = 0;
        remoteLid = 0;
        serviceLevel = 0;
        dlidPathBits = 0;
        hasGrh = false;
        pKey = 0;
    }
}
