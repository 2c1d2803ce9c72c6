package org.legoos.managers.memory.vm;

import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.mmu.PageTables;
import org.legoos.isa.mmu.Pte;
import org.legoos.isa.mmu.PteCursor;
import org.legoos.managers.memory.UserFrames;

/**
 * The pages that a process has of its own (anonymous memory and private copies of file pages), in 4-level page
 * tables in the node's memory. A leaf entry is the frame's guestPa with the present bit. For one thread at a time.
 */
final class Pages {
    private static final Runnable NOBODY_WALKS = () -> {}; // processors have tables of their own

    private final PhysicalMemory memory;
    private final UserFrames frames;
    private final PageTables tables;
    private final PteCursor cursor = new PteCursor();
    private long count;

    private Pages(PhysicalMemory memory, UserFrames frames, PageTables tables) {
        this.memory = memory;
        this.frames = frames;
        this.tables = tables;
    }

    /** Null when out of memory. */
    static Pages create(PhysicalMemory memory, UserFrames frames) {
        PageTables tables = PageTables.create(memory, frames);
        return tables == null ? null : new Pages(memory, frames, tables);
    }

    /** guestPa of the page, 0 when there is none. */
    long find(long va) {
        long ptePa = tables.ptePa(va);
        return ptePa == 0 ? 0 : Pte.frame(memory.getLong(ptePa));
    }

    /** guestPa of the page, for writing: made (zero) when there is none, copied when others own it too; 0 when out of memory. */
    long ensure(long va) {
        long ptePa = tables.ensurePtePa(va);
        if (ptePa == 0) {
            return 0;
        }
        long framePa = Pte.frame(memory.getLong(ptePa));
        if (framePa == 0) {
            framePa = frames.allocFrame();
            if (framePa != 0) {
                memory.putLongRelease(ptePa, framePa | Pte.PRESENT);
                count++;
            }
        } else if (frames.isShared(framePa)) {
            framePa = copyShared(ptePa, framePa);
        }
        return framePa;
    }

    private long copyShared(long ptePa, long sharedPa) {
        long ownPa = frames.allocFrame();
        if (ownPa != 0) {
            memory.copy(sharedPa, ownPa, PhysicalMemory.PAGE_SIZE);
            memory.putLongRelease(ptePa, ownPa | Pte.PRESENT);
            frames.freeFrame(sharedPa);
        }
        return ownPa;
    }

    /** fork: this process, which has no pages yet, owns the other's pages too. @return false when out of memory */
    boolean shareAll(Pages other) {
        cursor.reset(other.tables, 0, PageTables.END_VA);
        while (cursor.next()) {
            long ptePa = tables.ensurePtePa(cursor.va());
            if (ptePa == 0) {
                return false;
            }
            frames.share(Pte.frame(cursor.pte()));
            memory.putLongRelease(ptePa, cursor.pte());
            count++;
        }
        return true;
    }

    /** Drops the pages of a range and the tables that become empty. */
    void drop(long startVa, long endVa) {
        boolean any = false;
        cursor.reset(tables, startVa, endVa);
        while (cursor.next()) {
            memory.putLongRelease(cursor.ptePa(), 0);
            frames.freeFrame(Pte.frame(cursor.pte()));
            count--;
            any = true;
        }
        if (any) {
            tables.freeEmpty(startVa, endVa, NOBODY_WALKS);
        }
    }

    /** Moves pages to another range where there are none. @return false, and nothing has changed, when out of memory */
    boolean move(long fromVa, long toVa, long lengthBytes) {
        cursor.reset(tables, fromVa, fromVa + lengthBytes);
        while (cursor.next()) {
            long targetPa = tables.ensurePtePa(cursor.va() - fromVa + toVa);
            if (targetPa == 0) {
                moveEntries(toVa, fromVa, cursor.va() - fromVa);
                return false;
            }
            memory.putLongRelease(targetPa, cursor.pte());
            memory.putLongRelease(cursor.ptePa(), 0);
        }
        tables.freeEmpty(fromVa, fromVa + lengthBytes, NOBODY_WALKS);
        return true;
    }

    /** Moves back: the tables of the target still exist. */
    private void moveEntries(long fromVa, long toVa, long lengthBytes) {
        cursor.reset(tables, fromVa, fromVa + lengthBytes);
        while (cursor.next()) {
            memory.putLongRelease(tables.ptePa(cursor.va() - fromVa + toVa), cursor.pte());
            memory.putLongRelease(cursor.ptePa(), 0);
        }
        tables.freeEmpty(fromVa, fromVa + lengthBytes, NOBODY_WALKS);
    }

    void destroy() {
        cursor.reset(tables, 0, PageTables.END_VA);
        while (cursor.next()) {
            frames.freeFrame(Pte.frame(cursor.pte()));
        }
        tables.destroy();
        count = 0;
    }

    long count() {
        return count;
    }

    int tableCount() {
        return tables.tableCount();
    }
}
