package org.legoos.kernel.ib;

/** A send work request; reused by its owner, so posting allocates nothing. Addresses are those of the key's region. */
public final class SendWorkRequest {
    public static final int MAX_SGE = 4;

    public enum Opcode {
        SEND, SEND_WITH_IMM, SEND_WITH_INV, RDMA_WRITE, RDMA_WRITE_WITH_IMM, RDMA_READ, ATOMIC_CMP_AND_SWP, ATOMIC_FETCH_AND_ADD,
        /** Needs a queue pair made for 3 scatter entries, for its operands are long. */
        MASKED_ATOMIC_CMP_AND_SWP,
        MASKED_ATOMIC_FETCH_AND_ADD,
        LOCAL_INV,
        REG_MR,
        BIND_MW;

        /** Changes a key on this node, and sends nothing. */
        public boolean isLocal() {
            return this == LOCAL_INV || this == REG_MR || this == BIND_MW;
        }
    }

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
    /** Masked atomics: bits that are compared; of a FetchAdd the highest bit of each field. */
    public long compareAddMask;
    public long swapMask;
    /** LOCAL_INV: a key of this node; SEND_WITH_INV: one of the peer. */
    public int invalidateKey;
    /** REG_MR and BIND_MW: rights of {@link Access}. */
    public int access;
    /** REG_MR. */
    public FastRegion region;
    /** BIND_MW, with the part of a region that it opens; length 0 closes it. */
    public MemoryWindow window;
    public int boundLocalKey;
    public long boundAddress;
    public long boundLengthBytes;
    /** UD and GSI only. */
    public int remoteLid;
    public int remoteQpn;
    public int remoteQkey;
    /** GSI only: the partition key itself, not its index. */
    public int pkey;
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
