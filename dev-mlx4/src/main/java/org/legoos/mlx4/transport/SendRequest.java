package org.legoos.mlx4.transport;

import java.lang.foreign.MemorySegment;

/**
 * A send WQE as the transport sees it. The card fills the public fields in {@link QpHost#fetchSend}; the object
 * is kept until the request has completed (a retransmission gathers again from it) and is then reused.
 */
public final class SendRequest {
    /** The longest segment of a LOCAL request (fast registration). */
    public static final int HOST_SEGMENT_BYTES = 48;

    public Operation operation;
    /** The WQE counter that goes into the CQE. */
    public int wqeIndex;
    /** WQE opcode for the CQE, and anything else that only the card needs. */
    public int hostOpcode;
    /** For the card's own use, for example where a LOCAL request's segments are. */
    public long hostCookie;
    private MemorySegment hostSegment; // made when first needed

    /** Room for the card to keep what a LOCAL request is about. */
    public MemorySegment hostSegment() {
        if (hostSegment == null) {
            hostSegment = MemorySegment.ofArray(new byte[HOST_SEGMENT_BYTES]);
        }
        return hostSegment;
    }

    /** Not OK: the WQE is malformed; it completes with this status when its turn comes. */
    public Status fetchStatus = Status.OK;

    public boolean signaled;
    public boolean solicited;
    public boolean fence;
    /** LOCAL only: everything before must have completed, for it may use the key that this one changes. */
    public boolean strongOrder;
    /** Immediate data or R_Key to invalidate, the dword as it lies on the wire. */
    public int immediate;

    public long remoteVa;
    public int remoteKey;
    public long swapOrAdd;
    public long compare;
    /** Masked atomics only; of a FetchAdd the first holds the highest bit of each field. */
    public long swapOrAddMask;

    public long compareMask;

    /** XRC only: the SRQ at the other end. */
    public int xrcSrqn;

    /** UD only. */
    public final PathAddress address = new PathAddress();

    public int remoteQpn;
    public int qKey;

    /** Management QPs only: lane 15, and the source LID that software put into the header (SLR). */
    public boolean managementLane;

    public boolean keepSourceLid;

    public final GatherList data = new GatherList();

    // The transport's own, in unwrapped PSNs. Packets [firstPsn, endPsn) belong to this request.
    long firstPsn;
    long endPsn;
    /** First PSN whose response has not arrived (READ and atomics). */
    long responsePsn;
    boolean done;

    /** Forgets the previous WQE. */
    public void clear() {
        operation = Operation.LOCAL;
        wqeIndex = 0;
        hostOpcode = 0;
        hostCookie = 0;
        fetchStatus = Status.OK;
        signaled = false;
        solicited = false;
        fence = false;
        strongOrder = false;
        immediate = 0;
        remoteVa = 0;
        remoteKey = 0;
        swapOrAdd = 0;
        compare = 0;
        swapOrAddMask = 0;
        compareMask = 0;
        xrcSrqn = 0;
        address.clear();
        remoteQpn = 0;
        qKey = 0;
        managementLane = false;
        keepSourceLid = false;
        data.clear();
        done = false;
    }
}
