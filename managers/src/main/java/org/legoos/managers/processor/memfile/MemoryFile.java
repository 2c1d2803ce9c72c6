package org.legoos.managers.processor.memfile;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.mm.SharedMemory;
import org.legoos.managers.processor.mm.UserMemory;

/** An open file in shared memory. */
public final class MemoryFile extends OpenFile {
    private static final int PROT_WRITE = 2;
    private static final int MAP_PRIVATE = 2;
    private static final int MAP_TYPE = 0xf;

    private final MemoryInode inode;

    MemoryFile(MemoryInode inode, String path, int flags) {
        super(path, flags);
        this.inode = inode;
        inode.use(false);
    }

    MemoryInode inode() {
        return inode;
    }

    @Override
    protected void closed() {
        inode.drop(false);
    }

    /** F_GET_SEALS. */
    public int seals() {
        return inode.seals();
    }

    /** F_ADD_SEALS. @return 0 or a negative errno */
    public int addSeals(int seals) {
        if (!isWritable()) {
            return -Errno.EPERM;
        }
        return (seals & ~MemoryInode.F_ALL_SEALS) != 0 ? -Errno.EINVAL : inode.addSeals(seals);
    }

    @Override
    public boolean isSeekable() {
        return true;
    }

    @Override
    public int read(UserThread t, MemorySegment to, long at, int lengthBytes, long offset) {
        SharedMemory memory = inode.memory();
        int length = (int) Math.min(lengthBytes, memory.sizeBytes() - offset);
        if (length <= 0) {
            return 0;
        }
        UserMemory access = memory.newAccess();
        int done = (int) access.copyFrom(memory.va(offset), to, at, length);
        memory.endAccess(access);
        return done > 0 ? done : -Errno.EIO;
    }

    @Override
    public int write(UserThread t, MemorySegment from, long at, int lengthBytes, long offset) {
        if (inode.isWriteSealed()) {
            return -Errno.EPERM;
        }
        SharedMemory memory = inode.memory();
        long end = offset + lengthBytes;
        if (end < 0) {
            return -Errno.EFBIG;
        }
        if (end > memory.sizeBytes()) {
            int error = inode.resize(t, end);
            if (error != 0) {
                return error;
            }
        }
        UserMemory access = memory.newAccess();
        int done = (int) access.copyTo(memory.va(offset), from, at, lengthBytes);
        memory.endAccess(access);
        inode.written(t);
        return done > 0 || lengthBytes == 0 ? done : -Errno.ENOSPC;
    }

    @Override
    public int append(UserThread t, MemorySegment from, long at, int lengthBytes) {
        synchronized (inode) { // two appends do not meet
            long end = inode.memory().sizeBytes();
            int done = write(t, from, at, lengthBytes, end);
            if (done > 0) {
                setPosition(end + done);
            }
            return done;
        }
    }

    @Override
    public int stat(UserThread t, FileService.Stat to) {
        inode.stat(to);
        return 0;
    }

    @Override
    public int truncate(UserThread t, long sizeBytes) {
        return isWritable() ? inode.resize(t, sizeBytes) : -Errno.EINVAL;
    }

    @Override
    public int sync(UserThread t) {
        return 0;
    }

    @Override
    public int setattr(UserThread t, int mask, FileService.Stat to) {
        return inode.setattr(t, mask, to);
    }

    @Override
    public SharedMemory sharedMemory() {
        return inode.memory();
    }

    @Override
    public int mappingError(int prot, int flags) {
        boolean isShared = (flags & MAP_TYPE) != MAP_PRIVATE;
        return isShared && (prot & PROT_WRITE) != 0 && inode.isWriteSealed() ? -Errno.EPERM : 0;
    }

    /** memfd_create(2): a file without a name. @return null without memory on either node */
    public static MemoryFile memfd(UserThread t, String name, boolean maySeal) {
        String path = "/memfd:" + name + " (deleted)";
        SharedMemory memory = t.process().manager().spaces().newSharedMemory(path, 0);
        if (memory == null) {
            return null;
        }
        MemoryInode inode = new MemoryInode(t, memory, 1, 0777, maySeal ? 0 : MemoryInode.F_SEAL_SEAL);
        return new MemoryFile(inode, path, OpenFlags.O_RDWR);
    }
}
