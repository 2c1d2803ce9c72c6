package org.legoos.managers.rpc;

/**
 * P2M_MMAP. Flags and protections are Linux's numbers. The path (a string, empty for anonymous memory) follows at
 * {@link #SIZE_BYTES}. The processor has checked descriptor rights and RLIMIT_AS; the memory node checks the rest.
 * Reply: {@link StatusReply}, VALUE is the address.
 */
public final class MmapRequest {
    private static final Layout L = Layout.request();
    public static final Layout.U32 PID = L.u32();
    public static final Layout.U32 PROT = L.u32();
    public static final Layout.U32 FLAGS = L.u32();
    public static final Layout.U64 ADDRESS = L.u64();
    public static final Layout.U64 LENGTH = L.u64();
    public static final Layout.U64 FILE_OFFSET = L.u64();
    /** Whose files. */
    public static final Layout.U32 VNODE = L.u32();
    public static final int SIZE_BYTES = L.size();

    private MmapRequest() {}
}
