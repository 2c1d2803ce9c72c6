package org.legoos.managers.processor.pcache;

import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.mmu.Pte;
import org.legoos.isa.mmu.PteCursor;

/**
 * What map-changing calls do to the lines and entries of a range (pgtable.c). Calls of one address space come one at a time;
 * its own faults, and evictions by anybody, go on meanwhile except where the range is barred.
 */
final class MapEdits {
    /** More pages than this are shot down by one full flush, as in the original. */
    private static final int FULL_FLUSH_PAGES = 33;

    private static final int NOT_PRESENT = -1;
    private static final int BEING_FILLED = -2;

    private final PcacheParts parts;
    private final PhysicalMemory memory;
    private final LineTable lines;
    private final Mappings mappings;
    private final EvictionMechanism mechanism;
    private final LineAllocator allocator;
    private final CopyOnWrite copyOnWrite;

    MapEdits(PcacheParts parts, EvictionMechanism mechanism, LineAllocator allocator) {
        this.parts = parts;
        this.memory = parts.memory;
        this.lines = parts.lines;
        this.mappings = parts.mappings;
        this.mechanism = mechanism;
        this.allocator = allocator;
        this.copyOnWrite = new CopyOnWrite(parts, this, allocator);
    }

    CopyOnWrite copyOnWrite() {
        return copyOnWrite;
    }

    /** Keeps two ranges (the second may be empty) from eviction, and waits for evictions that are under way. */
    void bar(PcacheSpace space, long start, long end, long start2, long end2) {
        space.bar(start, end, start2, end2);
        if (space.isEvicting()) {
            parts.waits.until(() -> !space.isEvicting());
        }
    }

    /**
     * Locks the line that an entry maps, after waiting for whoever has it.
     *
     * @return the line, {@link #NOT_PRESENT} or {@link #BEING_FILLED}
     */
    int lockLine(long ptePa) {
        while (true) {
            long pte = memory.getLongAcquire(ptePa);
            if (!SoftPte.isPresent(pte)) {
                return SoftPte.isBusy(pte) ? BEING_FILLED : NOT_PRESENT;
            }
            int line = parts.geometry.lineAt(Pte.frame(pte));
            if (!lines.tryLock(line)) {
                parts.waits.until(() -> !lines.has(line, LineTable.LOCKED));
                continue;
            }
            long now = memory.getLongAcquire(ptePa);
            if (SoftPte.isPresent(now) && Pte.frame(now) == Pte.frame(pte)) {
                return line;
            }
            lines.unlock(line);
        }
    }

    /** As {@link #lockLine}, but waits for pages that are being filled. Preconditions: no line is held. */
    int lockSettledLine(long ptePa) {
        int line = lockLine(ptePa);
        while (line == BEING_FILLED) {
            awaitFilled(ptePa);
            line = lockLine(ptePa);
        }
        return line;
    }

    private void awaitFilled(long ptePa) {
        if (SoftPte.isBusy(memory.getLongAcquire(ptePa))) {
            parts.waits.until(() -> !SoftPte.isBusy(memory.getLongAcquire(ptePa)));
        }
    }

    /** Takes what a not present entry says, leaving zero. @return the entry; BUSY when it is being filled, and left alone */
    private long takeAbsent(long ptePa) {
        while (true) {
            long pte = memory.getLongAcquire(ptePa);
            if (SoftPte.isBusy(pte) || SoftPte.isPresent(pte)) {
                return SoftPte.BUSY;
            }
            if (memory.compareAndSetLong(ptePa, pte, 0)) {
                return pte;
            }
        }
    }

    void unlock(int line) {
        lines.unlock(line);
        parts.waits.wake();
    }

    /**
     * Drops all pages of a barred range: their entries become zero, as if they had never been touched. Pages that are
     * being filled are dropped last: the threads that fill them may be waiting for one of the other lines.
     */
    void drop(PcacheSpace space, PteCursor cursor, long startVa, long endVa) {
        while (!dropSettled(space, cursor, startVa, endVa)) {
            awaitFilled(space, cursor, startVa, endVa);
        }
    }

    private void awaitFilled(PcacheSpace space, PteCursor cursor, long startVa, long endVa) {
        cursor.reset(space.tables, startVa, endVa);
        while (cursor.next()) {
            awaitFilled(cursor.ptePa());
        }
    }

