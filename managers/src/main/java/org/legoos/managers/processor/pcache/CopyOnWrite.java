package org.legoos.managers.processor.pcache;

import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.mmu.Pte;
import org.legoos.isa.mmu.PteCursor;
import org.legoos.kernel.syscall.Errno;

/**
 * Lines that several address spaces map. After fork (pcache_copy_page_range) parent and child have their private pages in the
 * same lines, without the right to write; who writes first gets a line of his own (do_wp_page), the last one keeps the line.
 * Each mapping's Dirty bit goes on telling what its own home lacks. Lines of shared memory may be written through all mappings;
 * the first mapping is the object's, whose home is the only one.
 */
final class CopyOnWrite {
    private final PcacheParts parts;
    private final PhysicalMemory memory;
    private final LineTable lines;
    private final Mappings mappings;
    private final MapEdits edits;
    private final LineAllocator allocator;

    CopyOnWrite(PcacheParts parts, MapEdits edits, LineAllocator allocator) {
        this.parts = parts;
        this.memory = parts.memory;
        this.lines = parts.lines;
        this.mappings = parts.mappings;
        this.edits = edits;
        this.allocator = allocator;
    }

    /**
     * Gives a new address space the private pages of a range of another one, which is barred from eviction; its home has
     * done the same before. The caller shoots down the old one's translations afterwards.
     *
     * @return 0 or -ENOMEM
     */
    int share(PcacheSpace from, PcacheSpace to, PteCursor cursor, long startVa, long endVa) {
        cursor.reset(from.tables, startVa, endVa);
        while (cursor.next()) {
            long toPtePa = to.tables.ensurePtePa(cursor.va());
            if (toPtePa == 0 || !share(to, cursor.va(), cursor.ptePa(), toPtePa)) {
                return -Errno.ENOMEM;
            }
        }
        return 0;
    }

    private boolean share(PcacheSpace to, long va, long ptePa, long toPtePa) {
        while (true) {
            int line = edits.lockSettledLine(ptePa);
            if (line >= 0) {
                return shareLine(to, va, ptePa, toPtePa, line);
            }
            long pte = memory.getLongAcquire(ptePa);
            if (!SoftPte.isPresent(pte) && !SoftPte.isBusy(pte)) {
                memory.putLongRelease(toPtePa, pte);
                return true;
            }
        }
    }

    private boolean shareLine(PcacheSpace to, long va, long ptePa, long toPtePa, int line) {
        boolean hasRoom = parts.rmap.add(line, to.id, va, toPtePa);
        if (hasRoom) {
            long before = mappings.change(ptePa, ~Pte.WRITABLE, 0);
            to.residentLines.incrementAndGet();
            memory.putLongRelease(toPtePa, before & ~Pte.WRITABLE);
        }
        edits.unlock(line);
        return hasRoom;
    }

    /** Whether a write needs a line of its own. Preconditions: the caller holds the line. */
    boolean isShared(int line) {
        return lines.mapCount(line) > 1 && !lines.has(line, LineTable.SHARED);
    }

    /** The rights that a mapping of this line may have. Preconditions: the caller holds the line. */
    long permitted(int line, long rights) {
        return isShared(line) ? rights & ~Pte.WRITABLE : rights;
    }

    /**
     * Gives a space a line of its own with the content of a shared one, which the caller holds and which is unlocked.
     *
     * @return 0 or a negative errno
     */
    int copy(PcacheSpace space, long pageVa, long ptePa, int line, long rights) {
        parts.events.faultWpCow.increment();
        int set = parts.geometry.setOf(pageVa);
        int own = allocator.takeFree(set);
        if (own < 0) {
            return copySlowly(space, pageVa, ptePa, line, rights);
        }
        memory.copy(parts.geometry.linePa(line), parts.geometry.linePa(own), PcacheGeometry.LINE_BYTES);
        parts.rmap.add(own, space.id, pageVa, ptePa); // the first mapping of a line always has room
        replace(ptePa, SoftPte.present(parts.geometry.linePa(own), rights, true));
        space.tlb.invalidatePage(pageVa);
        mappings.removeMapping(line, space, pageVa);
        parts.lists.insert(set, own, 0);
        edits.unlock(line);
        return 0;
    }

    private void replace(long ptePa, long pte) {
        long before;
        do {
            before = memory.getLongAcquire(ptePa); // processors set Accessed meanwhile
        } while (!memory.compareAndSetLong(ptePa, before, pte));
    }

    /** When the set is full: the content waits in a buffer while a line is evicted, which may be the shared one. */
    private int copySlowly(PcacheSpace space, long pageVa, long ptePa, int line, long rights) {
        FaultContext context = parts.contexts.take();
        if (context == null) {
            edits.unlock(line);
            return -Errno.ENOMEM;
        }
        memory.copy(parts.geometry.linePa(line), context.pagePa, PcacheGeometry.LINE_BYTES);
        replace(ptePa, SoftPte.REMOTE | SoftPte.BUSY);
        space.tlb.invalidatePage(pageVa);
        space.residentLines.decrementAndGet();
        mappings.removeMapping(line, space, pageVa);
        edits.unlock(line);
        int set = parts.geometry.setOf(pageVa);
        int own = allocator.allocate(context, set);
        int result = own < 0 ? own : 0;
        if (result == 0) {
            memory.copy(context.pagePa, parts.geometry.linePa(own), PcacheGeometry.LINE_BYTES);
            mappings.map(own, space, pageVa, ptePa, SoftPte.present(parts.geometry.linePa(own), rights, true));
            parts.lists.insert(set, own, 0);
        } else {
            if (parts.writeback.flush(context, space, pageVa, context.pagePa) != 0) {
                space.loseData();
            }
            memory.putLongRelease(ptePa, SoftPte.REMOTE);
            parts.waits.wake();
        }
        parts.contexts.give(context);
        return result;
    }

    /** As {@link Pcache#mapShared}. */
    int mapShared(long objectPtePa, PcacheSpace space, long pageVa, long ptePa, long rights) {
        int line = edits.lockSettledLine(objectPtePa);
        if (line < 0) {
            return LineFiller.RETRY;
        }
        lines.set(line, LineTable.SHARED);
        boolean hasRoom = mappings.map(
                line, space, pageVa, ptePa, SoftPte.present(parts.geometry.linePa(line), rights, false));
        edits.unlock(line);
        return hasRoom ? 0 : -Errno.ENOMEM;
    }

    /**
     * An object's page goes: takes it from all who map it. Their next access finds that it is not there.
     *
     * <p>Preconditions: the caller holds the line, whose first mapping is the object's.
     */
    void takeFromAll(int line) {
        int mapping = parts.rmap.next(line, parts.rmap.first(line));
        while (mapping != ReverseMap.NONE) {
            PcacheSpace space = mappings.space(line, mapping);
            long va = parts.rmap.va(line, mapping);
            mappings.change(parts.rmap.ptePa(line, mapping), 0, 0);
            space.residentLines.decrementAndGet();
            space.tlb.invalidatePage(va);
            mappings.removeMapping(line, space, va);
            mapping = parts.rmap.next(line, parts.rmap.first(line));
        }
    }
}
