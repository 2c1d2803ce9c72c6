package org.legoos.managers.rpc;

/**
 * P2M_FORK (PID = the child's, ARGUMENT = the parent's, or {@link #NOBODY} for an empty address space), P2M_EXIT
 * (ARGUMENT = exit status; frees all memory of the address space) and P2M_STATUS (no fields used). Replies: {@link
 * StatusReply}; for P2M_STATUS {@link MemoryStatus}.
 *
 * <p>PID in this and every other message names an address space of the sending node, by a number that the node
 * never uses twice: after execve(2) the new space has a number of its own, so that late flushes of the old one
 * cannot reach it, and the old one ends with P2M_EXIT. With EXECVE, a number that exists already is replaced on
 * success.
 */
public final class ProcessRequest {
    private static final Layout L = Layout.request();
    public static final Layout.U32 PID = L.u32();
    public static final Layout.U32 ARGUMENT = L.u32();
    /** ARGUMENT of P2M_FORK: the new address space is empty. */
    public static final int NOBODY = 0;

    public static final int SIZE_BYTES = L.size();

    private ProcessRequest() {}
}
