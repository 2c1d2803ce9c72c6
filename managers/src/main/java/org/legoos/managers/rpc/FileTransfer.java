package org.legoos.managers.rpc;

import org.legoos.fit.Ibapi;

/**
 * P2M_READ, P2M_WRITE, M2S_READ, M2S_WRITE: one piece of a file. Behind {@link #SIZE_BYTES}: string path; for a
 * write, the LENGTH bytes follow it directly. Replies: {@link StatusReply}, STATUS is the count of bytes done,
 * VALUE the offset behind them.
 *
 * <p>Reads: the reply is the bytes and nothing else, so that the card of who has them puts them where they
 * belong (a page of the cache, a buffer of the processor) and nobody copies them again; its length is their count. M2S_READ may
 * give fewer than LENGTH only at the end of the file, P2M_READ also at a multiple of {@link #PIECE_BYTES}. When there is no byte (end
 * of file, an error) the reply is a {@link StatusReply} and its private bits are {@link #STATUS_ONLY}.
 */
public final class FileTransfer {
    /** {@link #FLAGS}: write at the end of the file, atomically. */
    public static final int APPEND = 1;

    /** {@link #FLAGS}: a write is answered when it is on the disk, content and what is needed to find it (O_DSYNC). */
    public static final int DSYNC = 2;

    /** {@link #FLAGS}: as DSYNC, and all attributes too (O_SYNC). */
    public static final int SYNC = 4;

    /** {@link #FLAGS}: SIZE and MTIME_NS are what the storage node said when the file was opened just now. */
    public static final int FRESH = 8;

    /** Private bits of a reply to a read that carries a status and no bytes. */
    public static final int STATUS_ONLY = 1;

    /** The page cache keeps content in pieces of this size, and a reply to P2M_READ comes out of one of them. */
    public static final int PIECE_BYTES = 256 * 1024;

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
    /** Whose files: a storage node has a directory for each vNode. */
    public static final Layout.U32 VNODE = L.u32();
    /** Which file, whatever its paths: as stat(2) says. Only between processor and memory node, and not in ramfs mode. */
    public static final Layout.U64 DEV = L.u64();
    public static final Layout.U64 INO = L.u64();
    /** See {@link #FRESH}. */
    public static final Layout.U64 SIZE = L.u64();
    public static final Layout.U64 MTIME_NS = L.u64();
    public static final int SIZE_BYTES = L.size();

    /** Enough for any request of this kind. */
    public static final int MAX_MESSAGE_BYTES = SIZE_BYTES + Short.BYTES + MAX_PATH_BYTES + MAX_BYTES;

    static {
        assert MAX_MESSAGE_BYTES <= Ibapi.MAX_MESSAGE_BYTES;
    }

    private FileTransfer() {}

    /** All fields behind the header are 0 afterwards. */
    public static void clear(java.lang.foreign.MemorySegment memory, long at) {
        memory.asSlice(at + Header.SIZE_BYTES, SIZE_BYTES - Header.SIZE_BYTES).fill((byte) 0);
    }
}
