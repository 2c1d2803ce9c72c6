package org.legoos.managers.processor.memfile;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.mm.SharedMemory;
import org.legoos.managers.processor.mm.UserMemory;

/** fallocate(2) of files in shared memory, as shmem_fallocate of Linux; room comes when it is written to. */
final class Allocation {
    private static final int FALLOC_FL_KEEP_SIZE = 1;
    private static final int FALLOC_FL_PUNCH_HOLE = 2;
    private static final int PAGE_BYTES = 4096;
    private static final byte[] ZEROS = new byte[PAGE_BYTES];

    private Allocation() {}

    /** @return 0, -EPERM when it is sealed, -EOPNOTSUPP for other modes */
    static int allocate(UserThread t, MemoryInode inode, int mode, long offset, long lengthBytes) {
        return switch (mode) {
            case 0 -> grow(t, inode, offset + lengthBytes);
            case FALLOC_FL_KEEP_SIZE -> isGrowthSealed(inode, offset + lengthBytes) ? -Errno.EPERM : 0;
            case FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE -> punch(t, inode, offset, lengthBytes);
            default -> -Errno.EOPNOTSUPP;
        };
    }

    private static boolean isGrowthSealed(MemoryInode inode, long endBytes) {
        return endBytes > inode.memory().sizeBytes() && (inode.seals() & MemoryInode.F_SEAL_GROW) != 0;
    }

    private static int grow(UserThread t, MemoryInode inode, long endBytes) {
        synchronized (inode) { // another's growth is not undone
            return endBytes > inode.memory().sizeBytes() ? inode.resize(t, endBytes) : 0;
        }
    }

    private static int punch(UserThread t, MemoryInode inode, long offset, long lengthBytes) {
        if (inode.isWriteSealed()) {
            return -Errno.EPERM;
        }
        SharedMemory memory = inode.memory();
        long end = Math.min(offset + lengthBytes, memory.sizeBytes());
        long firstPage = Math.min(end, (offset + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES);
        long lastPage = Math.max(firstPage, end / PAGE_BYTES * PAGE_BYTES);
        UserMemory access = memory.newAccess();
        clear(memory, access, offset, firstPage);
        clear(memory, access, lastPage, end);
        memory.endAccess(access);
        inode.written(t);
        return firstPage < lastPage ? (int) memory.punch(firstPage, lastPage - firstPage) : 0;
    }

    /** Less than a page. */
    private static void clear(SharedMemory memory, UserMemory access, long from, long to) {
        if (from < to) {
            access.copyTo(memory.va(from), MemorySegment.ofArray(ZEROS), 0, (int) (to - from));
        }
    }
}
