package org.legoos.managers.rpc;

/**
 * Calls on a range of addresses: P2M_MUNMAP, P2M_MPROTECT (ARGUMENT = prot), P2M_MADVISE (advice), P2M_MSYNC
 * (flags), P2M_BRK (ADDRESS = the new break). Reply: {@link StatusReply}; for P2M_BRK, VALUE is the break
 * afterwards (the old one when it could not be moved; the status is 0 then too, as the system call behaves).
 */
public final class RangeRequest {
    private static final Layout L = Layout.request();
    public static final Layout.U32 PID = L.u32();
    public static final Layout.U32 ARGUMENT = L.u32();
    public static final Layout.U64 ADDRESS = L.u64();
    public static final Layout.U64 LENGTH = L.u64();
    public static final int SIZE_BYTES = L.size();

    private RangeRequest() {}
}
