package org.legoos.isa.mmu;

import org.legoos.isa.memory.PhysicalMemory;

/**
 * Goes over the non-zero leaf entries of a range in order of address without making tables, and skips
 * what has no table in one step. One cursor may be used again and again; it allocates nothing. Changing
 * the entry that it stands on is allowed.
 *
 * <pre>
 *   cursor.reset(tables, startVa, endVa);
 *   while (cursor.next()) { ... cursor.va(), cursor.ptePa(), cursor.pte() ... }
 * </pre>
 */
public final class PteCursor {
    private PageTables tables;
    private PhysicalMemory memory;
    private long nextVa;
    private long endVa;
    private long leafTablePa; // of nextVa; 0 when not looked up yet
    private long va;
    private long ptePa;
    private long pte;

    /** Starts over: the pages of [startVa, endVa), page aligned. */
    public void reset(PageTables newTables, long startVa, long newEndVa) {
        tables = newTables;
        memory = newTables.memory();
        nextVa = Math.max(startVa, 0);
        endVa = Math.min(newEndVa, PageTables.END_VA);
        leafTablePa = 0;
    }

    /** Moves to the next non-zero entry; false at the end. */
    public boolean next() {
        while (nextVa < endVa) {
            if (leafTablePa == 0 && !findLeafTable()) {
                return false;
            }
            va = nextVa;
            ptePa = PageTables.entryPa(leafTablePa, va, PhysicalMemory.PAGE_SHIFT);
            pte = memory.getLongAcquire(ptePa);
            nextVa += PhysicalMemory.PAGE_SIZE;
            if ((nextVa >>> PhysicalMemory.PAGE_SHIFT & PageWalker.INDEX_MASK) == 0) {
                leafTablePa = 0;
            }
            if (pte != 0) {
                return true;
            }
        }
        return false;
    }

    /** Finds the leaf table of nextVa, or moves nextVa over the hole to the first one that exists. */
    private boolean findLeafTable() {
        while (nextVa < endVa) {
            long tablePa = tables.rootPa();
            int shift = PageWalker.TOP_SHIFT;
            while (shift > PhysicalMemory.PAGE_SHIFT && tablePa != 0) {
                tablePa = PageTables.next(memory.getLongAcquire(PageTables.entryPa(tablePa, nextVa, shift)));
                shift -= PageWalker.INDEX_BITS;
            }
            if (tablePa != 0) {
                leafTablePa = tablePa;
                return true;
            }
            long holeBytes = 1L << (shift + PageWalker.INDEX_BITS);
            nextVa = (nextVa & -holeBytes) + holeBytes;
        }
        return false;
    }

    /** Page address of the entry. */
    public long va() {
        return va;
    }

    /** Where the entry is. */
    public long ptePa() {
        return ptePa;
    }

    /** The entry as it was when the cursor came to it. */
    public long pte() {
        return pte;
    }
}
