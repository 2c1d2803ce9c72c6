package org.legoos.isa.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import org.legoos.isa.libc.Libc;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.mmu.PageWalker;
import org.legoos.isa.mmu.Walk;

/**
 * Keeps a frame from being writable and executable in the TLB at once, through whatever addresses. The engine
 * translates code by physical page and notices a write only through the address that it translated, and it makes
 * every write to an executable page slow; so the first write to an executable frame drops the frame's code and its
 * executable translations, and the first fetch from a writable one drops the writable translations.
 *
 * <pre>
 * a frame's word:  63..12 guestVa of the one translation that gave the right   2 MANY   1..0 WRITABLE or EXECUTABLE
 * </pre>
 * The table is a lazily committed mapping: 8 bytes for each frame that was touched.
 */
final class FrameGuard {
    private static final int WRITABLE = 1;
    private static final int EXECUTABLE = 2;
    private static final int KIND = WRITABLE | EXECUTABLE;
    /** More than one address has the right: all translations must go. */
    private static final int MANY = 4;

    private static final int ENTRY_SHIFT = 3;

    private final MemorySegment table;
    private final long frames;
    private final long uc;
    private final long cpuState;

    FrameGuard(long uc, long cpuState, long ramSizeBytes) {
        this.uc = uc;
        this.cpuState = cpuState;
        this.frames = ramSizeBytes >>> PhysicalMemory.PAGE_SHIFT;
        long tableBytes = frames << ENTRY_SHIFT;
        this.table = Libc.mapAnonymous(
                (tableBytes + PhysicalMemory.PAGE_SIZE - 1) & -PhysicalMemory.PAGE_SIZE);
    }

    /** The UC_PROT bits to put in the TLB for this access, which the page walk allowed. */
    int admit(long pagePa, long guestVa, int access, int permissions) {
        long at = pagePa >>> PhysicalMemory.PAGE_SHIFT << ENTRY_SHIFT;
        long word = table.get(JAVA_LONG, at);
        int wanted = wanted(access, permissions, (int) word & KIND);
        if (wanted == 0) {
            return UcConst.PROT_READ;
        }
        long page = guestVa & -PhysicalMemory.PAGE_SIZE;
        int kind = (int) word & KIND;
        if (kind == wanted) {
            if ((word & -PhysicalMemory.PAGE_SIZE) != page && (word & MANY) == 0) {
                table.set(JAVA_LONG, at, word | MANY);
            }
        } else {
            if (kind != 0) {
                revoke(pagePa, word);
            }
            table.set(JAVA_LONG, at, page | wanted);
            VarHandle.fullFence(); // see mayHoldCode
        }
        if (wanted == WRITABLE) {
            return UcConst.PROT_READ | UcConst.PROT_WRITE;
        }
        return (permissions & Walk.R) != 0 ? UcConst.PROT_READ | UcConst.PROT_EXEC : UcConst.PROT_EXEC;
    }

    /** A read of plain data takes the write right along, which spares the second miss at the first write. */
    private static int wanted(int access, int permissions, int kind) {
        if (access == PageWalker.FETCH) {
            return EXECUTABLE;
        }
        boolean plainData = (permissions & (Walk.W | Walk.X)) == Walk.W && kind != EXECUTABLE;
        return access == PageWalker.WRITE || plainData ? WRITABLE : 0;
    }

    private void revoke(long pagePa, long word) {
        if ((word & MANY) != 0) {
            Uc.flushTlb(uc);
        } else {
            Uc.flushPage(uc, cpuState, word & -PhysicalMemory.PAGE_SIZE);
        }
        if ((word & KIND) == EXECUTABLE) {
            Uc.invalidateCode(uc, pagePa, PhysicalMemory.PAGE_SIZE);
        }
    }

    /** Forgets that these frames were executable: their translated code and their executable translations go. */
    void dropCode(long guestPa, long lengthBytes) {
        for (long at = firstEntry(guestPa); at < endEntry(guestPa, lengthBytes); at += 1L << ENTRY_SHIFT) {
            long word = table.get(JAVA_LONG, at);
            if ((word & KIND) == EXECUTABLE) {
                revoke(at >>> ENTRY_SHIFT << PhysicalMemory.PAGE_SHIFT, word);
                table.set(JAVA_LONG, at, 0L);
            }
        }
    }

    /**
     * Whether any of these frames may have translated code; any thread may ask. The caller has already written the
     * frames' new content. It wrote, then reads the table; the owner writes the table, then reads the content: with a
     * fence between on both sides, either we see the entry or the owner sees the new content.
     */
    boolean mayHoldCode(long guestPa, long lengthBytes) {
        VarHandle.fullFence();
        for (long at = firstEntry(guestPa); at < endEntry(guestPa, lengthBytes); at += 1L << ENTRY_SHIFT) {
            if ((table.get(JAVA_LONG, at) & KIND) == EXECUTABLE) {
                return true;
            }
        }
        return false;
    }

    private static long firstEntry(long guestPa) {
        return Math.max(0, guestPa) >>> PhysicalMemory.PAGE_SHIFT << ENTRY_SHIFT;
    }

    private long endEntry(long guestPa, long lengthBytes) {
        long end = guestPa + lengthBytes + PhysicalMemory.PAGE_SIZE - 1;
        return Math.min(frames, Math.max(0, end) >>> PhysicalMemory.PAGE_SHIFT) << ENTRY_SHIFT;
    }

    void close() {
        Libc.unmap(table);
    }
}
