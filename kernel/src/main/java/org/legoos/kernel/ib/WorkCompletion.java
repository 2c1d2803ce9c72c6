package org.legoos.kernel.ib;

/** One completion, filled in by {@link CompletionQueue#poll}; reused by its owner, so polling allocates nothing. */
public final class WorkCompletion {
    public long workRequestId;
    public WcStatus status = WcStatus.SUCCESS;
    public WcOpcode opcode = WcOpcode.SEND;
    public int vendorError;
    public int lengthBytes;
    /** Local QP number. */
    public int qpn;
    public int sourceQpn;
    public int sourceLid;
    /** GSI receive only: where in the port's table the partition key of the packet is. */
    public int pkeyIndex;
    public boolean hasImmediate;
    /** Immediate data in host order (the 32-bit number that the sender passed). */
    public int immediate;
    /** The peer's SEND invalidated this key of ours; 0 when none. */
    public int invalidatedKey;
    /** A 40-byte GRH precedes the payload of a UD receive. */
    public boolean hasGrh;
}
