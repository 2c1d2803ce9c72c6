package org.legoos.managers.memory.pgcache;

import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.managers.rpc.FileTransfer;

/**
 * 64 pages of a file (256 KiB, the original's unit) in contiguous frames, so that one RDMA write fills them all. The last
 * line of a short file has fewer frames, a power of two of them. Guarded by its file's lock.
 */
final class CacheLine extends Lirs.Entry {
    static final int PAGES = FileTransfer.PIECE_BYTES / PhysicalMemory.PAGE_SIZE; // one bit each in a mask
    static final int PAGE = PhysicalMemory.PAGE_SIZE;
    static final int BYTES = PAGES * PAGE;

    final CachedFile file;
    /** Which line of the file. */
    final long index;
    /** guestPa of its first page, 0 when it has none. */
    long basePa;
    /** How many pages have frames. */
    int capacity;
    /** Pages with content, bit by bit. */
    private long valid;
    /** Pages that the storage node does not have yet; they are valid too. */
    private long dirty;

    /** Pages that a {@link Fetch} will bring; they are not valid. */
    private long fetching;

    CacheLine(CachedFile file, long index) {
        this.file = file;
        this.index = index;
    }

    boolean isValid(int page) {
        return (valid >>> page & 1) != 0;
    }

    boolean isEmpty() {
        return valid == 0;
    }

    boolean isDirty() {
        return dirty != 0;
    }

    int dirtyPages() {
        return Long.bitCount(dirty);
    }

    /** Whether pages [from, to) all have content. */
    boolean areValid(int from, int to) {
        return (~valid & range(from, to)) == 0;
    }

    void setValid(int from, int to) {
        valid |= range(from, to);
    }

    boolean isFetching() {
        return fetching != 0;
    }

    void setFetching(int from, int to) {
        fetching |= range(from, to);
    }

    void endFetching(int from, int to) {
        fetching &= ~range(from, to);
    }

    /** The first page from {@code from} on, but before {@code limit}, that has no content; limit when there is none. */
    int nextMissing(int from, int limit) {
        return from >= limit ? limit : Math.min(limit, from + Long.numberOfTrailingZeros(~(valid >>> from)));
    }

    /** The first page from {@code from} on, but before {@code limit}, that has content or will have it soon; limit when there is none. */
    int nextTaken(int from, int limit) {
        return from >= limit ? limit : Math.min(limit, from + Long.numberOfTrailingZeros((valid | fetching) >>> from));
    }

    void setDirty(int page) {
        valid |= 1L << page;
        dirty |= 1L << page;
    }

    /** The first page from {@code from} on that is dirty, or PAGES. */
    int nextDirty(int from) {
        return from >= PAGES ? PAGES : Math.min(PAGES, from + Long.numberOfTrailingZeros(dirty >>> from));
    }

    /** The first page from {@code from} on that is not dirty. */
    int nextNotDirty(int from) {
        return from >= PAGES ? PAGES : Math.min(PAGES, from + Long.numberOfTrailingZeros(~(dirty >>> from)));
    }

    /** The first page from {@code from} on, but before {@code limit}, that has content; limit when there is none. */
    int nextValid(int from, int limit) {
        return from >= limit ? limit : Math.min(limit, from + Long.numberOfTrailingZeros(valid >>> from));
    }

    void cleaned() {
        dirty = 0;
    }

    /** Forgets pages from {@code from} on. */
    void forget(int from) {
        valid &= ~range(from, PAGES);
        dirty &= ~range(from, PAGES);
    }

    /** Forgets pages [from, to) that are not dirty. */
    void forgetClean(int from, int to) {
        valid &= ~range(from, to) | dirty;
    }

    long pagePa(int page) {
        return basePa + (long) page * PAGE;
    }

    /** Offset in the file. */
    long offset() {
        return index * BYTES;
    }

    private static long range(int from, int to) {
        if (from >= to) {
            return 0;
        }
        long below = to >= Long.SIZE ? -1L : (1L << to) - 1;
        return below & -1L << from;
    }
}
