package org.legoos.managers.rpc;

/**
 * Answer to {@link ExecveRequest}. Behind {@link #SIZE_BYTES}: string reason (one line why the file cannot be
 * executed; empty when it can), string path of the executable with links resolved (AT_EXECFN is the path as asked),
 * then VMA_COUNT times a {@link VmaRecord} followed by a string: the file's path, "[heap]", "[stack]" or empty. On
 * failure STATUS is negative, VMA_COUNT is 0 and the old address space of the process, if any, is as it was.
 */
public final class ExecveReply {
    private static final Layout L = Layout.record();
    /** As {@link StatusReply#STATUS}. */
    public static final Layout.U32 STATUS = L.u32();

    public static final Layout.U32 VMA_COUNT = L.u32();
    public static final Layout.U64 ENTRY_IP = L.u64();
    public static final Layout.U64 STACK_POINTER = L.u64();
    public static final Layout.U64 BRK_START = L.u64();
    /** Where argument and environment strings lie: /proc/self/cmdline and environ. */
    public static final Layout.U64 ARG_START = L.u64();

    public static final Layout.U64 ARG_END = L.u64();
    public static final Layout.U64 ENV_START = L.u64();
    public static final Layout.U64 ENV_END = L.u64();
    /** The auxiliary vector in the stack: /proc/self/auxv. */
    public static final Layout.U64 AUXV_START = L.u64();

    public static final Layout.U64 AUXV_BYTES = L.u64();
    public static final int SIZE_BYTES = L.size();

    private ExecveReply() {}
}
