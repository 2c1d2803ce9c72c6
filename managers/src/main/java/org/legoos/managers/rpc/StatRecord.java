package org.legoos.managers.rpc;

/** The content of struct stat inside a message; times in nanoseconds since the epoch. */
public final class StatRecord {
    private static final Layout L = Layout.record();
    public static final Layout.U64 DEV = L.u64();
    public static final Layout.U64 INO = L.u64();
    public static final Layout.U64 NLINK = L.u64();
    public static final Layout.U64 RDEV = L.u64();
    public static final Layout.U64 SIZE = L.u64();
    /** Units of 512 bytes. */
    public static final Layout.U64 BLOCKS = L.u64();

    public static final Layout.U64 ATIME_NS = L.u64();
    public static final Layout.U64 MTIME_NS = L.u64();
    public static final Layout.U64 CTIME_NS = L.u64();
    public static final Layout.U32 MODE = L.u32();
    public static final Layout.U32 UID = L.u32();
    public static final Layout.U32 GID = L.u32();
    public static final Layout.U32 BLKSIZE = L.u32();
    /** When the file was made; 0 when nobody knows (statx's stx_btime). */
    public static final Layout.U64 BTIME_NS = L.u64();
    /** What O_DIRECT asks of buffers, and of offsets and lengths, in bytes; 0: nothing. */
    public static final Layout.U32 DIRECT_MEMORY = L.u32();
    public static final Layout.U32 DIRECT_OFFSET = L.u32();
    public static final int SIZE_BYTES = L.size();

    /** SETATTR's mask: which fields count. */
    public static final int SET_MODE = 1;

    public static final int SET_UID = 2;
    public static final int SET_GID = 4;
    public static final int SET_ATIME = 8;
    public static final int SET_MTIME = 16;
    /** The server's time (UTIME_NOW): who may write the file may do that. */
    public static final int SET_ATIME_NOW = 32;
    public static final int SET_MTIME_NOW = 64;

    private StatRecord() {}
}
