package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.SharedMapping;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.mm.AddressSpace;
import org.legoos.managers.processor.mm.SharedMemory;

/** remap_file_pages(2) as Linux has done it since 4.0: the pages are mapped anew, as a range of their own. */
final class RemapFilePages {
    private static final long PAGE_BYTES = 4096;
    private static final int MAP_SHARED = 1;
    private static final int MAP_FIXED = 0x10;
    private static final int MAP_NONBLOCK = 0x10000;

    private RemapFilePages() {}

    static long call(UserThread t, long addr, long length, long prot, long page, int flags) {
        long start = addr & -PAGE_BYTES;
        long size = length & -PAGE_BYTES;
        boolean isRange = MemoryCalls.isInUserSpace(start, size) && size > 0;
        if (prot != 0 || !isRange || page < 0 || page > (Long.MAX_VALUE - size) / PAGE_BYTES) {
            return -Errno.EINVAL;
        }
        AddressSpace space = t.process().space();
        int[] found = {-1, 0};
        space.forEachRange((from, to, itsProt, itsFlags, offset, name) -> {
            if (from <= start && start < to && (itsFlags & MAP_SHARED) != 0 && to - start >= size) {
                found[0] = itsProt;
                found[1] = itsFlags;
            }
        });
        if (found[0] < 0 || !(space.objectAt(start) instanceof SharedMemory memory)) {
            return -Errno.EINVAL;
        }
        if (space.locks().isSealed(start, start + size)) {
            return -Errno.EPERM;
        }
        int kept = found[1] & AddressSpace.NEVER_WRITABLE;
        memory.retain();
        long va = SharedMapping.map(t, start, size, found[0], MAP_SHARED | MAP_FIXED | flags & MAP_NONBLOCK | kept, memory, page * PAGE_BYTES);
        memory.release();
        return va < 0 ? va : 0;
    }
}
