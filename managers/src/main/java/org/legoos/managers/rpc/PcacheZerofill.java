package org.legoos.managers.rpc;

/**
 * P2M_PCACHE_ZEROFILL: tells that an anonymous page was made locally, so that memory can be set aside. Reply:
 * 4-byte status.
 */
public final class PcacheZerofill {
    private static final Layout L = Layout.request();
    public static final Layout.U32 PID = L.u32();
    public static final Layout.U64 MISSING_VA = L.u64();
    public static final int SIZE_BYTES = L.size();

    private PcacheZerofill() {}
}