    /** @return false when pages that are being filled were left out */
    private boolean dropSettled(PcacheSpace space, PteCursor cursor, long startVa, long endVa) {
        int chain = -1; // lines that nothing maps any more, locked until no processor uses them
        int count = 0;
        boolean all = true;
        cursor.reset(space.tables, startVa, endVa);
        while (cursor.next()) {
            long ptePa = cursor.ptePa();
            int line = lockLine(ptePa);
            if (line < 0) {
                all &= line == NOT_PRESENT && takeAbsent(ptePa) != SoftPte.BUSY;
                continue;
            }
            long before = mappings.change(ptePa, 0, 0);
            space.residentLines.decrementAndGet();
            count++;
            if (SoftPte.isExecutable(before)) {
                space.tlb.invalidatePage(cursor.va());
                if (lines.mapCount(line) == 1) {
                    space.tlb.invalidateCode(Pte.frame(before), PcacheGeometry.LINE_BYTES);
                }
            } else if (count <= FULL_FLUSH_PAGES) {
                space.tlb.invalidatePage(cursor.va());
            }
            if (lines.mapCount(line) > 1 && lines.has(line, LineTable.SHARED) && lines.space(line) == space.id) {
                copyOnWrite.takeFromAll(line);
            }
            if (lines.mapCount(line) > 1) {
                keepShared(space, line, cursor.va(), before);
            } else {
                mappings.removeMapping(line, space, cursor.va());
                parts.lists.remove(parts.geometry.setOfLine(line), line);
                lines.setChain(line, chain);
                chain = line;
            }
        }
        if (count > FULL_FLUSH_PAGES) {
            space.tlb.invalidateAll();
        }
        free(chain);
        return all;
    }

    private void free(int first) {
        int chain = first;
        while (chain >= 0) {
            int next = lines.chain(chain);
            parts.lists.free(parts.geometry.setOfLine(chain), chain);
            chain = next;
        }
    }

    /** Others still map the line: what was written here is theirs to send home. */
    private void keepShared(PcacheSpace space, int line, long guestVa, long before) {
        space.tlb.invalidatePage(guestVa);
        mappings.removeMapping(line, space, guestVa);
        if (SoftPte.isDirty(before)) {
            lines.set(line, LineTable.DIRTY);
        }
        unlock(line);
    }

    /** Gives all present pages of a range new rights. */
    void protect(PcacheSpace space, PteCursor cursor, long startVa, long endVa, long rights) {
        int reduced = 0;
        cursor.reset(space.tables, startVa, endVa);
        while (cursor.next()) {
            int line = lockSettledLine(cursor.ptePa());
            if (line < 0) {
                continue;
            }
            long permitted = copyOnWrite.permitted(line, rights);
            long before = setRights(cursor.ptePa(), permitted);
            if (SoftPte.isReduced(before, permitted) && ++reduced <= FULL_FLUSH_PAGES) {
                space.tlb.invalidatePage(cursor.va());
            }
            if (SoftPte.isExecutable(before) && !SoftPte.isExecutable(permitted)) {
                space.tlb.invalidateCode(Pte.frame(before), PcacheGeometry.LINE_BYTES); // nobody asks when it is refilled
            }
            unlock(line);
        }
        if (reduced > FULL_FLUSH_PAGES) {
            space.tlb.invalidateAll();
        }
    }

    /** Preconditions: the line that the entry maps is locked. */
    long setRights(long ptePa, long rights) {
        while (true) {
            long pte = memory.getLongAcquire(ptePa);
            if (memory.compareAndSetLong(ptePa, pte, SoftPte.withRights(pte, rights))) {
                return pte;
            }
        }
    }

    /** Makes the page tables of a range beforehand. @return false when the node has no memory for them */
    boolean isUnknownAtHome(PcacheSpace space, PteCursor cursor, long startVa, long endVa) {
        cursor.reset(space.tables, startVa, endVa);
        while (cursor.next()) {
            long pte = memory.getLongAcquire(cursor.ptePa());
            boolean isMadeHere = SoftPte.isPresent(pte) && lines.has(parts.geometry.lineAt(Pte.frame(pte)), LineTable.ZEROFILL);
            if (!isMadeHere) {
                return false; // also while it is being filled
            }
        }
        return true;
    }

