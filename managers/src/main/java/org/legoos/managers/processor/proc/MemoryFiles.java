package org.legoos.managers.processor.proc;

import java.util.Locale;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.mm.AddressSpace;

/** /proc/PID/maps and statm. */
final class MemoryFiles {
    private static final int PAGE_SHIFT = 12;
    private static final int NAME_COLUMN = 73;
    private static final int MAP_SHARED = 1;

    private MemoryFiles() {}

    /** One line a range, as fs/proc/task_mmu.c prints it: the name starts in column 73. */
    static String maps(Process p) {
        AddressSpace space = p.space();
        StringBuilder text = new StringBuilder();
        if (space != null) {
            space.forEachRange((start, end, prot, flags, offset, name) -> line(text, start, end, prot, flags, offset, name));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, long start, long end, int prot, int flags, long offset, String name) {
        boolean isFile = name != null && name.startsWith("/");
        String line = String.format(Locale.ROOT, "%08x-%08x %c%c%c%c %08x %s %d ", start, end, (prot & 1) != 0 ? 'r' : '-',
                (prot & 2) != 0 ? 'w' : '-', (prot & 4) != 0 ? 'x' : '-', (flags & MAP_SHARED) != 0 ? 's' : 'p', offset,
                isFile ? "00:01" : "00:00", isFile ? 1 + (name.hashCode() & 0x7fffffffL) : 0);
        text.append(line);
        if (name != null) {
            text.append(" ".repeat(Math.max(0, NAME_COLUMN - line.length()))).append(name);
        }
        text.append('\n');
    }

    static String statm(Process p) {
        AddressSpace space = p.space();
        long mapped = space == null ? 0 : space.mappedBytes() >>> PAGE_SHIFT;
        long resident = space == null ? 0 : space.residentBytes() >>> PAGE_SHIFT;
        return mapped + " " + resident + " 0 0 0 " + mapped + " 0\n";
    }
}
