package org.legoos.kernel.ib;

/** A send work request; reused by its owner, so posting allocates nothing. Addresses are those of the key's region. */
public final class SendWorkRequest {
    public static final int MAX_SGE = 4;

    public enum Opcode { SEND, SEND_WITH_IMM, RDMA_WRITE, RDMA_WRITE_WITH_IMM, RDMA_READ, ATOMIC_CMP_AND_SWP, ATOMIC_FETCH_AND_ADD }

    public long workRequestId;
    public Opcode opcode = Opcode.SEND;
    public boolean signaled;
    public boolean solicited;
    public boolean fence;
    /** Copy the data into the WQE at post time; total length at most {@link QpCapabilities#maxInlineBytes}. */
    public boolean inline;
    public int immediate;
    public long remoteAddress;
    public int remoteKey;
    public long compareAdd;
    public long swap;
    /** UD only. */
    public int remoteLid;
    public int remoteQpn;
    public int remoteQkey;
    /** UD only: send a GRH, with this destination (to a multicast group always). */
    public boolean hasRemoteGid;
    public long remoteGidHigh;
    public long remoteGidLow;

    public int sgeCount;
    public final long[] sgeAddress = new long[MAX_SGE];
    public final int[] sgeLengthBytes = new int[MAX_SGE];
    public final int[] sgeLocalKey = new int[MAX_SGE];

    /** Sets the gather list to one piece. */
    public void single(long address, int lengthBytes, int localKey) {
        sgeCount = 1;
        sgeAddress[0] = address;
        sgeLengthBytes[0] = lengthBytes;
        sgeLocalKey[0] = localKey;
    }
}
