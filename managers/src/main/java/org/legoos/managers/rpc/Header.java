package org.legoos.managers.rpc;

import java.lang.foreign.MemorySegment;

/**
 * What every request begins with, after LegoOS's struct common_header: opcode, sender's node id, length.
 * The length is the whole message's and receivers check it against what arrived (the original never did).
 */
public final class Header {
    public static final int SIZE_BYTES = 16;

    private static final Layout L = Layout.record();
    public static final Layout.U32 OPCODE = L.u32();
    public static final Layout.U32 SOURCE_NODE = L.u32();
    public static final Layout.U32 LENGTH = L.u32();

    private Header() {}

    public static void write(MemorySegment memory, long at, int opcode, int sourceNode, int lengthBytes) {
        OPCODE.set(memory, at, opcode);
        SOURCE_NODE.set(memory, at, sourceNode);
        LENGTH.set(memory, at, lengthBytes);
        memory.set(java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED, at + SIZE_BYTES - Integer.BYTES, 0);
    }

    /** Whether a message of lengthBytes has a header that says so, sent by the node that it came from. */
    public static boolean isSane(MemorySegment memory, long at, int lengthBytes, int node) {
        return lengthBytes >= SIZE_BYTES
                && LENGTH.get(memory, at) == lengthBytes
                && SOURCE_NODE.get(memory, at) == node;
    }
}
