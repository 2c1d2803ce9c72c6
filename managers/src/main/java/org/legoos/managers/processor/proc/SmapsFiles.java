package org.legoos.managers.processor.proc;

import java.util.Locale;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.mm.AddressSpace;

/**
 * /proc/PID/smaps and smaps_rollup (fs/proc/task_mmu.c): what of each range is in the ExCache, and changed there. A page counts whole
 * for each process that maps it (Pss is Rss): who else maps a line is not asked.
 */
final class SmapsFiles {
    private static final long PAGE_KB = 4;
    private static final int PROT_READ = 1;
    private static final int PROT_WRITE = 2;
    private static final int PROT_EXEC = 4;
    private static final int MAP_SHARED = 1;
    private static final int MAP_GROWSDOWN = 0x100;
    private static final int MAP_LOCKED = 0x2000;

    private SmapsFiles() {}

    /** What the pages of one or more ranges are, in pages. */
    private static final class Sum {
        private long size;
        private long resident;
        private long shared;
        private long sharedDirty;
        private long privateDirty;
        private long anonymous;
        private long locked;

        void add(AddressSpace space, long start, long end, int flags, boolean isFile) {
            long[] counts = new long[2];
            space.pages().count(start, end, counts);
            boolean isShared = (flags & MAP_SHARED) != 0;
            size += end - start >>> 12;
            resident += counts[0];
            shared += isShared ? counts[0] : 0;
            sharedDirty += isShared ? counts[1] : 0;
            privateDirty += isShared ? 0 : counts[1];
            anonymous += isShared || isFile ? 0 : counts[0];
            locked += (flags & MAP_LOCKED) != 0 ? counts[0] : 0;
        }

        void print(StringBuilder text) {
            line(text, "Rss", resident);
            line(text, "Pss", resident);
            line(text, "Pss_Dirty", sharedDirty + privateDirty);
            line(text, "Shared_Clean", shared - sharedDirty);
            line(text, "Shared_Dirty", sharedDirty);
            line(text, "Private_Clean", resident - shared - privateDirty);
            line(text, "Private_Dirty", privateDirty);
            line(text, "Referenced", resident);
            line(text, "Anonymous", anonymous);
            for (String none : new String[] {"KSM", "LazyFree", "AnonHugePages", "ShmemPmdMapped", "FilePmdMapped", "Shared_Hugetlb",
                "Private_Hugetlb", "Swap", "SwapPss"}) {
                line(text, none, 0);
            }
            line(text, "Locked", locked);
        }
    }

    private static void line(StringBuilder text, String name, long pages) {
        text.append(String.format(Locale.ROOT, "%-15s %8d kB\n", name + ":", pages * PAGE_KB));
    }

    static String smaps(Process p) {
        AddressSpace space = p.space();
        StringBuilder text = new StringBuilder();
        if (space != null) {
            space.forEachRange((start, end, prot, flags, offset, name) -> {
                MemoryFiles.line(text, p, start, end, prot, flags, offset, name);
                Sum sum = new Sum();
                sum.add(space, start, end, flags, MemoryFiles.isFile(name));
                line(text, "Size", sum.size);
                line(text, "KernelPageSize", 1);
                line(text, "MMUPageSize", 1);
                sum.print(text);
                text.append("THPeligible:           0\nVmFlags: ").append(vmFlags(prot, flags)).append('\n');
            });
        }
        return text.toString();
    }

    static String rollup(Process p) {
        AddressSpace space = p.space();
        Sum sum = new Sum();
        long[] bounds = {Long.MAX_VALUE, 0};
        if (space == null) {
            return "";
        }
        space.forEachRange((start, end, prot, flags, offset, name) -> {
            sum.add(space, start, end, flags, MemoryFiles.isFile(name));
            bounds[0] = Math.min(bounds[0], start);
            bounds[1] = Math.max(bounds[1], end);
        });
        StringBuilder text = new StringBuilder();
        MemoryFiles.line(text, p, bounds[0], bounds[1], 0, 0, 0, "[rollup]");
        sum.print(text);
        return text.toString();
    }

    /** The two-letter codes of show_smap_vma_flags, as far as there are such flags here. */
    private static String vmFlags(int prot, int flags) {
        return ((prot & PROT_READ) != 0 ? "rd " : "") + ((prot & PROT_WRITE) != 0 ? "wr " : "") + ((prot & PROT_EXEC) != 0 ? "ex " : "")
                + ((flags & MAP_SHARED) != 0 ? "sh " : "") + "mr mw me " + ((flags & MAP_GROWSDOWN) != 0 ? "gd " : "")
                + ((flags & MAP_LOCKED) != 0 ? "lo " : "") + "ac ";
    }
}
