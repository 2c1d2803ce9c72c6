package org.legoos.managers.processor.pcache;

import org.legoos.isa.memory.PhysicalMemory;

/**
 * Metadata of the lines (struct pcache_meta), in the metadata pages of the reserved range itself: 128 bytes a
 * line, no object, nothing committed for lines that were never used (all-zero means free and never used).
 *
 * <pre>
 *   0 flags   8 space  12 mapCount  16 va  24 ptePa    first mapping inline
 *  32 prev   36 next                                   replacement list of the set
 *  40 chain                                            free list or eviction list of the set
 *  44 more                                             further mappings, see {@link ReverseMap}
 * </pre>
 *
 * References to lines are stored plus one, so that zero is none. Flags change by whoever holds LOCKED only; the two
 * lists are guarded by the set's lock, the mappings by the line's.
 */
final class LineTable {
    /** Held by one thread; guards the other flags and the mappings. */
    static final long LOCKED = 1;
    /** Holds a page of somebody. */
    static final long VALID = 1 << 1;
    /** Has content that its home lacks although no page-table entry says so (kept over an eviction that failed). */
    static final long DIRTY = 1 << 2;
    /** Being evicted. */
    static final long RECLAIM = 1 << 3;
    /** Being sent home. */
    static final long WRITEBACK = 1 << 4;
    /** Its content travels with the next miss. */
    static final long PIGGYBACK = 1 << 5;
    /** Was made of zeros here, and its home knows nothing of it. */
    static final long ZEROFILL = 1 << 6;
    /** A page of a shared memory object: all mappings may write, and the first one's home is the only home. */
    static final long SHARED = 1 << 7;

    /** What stays true of a line that was to be evicted and was not. */
    static final long LASTING = DIRTY | ZEROFILL | SHARED;

    private static final int SHIFT = Integer.numberOfTrailingZeros(PcacheGeometry.METADATA_BYTES);
    private static final int SPACE = 8;
    private static final int MAP_COUNT = 12;
    private static final int VA = 16;
    private static final int PTE = 24;
    private static final int PREV = 32;
    private static final int NEXT = 36;
    private static final int CHAIN = 40;
    private static final int MORE = 44;

    private final PhysicalMemory memory;
    private final long basePa;

    LineTable(PhysicalMemory memory, PcacheGeometry geometry) {
        this.memory = memory;
        this.basePa = geometry.metadataPa();
    }

    private long pa(int line) {
        return basePa + ((long) line << SHIFT);
    }

    long flags(int line) {
        return memory.getLongAcquire(pa(line));
    }

    boolean tryLock(int line) {
        long flags = memory.getLongAcquire(pa(line));
        return (flags & LOCKED) == 0 && memory.compareAndSetLong(pa(line), flags, flags | LOCKED);
    }

    void unlock(int line) {
        memory.putLongRelease(pa(line), flags(line) & ~LOCKED);
    }

    boolean has(int line, long flag) {
        return (flags(line) & flag) != 0;
    }

    /** Preconditions: the caller holds the line. */
    void set(int line, long flag) {
        memory.putLongRelease(pa(line), flags(line) | flag);
    }

    /** Preconditions: the caller holds the line. */
    void clear(int line, long flag) {
        memory.putLongRelease(pa(line), flags(line) & ~flag);
    }

    /** Replaces all flags; without LOCKED among them, this unlocks. */
    void setFlags(int line, long flags) {
        memory.putLongRelease(pa(line), flags);
    }

    int space(int line) {
        return memory.getInt(pa(line) + SPACE);
    }

    int mapCount(int line) {
        return memory.getInt(pa(line) + MAP_COUNT);
    }

    void setMapCount(int line, int count) {
        memory.putInt(pa(line) + MAP_COUNT, count);
    }

    long va(int line) {
        return memory.getLong(pa(line) + VA);
    }

    long ptePa(int line) {
        return memory.getLong(pa(line) + PTE);
    }

    /** Writes the first mapping. */
    void setMapping(int line, int space, long va, long ptePa) {
        long pa = pa(line);
        memory.putInt(pa + SPACE, space);
        memory.putLong(pa + VA, va);
        memory.putLong(pa + PTE, ptePa);
    }

    int prev(int line) {
        return memory.getInt(pa(line) + PREV) - 1;
    }

    void setPrev(int line, int other) {
        memory.putInt(pa(line) + PREV, other + 1);
    }

    int next(int line) {
        return memory.getInt(pa(line) + NEXT) - 1;
    }

    void setNext(int line, int other) {
        memory.putInt(pa(line) + NEXT, other + 1);
    }

    int chain(int line) {
        return memory.getInt(pa(line) + CHAIN) - 1;
    }

    void setChain(int line, int other) {
        memory.putInt(pa(line) + CHAIN, other + 1);
    }

    int more(int line) {
        return memory.getInt(pa(line) + MORE) - 1;
    }

    void setMore(int line, int entry) {
        memory.putInt(pa(line) + MORE, entry + 1);
    }
}
