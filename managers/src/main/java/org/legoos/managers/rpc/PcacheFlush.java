package org.legoos.managers.rpc;

/**
 * P2M_PCACHE_FLUSH: a dirty line goes home. The message is a {@link Header} and, at {@link #RECORD_AT}, the record;
 * the same record follows a {@link PcacheMiss}. Reply: 4-byte status; -EFAULT when the address is not mapped (any
 * more), the line is then dropped; -ENOMEM when there is no frame for it: the process must die.
 */
public final class PcacheFlush {
    private static final Layout L = Layout.record();
    /** Offsets from the record's begin. */
    public static final Layout.U32 PID = L.u32();

    public static final Layout.U64 USER_VA = L.u64();
    public static final int LINE_AT = L.bytes(PcacheMiss.LINE_BYTES);
    public static final int RECORD_BYTES = L.size();

    public static final int RECORD_AT = Header.SIZE_BYTES;
    public static final int SIZE_BYTES = RECORD_AT + RECORD_BYTES;

    private PcacheFlush() {}
}
