package org.legoos.managers.memory.ramfs;

import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.syscall.Errno;

/** fallocate(2) on a file: room, holes and zeros, as tmpfs does it (mm/shmem.c), and zeroing beside. */
final class Allocation {
    private static final int KEEP_SIZE = 1;
    private static final int PUNCH_HOLE = 2;
    private static final int ZERO_RANGE = 0x10;
    private static final int PAGE = PhysicalMemory.PAGE_SIZE;

    private final RegularFile file;

    Allocation(RegularFile file) {
        this.file = file;
    }

    int run(int mode, long offset, long lengthBytes, long nowNs) {
        if (offset < 0 || lengthBytes <= 0) {
            return -Errno.EINVAL;
        }
        if (offset > RegularFile.MAX_BYTES - lengthBytes) {
            return -Errno.EFBIG;
        }
        long end = offset + lengthBytes;
        boolean keepsSize = (mode & KEEP_SIZE) != 0;
        return switch (mode & ~KEEP_SIZE) {
            case 0 -> allocate(offset, end, keepsSize, nowNs);
            case PUNCH_HOLE -> {
                if (keepsSize) {
                    file.zero(offset, end);
                    file.modified(nowNs);
                }
                yield keepsSize ? 0 : -Errno.EOPNOTSUPP;
            }
            case ZERO_RANGE -> {
                file.zero(offset, Math.min(end, Math.max(offset, file.sizeBytes())));
                yield allocate(offset, end, keepsSize, nowNs);
            }
            default -> -Errno.EOPNOTSUPP;
        };
    }

    /** Takes frames for all of it, or none. */
    private int allocate(long offset, long end, boolean keepsSize, long nowNs) {
        long first = offset / PAGE;
        long last = (end - 1) / PAGE;
        if (last - first >= file.pagesFree() + file.pageCount()) {
            return -Errno.ENOSPC;
        }
        for (long index = first; index <= last; index++) {
            if (file.pagePa(index) == 0 && file.ensurePagePa(index) == 0) {
                return -Errno.ENOSPC; // what was taken stays, of zeros: as much as could be had
            }
        }
        if (!keepsSize && end > file.sizeBytes()) {
            file.grow(end);
        }
        file.modified(nowNs);
        return 0;
    }
}
