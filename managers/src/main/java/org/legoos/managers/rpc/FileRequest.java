package org.legoos.managers.rpc;

/**
 * P2M_CLOSE, P2M_FSYNC, P2M_TRUNCATE and P2M_DROP_CACHE: what happens to a file in the page cache of a memory node. The file's
 * path follows at {@link #SIZE_BYTES} (for P2M_DROP_CACHE it may be empty: all files). Reply: {@link StatusReply}. In ramfs mode only
 * P2M_FSYNC, with the path alone.
 *
 * <pre>
 *  CLOSE       what is dirty goes to the storage node; FLAGS DISCARD: is forgotten, nobody can reach the file any more;
 *              FORGET: only what is not dirty is forgotten
 *  FSYNC       as CLOSE, and the storage node has it on its disk; FLAGS DATA_ONLY: fdatasync(2)
 *  TRUNCATE    VALUE: the new size
 *  DROP_CACHE  content is forgotten, after what is dirty has gone to the storage node: of LENGTH bytes from VALUE on (LENGTH 0: to the
 *              end) the pages that are wholly among them; FLAGS AT_HOST: by the storage node's host too; KEEP: nothing is forgotten;
 *              AHEAD: the contrary, what is not there is fetched, and the answer does not wait for it
 * </pre>
 */
public final class FileRequest {
    /** {@link #FLAGS} of CLOSE. */
    public static final int DISCARD = 2;

    /** {@link #FLAGS} of CLOSE. */
    public static final int FORGET = 4;

    /** {@link #FLAGS} of DROP_CACHE. */
    public static final int AT_HOST = 8;

    /** {@link #FLAGS} of DROP_CACHE. */
    public static final int KEEP = 16;

    /** {@link #FLAGS} of DROP_CACHE. */
    public static final int AHEAD = 32;

    private static final Layout L = Layout.request();
    public static final Layout.U32 FLAGS = L.u32();
    public static final Layout.U32 VNODE = L.u32();
    public static final Layout.U64 DEV = L.u64();
    public static final Layout.U64 INO = L.u64();
    public static final Layout.U64 VALUE = L.u64();
    public static final Layout.U64 LENGTH = L.u64();
    public static final int SIZE_BYTES = L.size();

    private FileRequest() {}
}
