package org.legoos.managers.rpc;

/** Reply to P2M_STATUS: a memory node's memory, for sysinfo(2) and /proc/meminfo. */
public final class MemoryStatus {
    private static final Layout L = Layout.record();
    public static final Layout.U32 STATUS = L.u32();
    public static final Layout.U32 TASK_COUNT = L.u32();
    public static final Layout.U64 TOTAL_BYTES = L.u64();
    public static final Layout.U64 FREE_BYTES = L.u64();
    /** Memory that files of ramfs take (Shmem and Cached of /proc/meminfo). */
    public static final Layout.U64 FILE_BYTES = L.u64();

    public static final Layout.U64 PAGE_TABLE_BYTES = L.u64();
    /** Committed_AS: private writable memory that programs have asked for. */
    public static final Layout.U64 COMMITTED_BYTES = L.u64();
    public static final Layout.U64 COMMIT_LIMIT_BYTES = L.u64();
    public static final int SIZE_BYTES = L.size();

    private MemoryStatus() {}
}
