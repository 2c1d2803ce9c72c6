package org.legoos.managers.processor.coredump;

import java.util.ArrayList;
import java.util.List;
import org.legoos.managers.processor.core.ProcessFlags;
import org.legoos.managers.processor.mm.AddressSpace;

/**
 * One range of memory in a core file.
 *
 * @param dumpedBytes how much of its beginning the file has: all, the first page, or nothing (core(5))
 * @param path the file that is mapped, or null
 */
record CoreSegment(long startVa, long endVa, int prot, long fileOffset, String path, long dumpedBytes) {
    private static final int PROT_WRITE = 2;
    private static final int MAP_SHARED = 1;
    private static final long PAGE_BYTES = 4096;
    /** Of a larger range only the beginning is dumped: what is that large is hardly ever full. */
    private static final long DUMPED_BYTES_MAX = 256L << 20;

    /** @param filter the kinds that are dumped, as of /proc/PID/coredump_filter */
    static List<CoreSegment> of(AddressSpace space, int filter) {
        List<CoreSegment> segments = new ArrayList<>();
        space.forEachRange((start, end, prot, flags, offset, name) -> {
            String path = name != null && name.startsWith("/") ? name : null;
            boolean isShared = (flags & MAP_SHARED) != 0;
            int kind = isShared ? path == null ? ProcessFlags.CORE_ANON_SHARED : ProcessFlags.CORE_FILE_SHARED
                    : path == null || (prot & PROT_WRITE) != 0 ? ProcessFlags.CORE_ANON_PRIVATE : ProcessFlags.CORE_FILE_PRIVATE;
            boolean isHeader = !isShared && offset == 0 && (filter & ProcessFlags.CORE_ELF_HEADERS) != 0;
            long wanted = prot == 0 ? 0 : (filter & kind) != 0 ? end - start : isHeader ? PAGE_BYTES : 0;
            segments.add(new CoreSegment(start, end, prot, offset, path, Math.min(wanted, DUMPED_BYTES_MAX)));
        });
        return segments;
    }
}
