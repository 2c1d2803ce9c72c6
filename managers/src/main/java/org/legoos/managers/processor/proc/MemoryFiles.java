package org.legoos.managers.processor.proc;

import java.util.Locale;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.fs.Execution;
import org.legoos.managers.processor.mm.AddressSpace;

/** /proc/PID/maps and statm. */
final class MemoryFiles {
    private static final int PAGE_SHIFT = 12;
    private static final int NAME_COLUMN = 73;
    private static final int MAP_SHARED = 1;
    private static final int PROT_WRITE = 2;
    private static final int PROT_EXEC = 4;

    private MemoryFiles() {}

    /** One line a range, as fs/proc/task_mmu.c prints it: the name starts in column 73. */
    static String maps(Process p) {
        AddressSpace space = p.space();
        StringBuilder text = new StringBuilder();
        if (space != null) {
            space.forEachRange((start, end, prot, flags, offset, name) -> line(text, p, start, end, prot, flags, offset, name));
        }
        return text.toString();
    }

    /** VmData, VmStk, VmExe and VmLib of status: what is mapped, by what it is for. */
    static String kinds(Process p) {
        AddressSpace space = p.space();
        Execution program = p.program().file();
        long[] bytes = new long[4];
        if (space != null) {
            space.forEachRange((start, end, prot, flags, offset, name) -> {
                boolean isOfFile = isFile(name) && (prot & PROT_EXEC) != 0;
                boolean isOfProgram = isOfFile && program != null && program.path().equals(name);
                boolean isData = (prot & PROT_WRITE) != 0 && (flags & MAP_SHARED) == 0;
                int kind = "[stack]".equals(name) ? 1 : isOfProgram ? 2 : isOfFile ? 3 : isData ? 0 : -1;
                if (kind >= 0) {
                    bytes[kind] += end - start >> 10;
                }
            });
        }
        return "VmData:\t" + StatusFiles.kb(bytes[0]) + "VmStk:\t" + StatusFiles.kb(bytes[1]) + "VmExe:\t" + StatusFiles.kb(bytes[2])
                + "VmLib:\t" + StatusFiles.kb(bytes[3]);
    }

    static boolean isFile(String name) {
        return name != null && name.startsWith("/");
    }

    static void line(StringBuilder text, Process p, long start, long end, int prot, int flags, long offset, String rangeName) {
        Execution program = p.program().file();
        String name = program != null && program.path().equals(rangeName) ? program.shownPath() : rangeName;
        boolean isFile = isFile(name);
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
