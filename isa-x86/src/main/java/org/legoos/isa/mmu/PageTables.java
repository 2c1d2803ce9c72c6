package org.legoos.isa.mmu;

import java.util.concurrent.atomic.AtomicInteger;
import org.legoos.isa.memory.PhysicalMemory;

/**
 * The page tables of one address space, as the kernel that owns them builds and takes them down: the
 * user half (47 bits) of a 4-level tree of 4 KiB tables, leaves for 4 KiB pages only. What a leaf entry
 * holds is the caller's business; a zero entry is an empty one.
 *
 * <p>Threads: {@link #ptePa}, {@link #ensurePtePa} and {@link PteCursor} may run concurrently. The two
 * methods that free tables exclude all others on the same range, which is for the caller to arrange; the
 * processors that may be walking meanwhile are stopped through {@code quiesce}.
 */
public final class PageTables {
    /** User addresses are below this. */
    public static final long END_VA = 1L << 47;

    /** Entries of a table on the way: everything allowed, the leaf decides. */
    private static final long TABLE_FLAGS = Pte.PRESENT | Pte.WRITABLE | Pte.USER;

    private static final int ENTRY_BYTES = 8;
    private static final int PD_SHIFT = PhysicalMemory.PAGE_SHIFT + PageWalker.INDEX_BITS;

    private final PhysicalMemory memory;
    private final FrameSource frames;
    private final long rootPa;
    private final AtomicInteger tableCount = new AtomicInteger(1);

    private PageTables(PhysicalMemory memory, FrameSource frames, long rootPa) {
        this.memory = memory;
        this.frames = frames;
        this.rootPa = rootPa;
    }

    /** An empty address space, or null when {@code frames} has no frame for its PML4. */
    public static PageTables create(PhysicalMemory memory, FrameSource frames) {
        long rootPa = frames.allocFrame();
        return rootPa == 0 ? null : new PageTables(memory, frames, rootPa);
    }

    /** The PML4: what goes into CR3. */
    public long rootPa() {
        return rootPa;
    }

    /** How many frames the tables take (VmPTE of /proc). */
    public int tableCount() {
        return tableCount.get();
    }

    /** Where the leaf entry of the page at guestVa is; 0 if there is no table for it or it is no user address. */
    public long ptePa(long guestVa) {
        if (guestVa < 0 || guestVa >= END_VA) {
            return 0;
        }
        long tablePa = rootPa;
        for (int shift = PageWalker.TOP_SHIFT; shift > PhysicalMemory.PAGE_SHIFT; shift -= PageWalker.INDEX_BITS) {
            tablePa = next(memory.getLongAcquire(entryPa(tablePa, guestVa, shift)));
            if (tablePa == 0) {
                return 0;
            }
        }
        return entryPa(tablePa, guestVa, PhysicalMemory.PAGE_SHIFT);
    }

    /** Like {@link #ptePa}, but makes the tables; 0 when out of memory (what was made so far stays). */
    public long ensurePtePa(long guestVa) {
        if (guestVa < 0 || guestVa >= END_VA) {
            return 0;
        }
        long tablePa = rootPa;
        for (int shift = PageWalker.TOP_SHIFT; shift > PhysicalMemory.PAGE_SHIFT; shift -= PageWalker.INDEX_BITS) {
            long entryPa = entryPa(tablePa, guestVa, shift);
            long nextPa = next(memory.getLongAcquire(entryPa));
            if (nextPa == 0) {
                nextPa = addTable(entryPa);
            }
            if (nextPa == 0) {
                return 0;
            }
            tablePa = nextPa;
        }
        return entryPa(tablePa, guestVa, PhysicalMemory.PAGE_SHIFT);
    }

    private long addTable(long entryPa) {
        long framePa = frames.allocFrame();
        if (framePa == 0) {
            return 0;
        }
        if (memory.compareAndSetLong(entryPa, 0, framePa | TABLE_FLAGS)) {
            tableCount.incrementAndGet();
            return framePa;
        }
        frames.freeFrame(framePa); // another thread was first
        return next(memory.getLongAcquire(entryPa));
    }