    boolean makeTables(PcacheSpace space, long startVa, long endVa) {
        long stepBytes = 1L << 21; // what one leaf table covers
        for (long va = startVa; va < endVa; va = (va & -stepBytes) + stepBytes) {
            if (space.tables.ensurePtePa(va) == 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Moves all pages of a barred range that its home has moved already. The tables of the new range exist, its entries are
     * zero.
     */
    void move(FaultContext context, PcacheSpace space, PteCursor cursor, long oldVa, long endVa, long newVa) {
        while (!moveSettled(context, space, cursor, oldVa, endVa, newVa)) {
            awaitFilled(space, cursor, oldVa, endVa);
        }
    }

    private boolean moveSettled(
            FaultContext context, PcacheSpace space, PteCursor cursor, long oldVa, long endVa, long newVa) {
        boolean all = true;
        cursor.reset(space.tables, oldVa, endVa);
        while (cursor.next()) {
            long va = cursor.va();
            long toVa = newVa + (va - oldVa);
            long toPtePa = space.tables.ensurePtePa(toVa);
            int line = lockLine(cursor.ptePa());
            if (line < 0) {
                long absent = line == NOT_PRESENT ? takeAbsent(cursor.ptePa()) : SoftPte.BUSY;
                if (absent == SoftPte.BUSY) {
                    all = false;
                } else {
                    memory.putLongRelease(toPtePa, absent);
                }
                continue;
            }
            long before = mappings.change(cursor.ptePa(), 0, 0);
            space.tlb.invalidatePage(va);
            if (SoftPte.isExecutable(before)) {
                space.tlb.invalidateCode(Pte.frame(before), PcacheGeometry.LINE_BYTES);
            }
            if (lines.has(line, LineTable.SHARED) && lines.space(line) != space.id) {
                space.residentLines.decrementAndGet();
                keepShared(space, line, va, before); // of shared memory: found again at the next access
                continue;
            }
            mappings.removeMapping(line, space, va);
            if (parts.geometry.setOf(toVa) == parts.geometry.setOf(va)) {
                parts.events.mremapSetSame.increment();
                parts.rmap.add(line, space.id, toVa, toPtePa);
                memory.putLongRelease(toPtePa, before);
                unlock(line);
            } else {
                parts.events.mremapSetDiff.increment();
                moveToOtherSet(context, space, line, before, toVa, toPtePa);
            }
        }
        return all;
    }

    /** A line belongs to the set of its address: the content goes to a free line there, else home. */
    private void moveToOtherSet(
            FaultContext context, PcacheSpace space, int line, long before, long toVa, long toPtePa) {
        boolean pristine = lines.has(line, LineTable.ZEROFILL);
        boolean dirty = SoftPte.isDirty(before) || lines.has(line, LineTable.DIRTY);
        int toSet = parts.geometry.setOf(toVa);
        int to = allocator.takeFree(toSet);
        if (to >= 0) {
            memory.copy(parts.geometry.linePa(line), parts.geometry.linePa(to), PcacheGeometry.LINE_BYTES);
            parts.rmap.add(to, space.id, toVa, toPtePa);
            long pte = before & ~Pte.FRAME_MASK | parts.geometry.linePa(to);
            memory.putLongRelease(toPtePa, dirty ? pte | Pte.DIRTY : pte);
            parts.lists.insert(toSet, to, pristine ? LineTable.ZEROFILL : 0);
        } else {
            space.residentLines.decrementAndGet();
            if (dirty && parts.writeback.flush(context, space, toVa, parts.geometry.linePa(line)) != 0) {
                space.loseData();
            }
            memory.putLongRelease(toPtePa, dirty || !pristine ? SoftPte.REMOTE : 0);
        }
        int set = parts.geometry.setOfLine(line);
        if (lines.mapCount(line) == 0) {
            parts.lists.remove(set, line);
            parts.lists.free(set, line);
        } else {
            unlock(line);
        }
    }

    /** Sends home what any mapping has written to a line of shared memory. Preconditions: the caller holds the line. */
    private int cleanForAll(FaultContext context, int line) {
        if (!mappings.takeDirty(line)) {
            return 0;
        }
        int result = parts.writeback.flush(context, line);
        if (result == 0) {
            lines.clear(line, LineTable.ZEROFILL);
        } else {
            lines.set(line, LineTable.DIRTY);
        }
        return result;
    }

    /** Sends the dirty pages of a range home and keeps them, clean (msync, and before a call that needs the home up to date). */
    int clean(FaultContext context, PcacheSpace space, PteCursor cursor, long startVa, long endVa) {
        cursor.reset(space.tables, startVa, endVa);
        while (cursor.next()) {
            int line = lockSettledLine(cursor.ptePa());
            if (line < 0) {
                continue;
            }
            int result = 0;
            if (lines.has(line, LineTable.SHARED)) {
                if (lines.space(line) == space.id) { // else its home is another address space
                    result = cleanForAll(context, line);
                }
            } else if (SoftPte.isDirty(memory.getLongAcquire(cursor.ptePa()))) {
                mappings.change(cursor.ptePa(), ~Pte.DIRTY, 0); // before the copy: later writes set it again
                space.tlb.invalidatePage(cursor.va());
                result = parts.writeback.flush(context, space, cursor.va(), parts.geometry.linePa(line));
                if (result == 0) {
                    lines.clear(line, LineTable.ZEROFILL);
                } else {
                    mappings.change(cursor.ptePa(), -1L, Pte.DIRTY);
                }
            }
            unlock(line);
            if (result != 0) {
                return result;
            }
        }
        return mechanism.forget(context, space, startVa, endVa, true);
    }
}
