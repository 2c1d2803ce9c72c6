package org.legoos.managers.rpc;

/**
 * P2M_MREMAP. Reply: {@link StatusReply}, VALUE is the address. Lines of the old range must have been flushed or
 * moved along.
 */
public final class MremapRequest {
    private static final Layout L = Layout.request();
    public static final Layout.U32 PID = L.u32();
    public static final Layout.U32 FLAGS = L.u32();
    public static final Layout.U64 OLD_ADDRESS = L.u64();
    public static final Layout.U64 OLD_LENGTH = L.u64();
    public static final Layout.U64 NEW_LENGTH = L.u64();
    public static final Layout.U64 NEW_ADDRESS = L.u64();
    public static final int SIZE_BYTES = L.size();

    private MremapRequest() {}
}
