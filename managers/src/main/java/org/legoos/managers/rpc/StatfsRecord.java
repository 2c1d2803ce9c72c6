package org.legoos.managers.rpc;

/** The content of struct statfs inside a message; counts in units of BLOCK_SIZE. */
public final class StatfsRecord {
    private static final Layout L = Layout.record();
    public static final Layout.U64 TYPE = L.u64();
    public static final Layout.U64 BLOCK_SIZE = L.u64();
    public static final Layout.U64 BLOCKS = L.u64();
    public static final Layout.U64 BLOCKS_FREE = L.u64();
    public static final Layout.U64 FILES = L.u64();
    public static final Layout.U64 FILES_FREE = L.u64();
    public static final Layout.U64 NAME_LENGTH = L.u64();
    public static final int SIZE_BYTES = L.size();

    private StatfsRecord() {}
}
