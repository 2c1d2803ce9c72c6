package org.legoos.managers.processor.pcache;

import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.mmu.Pte;

/**
 * What evictions do to all page-table entries that map a line, through its reverse map. Preconditions everywhere:
 * the caller holds the line. Entries change by compare-and-set, because processors set Accessed and Dirty meanwhile.
 */
final class Mappings {
    private final PhysicalMemory memory;
    private final PcacheGeometry geometry;
    private final LineTable lines;
    private final ReverseMap rmap;
    private final SpaceTable spaces;

    Mappings(PhysicalMemory memory, PcacheGeometry geometry, LineTable lines, ReverseMap rmap, SpaceTable spaces) {
        this.memory = memory;
        this.geometry = geometry;
        this.lines = lines;
        this.rmap = rmap;
        this.spaces = spaces;
    }

    PcacheSpace space(int line, int mapping) {
        return spaces.get(rmap.space(line, mapping));
    }

    /** Maps a line that holds a page: writes the entry, which the caller owns (BUSY). */
    boolean map(int line, PcacheSpace space, long guestVa, long ptePa, long pte) {
        if (!rmap.add(line, space.id, guestVa, ptePa)) {
            return false;
        }
        space.residentLines.incrementAndGet();
        memory.putLongRelease(ptePa, pte);
        return true;
    }

    /** Enters the eviction of every mapping; false (and nothing entered) when one of them is barred. */
    boolean beginEvictions(int line) {
        for (int m = rmap.first(line); m != ReverseMap.NONE; m = rmap.next(line, m)) {
            if (!space(line, m).beginEviction(rmap.va(line, m))) {
                for (int back = rmap.first(line); back != m; back = rmap.next(line, back)) {
                    space(line, back).endEviction();
                }
                return false;
            }
        }
        return true;
    }

    void endEvictions(int line) {
        for (int m = rmap.first(line); m != ReverseMap.NONE; m = rmap.next(line, m)) {
            space(line, m).endEviction();
        }
    }

    /** Whether any mapping has been written through since it was made or last cleaned. */
    boolean isDirty(int line) {
        if (lines.has(line, LineTable.DIRTY)) {
            return true;
        }
        for (int m = rmap.first(line); m != ReverseMap.NONE; m = rmap.next(line, m)) {
            if (SoftPte.isDirty(memory.getLongAcquire(rmap.ptePa(line, m)))) {
                return true;
            }
        }
        return false;
    }

    /** Makes all mappings read-only; after return no processor writes to the line. */
    void writeProtect(int line) {
        for (int m = rmap.first(line); m != ReverseMap.NONE; m = rmap.next(line, m)) {
            long before = change(rmap.ptePa(line, m), ~Pte.WRITABLE, 0);
            if ((before & Pte.WRITABLE) != 0) {
                space(line, m).tlb.invalidatePage(rmap.va(line, m));
            }
        }
    }

    /**
     * Unmaps the line everywhere; after return no processor uses it. The reverse map still tells whose it was.
     *
     * @return whether its home lacks its content
     */
    boolean unmap(int line) {
        boolean dirty = isDirty(line); // of what is set later, the exchange below tells
        boolean pristine = lines.has(line, LineTable.ZEROFILL) && lines.mapCount(line) == 1;
        boolean isShared = lines.has(line, LineTable.SHARED); // then only the first mapping's space finds it at its home
        for (int m = rmap.first(line); m != ReverseMap.NONE; m = rmap.next(line, m)) {
            boolean isForgotten = isShared && m != rmap.first(line);
            long before = isForgotten ? change(rmap.ptePa(line, m), 0, 0) : leave(rmap.ptePa(line, m), pristine && !dirty);
            dirty |= SoftPte.isDirty(before);
            shootdown(space(line, m), rmap.va(line, m), before);
        }
        if (dirty) {
            lines.set(line, LineTable.DIRTY);
        }
        return dirty;
    }

    /**
     * As {@link #unmap} for a line of shared memory, whose own entry becomes {@code left}: so nobody fetches the page meanwhile.
     *
     * @return whether its home lacks its content
     */
    boolean unmapLeaving(int line, long left) {
        boolean dirty = lines.has(line, LineTable.DIRTY);
        for (int m = rmap.first(line); m != ReverseMap.NONE; m = rmap.next(line, m)) {
            long before = change(rmap.ptePa(line, m), 0, m == rmap.first(line) ? left : 0);
            dirty |= SoftPte.isDirty(before);
            shootdown(space(line, m), rmap.va(line, m), before);
        }
        return dirty;
    }

    /** Takes the Dirty bits of all mappings away. @return whether there was one, or the line was dirty without */
    boolean takeDirty(int line) {
        boolean dirty = lines.has(line, LineTable.DIRTY);
        lines.clear(line, LineTable.DIRTY);
        for (int m = rmap.first(line); m != ReverseMap.NONE; m = rmap.next(line, m)) {
            if (SoftPte.isDirty(memory.getLongAcquire(rmap.ptePa(line, m)))) {
                change(rmap.ptePa(line, m), ~Pte.DIRTY, 0);
                space(line, m).tlb.invalidatePage(rmap.va(line, m)); // later writes set it again
                dirty = true;
            }
        }
        return dirty;
    }

    /** Replaces a present entry by one that says where the page is from now on. */
    private long leave(long ptePa, boolean asUntouched) {
        while (true) {
            long pte = memory.getLongAcquire(ptePa);
            long left = asUntouched && !SoftPte.isDirty(pte) ? 0 : SoftPte.REMOTE;
            if (memory.compareAndSetLong(ptePa, pte, left)) {
                return pte;
            }
        }
    }

    private void shootdown(PcacheSpace space, long guestVa, long before) {
        space.tlb.invalidatePage(guestVa);
        if (SoftPte.isExecutable(before)) {
            space.tlb.invalidateCode(Pte.frame(before), PcacheGeometry.LINE_BYTES);
        }
        space.residentLines.decrementAndGet();
    }

    /**
     * Maps the line again after its content could not be sent home, without rights: the next access asks its range. Mappings that
     * were taken away meanwhile stay away.
     */
    void remap(int line) {
        long pte = geometry.linePa(line) | Pte.PRESENT | Pte.NO_EXECUTE | Pte.DIRTY;
        for (int m = rmap.first(line); m != ReverseMap.NONE; m = rmap.next(line, m)) {
            if (memory.compareAndSetLong(rmap.ptePa(line, m), SoftPte.REMOTE, pte)) {
                space(line, m).residentLines.incrementAndGet();
            }
        }
    }

    void clear(int line) {
        rmap.clear(line);
    }

    /** Sets an entry to {@code entry & keep | add}. @return what it was */
    long change(long ptePa, long keep, long add) {
        while (true) {
            long pte = memory.getLongAcquire(ptePa);
            if (memory.compareAndSetLong(ptePa, pte, pte & keep | add)) {
                return pte;
            }
        }
    }

    /** Whether the line is one of this page. */
    boolean isMappedAt(int line, PcacheSpace space, long guestVa) {
        for (int m = rmap.first(line); m != ReverseMap.NONE; m = rmap.next(line, m)) {
            if (rmap.space(line, m) == space.id && rmap.va(line, m) == guestVa) {
                return true;
            }
        }
        return false;
    }

    /** Forgets one mapping. */
    void removeMapping(int line, PcacheSpace space, long guestVa) {
        rmap.remove(line, space.id, guestVa);
    }
}
