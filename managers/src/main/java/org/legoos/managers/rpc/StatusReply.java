package org.legoos.managers.rpc;

/**
 * The reply of most requests, and the beginning of every other reply: a status (0 or a positive result,
 * or a negative errno) and a value (an address, an offset, a position). A receiver may always answer with the status
 * alone ({@link #STATUS_BYTES}); a shorter reply is -EIO to the caller.
 */
public final class StatusReply {
    private static final Layout L = Layout.record();
    public static final Layout.U32 STATUS = L.u32();
    public static final int STATUS_BYTES = Integer.BYTES;
    public static final Layout.U64 VALUE = L.u64();
    /** What follows the value, if anything, begins here. */
    public static final int SIZE_BYTES = L.size();

    private StatusReply() {}
}
