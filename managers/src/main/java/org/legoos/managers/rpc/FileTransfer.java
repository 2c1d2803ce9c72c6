package org.legoos.managers.rpc;

import org.legoos.fit.Ibapi;

/**
 * P2M_READ and P2M_WRITE: one piece of a file. Behind {@link #SIZE_BYTES}: string path; for a write, the LENGTH
 * bytes follow it directly. Replies: {@link StatusReply}, STATUS is the count of bytes done, VALUE the offset
 * behind them; the bytes read follow at {@link StatusReply#SIZE_BYTES}.
 */
public final class FileTransfer {
    /** {@link #FLAGS}: write at the end of the file, atomically. */
    public static final int APPEND = 1;

    /** The most bytes that one message carries. */
    public static final int MAX_BYTES = 256 * 1024;

    /** Longest path on the wire, as Linux's PATH_MAX without its NUL. */
    public static final int MAX_PATH_BYTES = 4095;

    private static final Layout L = Layout.request();
    public static final Layout.U32 PID = L.u32();
    public static final Layout.U32 UID = L.u32();
    public static final Layout.U32 FLAGS = L.u32();
    public static final Layout.U32 LENGTH = L.u32();
    public static final Layout.U64 FILE_OFFSET = L.u64();
    public static final int SIZE_BYTES = L.size();

    /** Enough for any request of this kind. */
    public static final int MAX_MESSAGE_BYTES = SIZE_BYTES + Short.BYTES + MAX_PATH_BYTES + MAX_BYTES;

    static {
        assert MAX_MESSAGE_BYTES <= Ibapi.MAX_MESSAGE_BYTES;
    }

    private FileTransfer() {}
}
