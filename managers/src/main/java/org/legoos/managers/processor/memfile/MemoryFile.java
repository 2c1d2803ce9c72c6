package org.legoos.managers.processor.memfile;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.Execution;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.fs.RemoteFileSystem;
import org.legoos.managers.processor.mm.SharedMemory;
import org.legoos.managers.processor.mm.UserMemory;

/** An open file in shared memory. */
public final class MemoryFile extends OpenFile {
    private static final int PROT_WRITE = 2;
    private static final int MAP_PRIVATE = 2;
    private static final int MAP_TYPE = 0xf;

    private static final int R_OK = 4;
    private static final int W_OK = 2;

    private final MemoryInode inode;
    /** Keeps it from being executed, as every descriptor that is writable does but a memfd's first. */
    private final boolean isWriter;

    /** @param isFirst of a new memfd; others throw ETXTBSY when they would write to what is executed */
    private MemoryFile(MemoryInode inode, String path, int flags, boolean isFirst) {
        super(path, flags);
        this.inode = inode;
        this.isWriter = isWritable() && !isFirst;
        if (isWriter && !inode.writeCount().allowWriter()) {
            throw SysError.of(Errno.ETXTBSY);
        }
        inode.use(false);
    }

    MemoryFile(MemoryInode inode, String path, int flags) {
        this(inode, path, flags, false);
    }

    /** Opening /proc/PID/fd/N of it. */
    public MemoryFile reopen(UserThread t, int newFlags) {
        FileService.Stat stat = new FileService.Stat();
        inode.stat(stat);
        int access = newFlags & OpenFlags.O_ACCMODE;
        boolean writes = access != OpenFlags.O_RDONLY || (newFlags & OpenFlags.O_TRUNC) != 0;
        int wanted = (access != OpenFlags.O_WRONLY ? R_OK : 0) | (writes ? W_OK : 0);
        boolean isPathOnly = (newFlags & OpenFlags.O_PATH) != 0;
        if (!isPathOnly && !stat.allows(t.process().credentials(), wanted)) {
            throw SysError.of(Errno.EACCES);
        }
        MemoryFile again = new MemoryFile(inode, path(), newFlags);
        if (!isPathOnly && (newFlags & OpenFlags.O_TRUNC) != 0) {
            inode.resize(t, 0);
        }
        return again;
    }

    /** Begins its execution as a copy in the root file system. @return null while somebody may write to it (ETXTBSY) */
    public Execution execute(UserThread t, long sizeBytes) {
        if (!inode.allowExecution()) {
            return null;
        }
        Execution execution = null;
        try {
            RemoteFileSystem root = (RemoteFileSystem) t.process().manager().vfs().at("/");
            execution = root.execute(t, copy(t, root.newCopy(t), sizeBytes), inode, path());
            return execution;
        } finally {
            if (execution == null) {
                inode.executionEnded();
            }
        }
    }

    private OpenFile copy(UserThread t, OpenFile to, long sizeBytes) {
        long done = 0;
        int got = 1;
        while (done < sizeBytes && got > 0) {
            got = read(t, t.io(), t.ioPa(), UserThread.IO_BYTES, done);
            got = got <= 0 ? got : to.write(t, t.io(), t.ioPa(), got, done);
            done += Math.max(got, 0);
        }
        if (got < 0) {
            to.release();
            throw SysError.of(-got);
        }
        return to;
    }

    MemoryInode inode() {
        return inode;
    }

    @Override
    protected void closed() {
        if (isWriter) {
            inode.writeCount().writerGone();
        }
        inode.drop(false);
    }

    /** F_GET_SEALS. */
    public int seals() {
        return inode.seals();
    }

    /** F_ADD_SEALS. @return 0 or a negative errno */
    public int addSeals(UserThread t, int seals) {
        if (!isWritable()) {
            return -Errno.EPERM;
        }
        return (seals & ~MemoryInode.F_ALL_SEALS) != 0 ? -Errno.EINVAL : inode.addSeals(t, seals);
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
    public int fallocate(UserThread t, int mode, long offset, long lengthBytes) {
        return Allocation.allocate(t, inode, mode, offset, lengthBytes);
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
    public boolean isWriteSealed() {
        return inode.isWriteSealed();
    }

    @Override
    public int mappingError(int prot, int flags) {
        boolean isShared = (flags & MAP_TYPE) != MAP_PRIVATE;
        return isShared && (prot & PROT_WRITE) != 0 && inode.isWriteSealed() ? -Errno.EPERM : 0;
    }

    /**
     * memfd_create(2): a file without a name.
     *
     * @param isExecutable else it is sealed so that it stays what it is
     * @return null without memory on either node
     */
    public static MemoryFile memfd(UserThread t, String name, boolean maySeal, boolean isExecutable) {
        String path = "/memfd:" + name + " (deleted)";
        SharedMemory memory = t.process().manager().spaces().newSharedMemory(path, 0);
        if (memory == null) {
            return null;
        }
        int seals = isExecutable ? 0 : MemoryInode.F_SEAL_EXEC;
        MemoryInode inode = new MemoryInode(t, memory, 1, isExecutable ? 0777 : 0666, seals | (maySeal ? 0 : MemoryInode.F_SEAL_SEAL));
        return new MemoryFile(inode, path, OpenFlags.O_RDWR, true);
    }
}
