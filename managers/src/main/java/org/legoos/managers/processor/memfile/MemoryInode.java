package org.legoos.managers.processor.memfile;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.ProcessorManager;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.Execution;
import org.legoos.managers.processor.fs.FileMode;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.WriteCount;
import org.legoos.managers.processor.mm.AddressSpace;
import org.legoos.managers.processor.mm.SharedMemory;

/** A file in shared memory: content, attributes, seals; it lives as long as it has a name or is open. Thread-safe. */
final class MemoryInode implements Execution.Text {
    static final int F_SEAL_SEAL = 1;
    static final int F_SEAL_SHRINK = 2;
    static final int F_SEAL_GROW = 4;
    static final int F_SEAL_WRITE = 8;
    static final int F_SEAL_FUTURE_WRITE = 0x10;
    static final int F_SEAL_EXEC = 0x20;
    static final int F_ALL_SEALS = 0x3f;

    private static final AtomicLong NEXT_INO = new AtomicLong(2);
    private static final int BLOCK_BYTES = 512;
    private static final int MAP_SHARED = 1;
    private static final int ANY_EXECUTE = 0111;

    private final SharedMemory memory;
    private final int device;
    private final long ino = NEXT_INO.getAndIncrement();
    private final WriteCount writeCount = new WriteCount();
    private int mode; // guarded by this
    private int uid; // guarded by this
    private int gid; // guarded by this
    private int names; // guarded by this
    private int opens; // guarded by this
    private int seals; // guarded by this
    private long atimeNs; // guarded by this
    private long mtimeNs; // guarded by this
    private long ctimeNs; // guarded by this

    /** @param seals those it begins with: F_SEAL_SEAL when it cannot be sealed */
    MemoryInode(UserThread t, SharedMemory memory, int device, int mode, int seals) {
        this.memory = memory;
        this.device = device;
        this.mode = FileMode.S_IFREG | mode;
        this.uid = t.process().credentials().fsuid;
        this.gid = t.process().credentials().fsgid;
        this.seals = seals;
        this.atimeNs = this.mtimeNs = this.ctimeNs = t.kernel().clock().wallTimeNs();
    }

    SharedMemory memory() {
        return memory;
    }

    long ino() {
        return ino;
    }

    /** One name or one open file more. */
    synchronized void use(boolean isName) {
        names += isName ? 1 : 0;
        opens += isName ? 0 : 1;
    }

    /** One less: the last gives the memory back, but for who has it mapped. */
    void drop(boolean isName) {
        boolean isLast;
        synchronized (this) {
            names -= isName ? 1 : 0;
            opens -= isName ? 0 : 1;
            isLast = names == 0 && opens == 0;
        }
        if (isLast) {
            memory.release();
        }
    }

    /** Counts those who opened it for writing by a name. */
    WriteCount writeCount() {
        return writeCount;
    }

    @Override
    public boolean allowExecution() {
        boolean allows = writeCount.allowExecution();
        if (allows) {
            use(false);
        }
        return allows;
    }

    @Override
    public void executionEnded() {
        writeCount.executionEnded();
        drop(false);
    }

    synchronized int names() {
        return names;
    }

    synchronized int seals() {
        return seals;
    }

    /** F_ADD_SEALS. @return 0, -EPERM, -EBUSY when somebody can write to a mapping of what shall not be written any more */
    int addSeals(UserThread t, int more) {
        boolean isMapped = isMappedWritable(t.process().manager());
        return addSeals(more, isMapped);
    }

    /** Whether a shared mapping of any process writes to it, or could be made to. */
    private boolean isMappedWritable(ProcessorManager manager) {
        boolean[] found = {false};
        for (Process process : memory.isMapped() ? manager.processes().values() : List.<Process>of()) {
            AddressSpace space = process.space();
            if (space != null) {
                space.forEachRange((from, to, prot, flags, offset, name) -> found[0] |= (flags & MAP_SHARED) != 0
                        && (flags & AddressSpace.NEVER_WRITABLE) == 0 && space.objectAt(from) == memory);
            }
        }
        return found[0];
    }

    private synchronized int addSeals(int more, boolean isMappedWritable) {
        if ((seals & F_SEAL_SEAL) != 0) {
            return -Errno.EPERM;
        }
        boolean fixesProgram = (more & F_SEAL_EXEC) != 0 && (mode & ANY_EXECUTE) != 0;
        int added = more | (fixesProgram ? F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_FUTURE_WRITE : 0);
        if ((added & F_SEAL_WRITE) != 0 && (seals & F_SEAL_WRITE) == 0 && isMappedWritable) {
            return -Errno.EBUSY;
        }
        seals |= added;
        return 0;
    }

    boolean isWriteSealed() {
        return (seals() & (F_SEAL_WRITE | F_SEAL_FUTURE_WRITE)) != 0;
    }

    /** ftruncate(2). @return 0 or a negative errno */
    int resize(UserThread t, long sizeBytes) {
        int sealed = seals();
        long now = memory.sizeBytes();
        if (sizeBytes < now && (sealed & F_SEAL_SHRINK) != 0 || sizeBytes > now && (sealed & F_SEAL_GROW) != 0) {
            return -Errno.EPERM;
        }
        long error = sizeBytes == now ? 0 : memory.resize(sizeBytes);
        written(t);
        return (int) error;
    }

    synchronized void written(UserThread t) {
        mtimeNs = t.kernel().clock().wallTimeNs();
        ctimeNs = mtimeNs;
    }

    synchronized void stat(FileService.Stat to) {
        to.dev = device;
        to.ino = ino;
        to.nlink = names;
        to.mode = mode;
        to.uid = uid;
        to.gid = gid;
        to.rdev = 0;
        to.size = memory.sizeBytes();
        to.blocks = memory.residentBytes() / BLOCK_BYTES;
        to.blksize = FileService.Stat.PAGE_BLKSIZE;
        to.atimeNs = atimeNs;
        to.mtimeNs = mtimeNs;
        to.ctimeNs = ctimeNs;
    }

    synchronized int setattr(UserThread t, int mask, FileService.Stat from) {
        Credentials who = t.process().credentials();
        boolean changesOwner = (mask & FileService.SET_UID) != 0 && from.uid != uid || (mask & FileService.SET_GID) != 0 && from.gid != gid;
        boolean changesRest = (mask & ~(FileService.SET_UID | FileService.SET_GID)) != 0;
        boolean owns = who.fsuid == uid;
        if (changesOwner && !who.has(Capability.CAP_CHOWN) || changesRest && !owns && !who.has(Capability.CAP_FOWNER)) {
            return -Errno.EPERM;
        }
        boolean changesExecute = (mask & FileService.SET_MODE) != 0 && ((mode ^ from.mode) & ANY_EXECUTE) != 0;
        if (changesExecute && (seals & F_SEAL_EXEC) != 0) {
            return -Errno.EPERM;
        }
        mode = (mask & FileService.SET_MODE) != 0 ? FileMode.S_IFREG | from.mode & FileMode.PERMISSIONS : mode;
        uid = (mask & FileService.SET_UID) != 0 ? from.uid : uid;
        gid = (mask & FileService.SET_GID) != 0 ? from.gid : gid;
        atimeNs = (mask & (FileService.SET_ATIME | FileService.SET_ATIME_NOW)) != 0 ? from.atimeNs : atimeNs;
        mtimeNs = (mask & (FileService.SET_MTIME | FileService.SET_MTIME_NOW)) != 0 ? from.mtimeNs : mtimeNs;
        ctimeNs = t.kernel().clock().wallTimeNs();
        return 0;
    }
}
