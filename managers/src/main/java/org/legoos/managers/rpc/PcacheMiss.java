package org.legoos.managers.rpc;

/**
 * P2M_PCACHE_MISS: asks for the page at {@link #MISSING_VA}, optionally with a dirty line on the way
 * ({@link #HAS_FLUSH} 1: a {@link PcacheFlush} record follows at {@link #FLUSH_AT}).
 *
 * <p>Reply: the {@value #LINE_BYTES}-byte page, or a 4-byte negative errno; the length decides. -EFAULT: no
 * mapping or the access is not allowed; -EIO: beyond the end of the mapped file (SIGBUS); -ENOMEM: no free
 * frame; -ESRCH: no such process. The private bits of the reply are the errno (positive) of the flush that came along,
 * 0 when it was done; it is done first, whatever becomes of the miss.
 *
 * <p>A miss below a MAP_GROWSDOWN range (the stack) grows it down to the missing page; when the page comes back the
 * processor moves the start of its range likewise.
 */
public final class PcacheMiss {
    public static final int LINE_BYTES = 4096;

    /** {@link #ACCESS}: as PageWalker's READ, WRITE and FETCH. */
    public static final int ACCESS_READ = 0;

    public static final int ACCESS_WRITE = 1;
    public static final int ACCESS_FETCH = 2;

    private static final Layout L = Layout.request();
    public static final Layout.U32 PID = L.u32();
    public static final Layout.U32 ACCESS = L.u32();
    public static final Layout.U64 MISSING_VA = L.u64();
    public static final Layout.U32 HAS_FLUSH = L.u32();
    public static final int SIZE_BYTES = L.size() + 8; // the line that follows is 16-byte aligned
    public static final int FLUSH_AT = SIZE_BYTES;
    public static final int WITH_FLUSH_BYTES = SIZE_BYTES + PcacheFlush.RECORD_BYTES;

    private PcacheMiss() {}
}