    /**
     * Frees the tables that lie wholly or partly in [startVa, endVa) and whose entries are all zero.
     *
     * @param quiesce run once between unlinking and freeing, when there is something to free: after it no
     *     processor may still walk the old tables (shoot them all down)
     */
    public void freeEmpty(long startVa, long endVa, Runnable quiesce) {
        long unlinkedPa = 0; // a chain of tables through their (not present) first entries
        long lastVa = Math.min(endVa, END_VA) - 1;
        if (startVa >= 0 && startVa <= lastVa) {
            unlinkedPa = unlinkEmpty(rootPa, PageWalker.TOP_SHIFT, startVa, lastVa, 0);
        }
        if (unlinkedPa != 0) {
            quiesce.run();
            freeChain(unlinkedPa);
        }
    }

    /** Unlinks the empty children of a table; returns the chain with them in front. */
    private long unlinkEmpty(long tablePa, int shift, long firstVa, long lastVa, long chainPa) {
        int first = (int) (firstVa >>> shift) & PageWalker.INDEX_MASK;
        int last = (int) (lastVa >>> shift) & PageWalker.INDEX_MASK;
        long chain = chainPa;
        for (int i = first; i <= last; i++) {
            long entryPa = tablePa + (long) i * ENTRY_BYTES;
            long childPa = next(memory.getLongAcquire(entryPa));
            if (childPa == 0) {
                continue;
            }
            if (shift > PD_SHIFT) {
                // Inside a child, the range begins (ends) at its own edge unless this is the edge child.
                long from = i == first ? firstVa : 0;
                long to = i == last ? lastVa : -1;
                chain = unlinkEmpty(childPa, shift - PageWalker.INDEX_BITS, from, to, chain);
            }
            if (isEmpty(childPa)) {
                memory.putLongRelease(entryPa, 0);
                memory.putLongRelease(childPa, chain);
                chain = childPa;
            }
        }
        return chain;
    }

    private boolean isEmpty(long tablePa) {
        for (long pa = tablePa; pa < tablePa + PhysicalMemory.PAGE_SIZE; pa += ENTRY_BYTES) {
            if (memory.getLongAcquire(pa) != 0) {
                return false;
            }
        }
        return true;
    }

    private void freeChain(long firstPa) {
        long tablePa = firstPa;
        while (tablePa != 0) {
            long nextPa = memory.getLong(tablePa);
            free(tablePa);
            tablePa = nextPa;
        }
    }

    /**
     * Frees all tables with the PML4; whatever leaf entries held is forgotten. Nothing runs on them any
     * more, and this object is of no use afterwards.
     */
    public void destroy() {
        destroy(rootPa, PageWalker.TOP_SHIFT);
    }

    private void destroy(long tablePa, int shift) {
        if (shift > PhysicalMemory.PAGE_SHIFT) {
            for (long pa = tablePa; pa < tablePa + PhysicalMemory.PAGE_SIZE; pa += ENTRY_BYTES) {
                long childPa = next(memory.getLongAcquire(pa));
                if (childPa != 0) {
                    destroy(childPa, shift - PageWalker.INDEX_BITS);
                }
            }
        }
        free(tablePa);
    }

    private void free(long tablePa) {
        tableCount.decrementAndGet();
        frames.freeFrame(tablePa);
    }

    PhysicalMemory memory() {
        return memory;
    }

    static long entryPa(long tablePa, long guestVa, int shift) {
        return tablePa + ((guestVa >>> shift & PageWalker.INDEX_MASK) * ENTRY_BYTES);
    }

    /** The table that an entry points to, 0 if none. */
    static long next(long entry) {
        return (entry & (Pte.PRESENT | Pte.LARGE)) == Pte.PRESENT ? Pte.frame(entry) : 0;
    }
}
