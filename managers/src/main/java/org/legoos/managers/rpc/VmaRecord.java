package org.legoos.managers.rpc;

/** One range of an address space inside a message; prot and flags with Linux's numbers (PROT_*, MAP_*). */
public final class VmaRecord {
    private static final Layout L = Layout.record();
    public static final Layout.U64 START = L.u64();
    public static final Layout.U64 END = L.u64();
    public static final Layout.U32 PROT = L.u32();
    public static final Layout.U32 FLAGS = L.u32();
    public static final Layout.U64 FILE_OFFSET = L.u64();
    public static final int SIZE_BYTES = L.size();

    private VmaRecord() {}
}
