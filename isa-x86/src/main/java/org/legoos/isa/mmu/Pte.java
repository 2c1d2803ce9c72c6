package org.legoos.isa.mmu;

/**
 * x86-64 page-table entry bits (Intel SDM vol. 3, table 4-20).
 * <pre>
 *  63  62..52     51..12   11..9     8 7   6 5 4   3   2 1 0
 *  NX  software   frame    software  G PAT D A PCD PWT U W P
 * </pre>
 * An entry with P=0 is all software's.
 */
public final class Pte {
    public static final long PRESENT = 1L;
    public static final long WRITABLE = 1L << 1;
    public static final long USER = 1L << 2;
    public static final long ACCESSED = 1L << 5;
    public static final long DIRTY = 1L << 6;
    public static final long LARGE = 1L << 7;
    /** PAT bit of a large page: the lowest bit of its frame field. */
    public static final long LARGE_PAT = 1L << 12;

    public static final long NO_EXECUTE = 1L << 63;
    public static final long FRAME_MASK = 0x000f_ffff_ffff_f000L;

    private Pte() {}

    public static long frame(long entry) {
        return entry & FRAME_MASK;
    }
}
