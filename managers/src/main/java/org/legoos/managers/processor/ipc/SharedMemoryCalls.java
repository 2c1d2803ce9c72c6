package org.legoos.managers.processor.ipc;

import static org.legoos.managers.processor.ipc.IpcNumbers.*;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.SharedMapping;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.mm.HugePages;
import org.legoos.managers.processor.mm.SharedMemory;

/** shmget(2), shmat(2), shmdt(2), shmctl(2). */
public final class SharedMemoryCalls {
    private static final long PAGE = 4096;
    private static final long SIZE_MAX = 1L << 40;
    private static final int PROT_READ = 1;
    private static final int PROT_WRITE = 2;
    private static final int PROT_EXEC = 4;
    private static final int MAP_SHARED = 1;
    private static final int MAP_FIXED = 0x10;
    private static final int MAP_FIXED_NOREPLACE = 0x100000;

    /** struct shminfo64: five longs and four that are reserved; struct shm_info: an int and five longs. */
    private static final int INFO_BYTES = 72;
    private static final int USAGE_BYTES = 48;

    private SharedMemoryCalls() {}

    public static void addTo(SyscallTable<UserThread> table) {
        table.full("shmget", (t, a, b, c, d, e, f) -> get(t, (int) a, b, (int) c));
        table.full("shmat", (t, a, b, c, d, e, f) -> attach(t, (int) a, b, (int) c));
        table.full("shmdt", (t, a, b, c, d, e, f) -> detach(t, a));
        table.full("shmctl", (t, a, b, c, d, e, f) -> control(t, (int) a, (int) b & ~IPC_64, c));
    }

    private static SystemVIpc ipc(UserThread t) {
        return t.process().manager().ipc();
    }

    private static long get(UserThread t, int key, long size, int flags) {
        return ipc(t).segments.get(t, key, flags, segment -> {
            if (Long.compareUnsigned(size, segment.sizeBytes) > 0) {
                throw SysError.of(Errno.EINVAL);
            }
        }, () -> make(t, key, size, flags)).id();
    }

    private static SharedSegment make(UserThread t, int key, long size, int flags) {
        if (size < 1 || size > SIZE_MAX) {
            throw SysError.of(size < 1 ? Errno.EINVAL : Errno.ENOMEM);
        }
        if ((flags & SHM_HUGETLB) != 0) {
            throw SysError.of(-HugePages.error(flags));
        }
        SharedMemory memory = t.process().manager().spaces().newSharedMemory("/SYSV%08x (deleted)".formatted(key), size + PAGE - 1 & -PAGE);
        if (memory == null) {
            throw SysError.of(Errno.ENOMEM);
        }
        return new SharedSegment(t, key, flags, memory, size);
    }

    private static long attach(UserThread t, int id, long addr, int flags) {
        long at = addr;
        if ((at & PAGE - 1) != 0) {
            if ((flags & SHM_RND) == 0) {
                return -Errno.EINVAL;
            }
            at &= -PAGE;
        }
        if (addr == 0 && (flags & SHM_REMAP) != 0) {
            return -Errno.EINVAL;
        }
        SharedSegment segment = ipc(t).segments.find(id);
        boolean isReadOnly = (flags & SHM_RDONLY) != 0;
        segment.require(t, isReadOnly ? 04 : 06);
        int prot = PROT_READ | (isReadOnly ? 0 : PROT_WRITE) | ((flags & SHM_EXEC) != 0 ? PROT_EXEC : 0);
        int where = addr == 0 ? 0 : (flags & SHM_REMAP) != 0 ? MAP_FIXED : MAP_FIXED_NOREPLACE;
        long length = segment.sizeBytes + PAGE - 1 & -PAGE;
        segment.attached(t.process().pid(), SemaphoreSet.seconds(t)); // before it could go
        long va = segment.isRemoved() ? -Errno.EIDRM
                : SharedMapping.map(t, at, length, prot, MAP_SHARED | where, segment.memory, 0);
        if (Errno.isError(va)) {
            ipc(t).detached(segment, t.process().pid(), SemaphoreSet.seconds(t));
            return va == -Errno.EEXIST ? -Errno.EINVAL : va;
        }
        ipc(t).attachments.add(t.process(), va, segment);
        return va;
    }

    private static long detach(UserThread t, long addr) {
        SharedSegment segment = (addr & PAGE - 1) != 0 ? null : ipc(t).attachments.remove(t.process(), addr);
        if (segment == null) {
            return -Errno.EINVAL;
        }
        t.process().space().munmap(addr, segment.sizeBytes + PAGE - 1 & -PAGE);
        ipc(t).detached(segment, t.process().pid(), SemaphoreSet.seconds(t));
        return 0;
    }

    private static long control(UserThread t, int id, int command, long va) {
        switch (command) {
            case IPC_INFO, SHM_INFO -> {
                return command == IPC_INFO ? info(t, va) : usage(t, va);
            }
            case SHM_STAT, SHM_STAT_ANY -> {
                SharedSegment segment = ipc(t).segments.at(id);
                if (command == SHM_STAT) {
                    segment.require(t, 04);
                }
                putStatus(t, segment, va);
                return segment.id();
            }
            case IPC_STAT -> {
                SharedSegment segment = ipc(t).segments.find(id);
                segment.require(t, 04);
                putStatus(t, segment, va);
            }
            case IPC_SET -> {
                byte[] ds = t.user().struct(va, SharedSegment.DS_BYTES);
                SharedSegment segment = ipc(t).segments.find(id);
                segment.requireOwner(t);
                segment.setPermissions(ds);
                segment.changed(t);
            }
            case IPC_RMID -> {
                SharedSegment segment = ipc(t).segments.find(id);
                segment.requireOwner(t);
                ipc(t).destroy(segment);
            }
            case SHM_LOCK, SHM_UNLOCK -> {
                SharedSegment segment = ipc(t).segments.find(id);
                segment.requireOwner(t);
                segment.setModeFlag(SharedSegment.SHM_LOCKED, command == SHM_LOCK);
            }
            default -> {
                return -Errno.EINVAL;
            }
        }
        return 0;
    }

    private static void putStatus(UserThread t, SharedSegment segment, long va) {
        segment.putStatus(t.user().zeroed(SharedSegment.DS_BYTES));
        t.user().putStruct(va, SharedSegment.DS_BYTES);
    }

    private static long info(UserThread t, long va) {
        byte[] to = t.user().zeroed(INFO_BYTES);
        long[] values = {SIZE_MAX, 1, SHMMNI, SHMMNI, SIZE_MAX / PAGE};
        for (int i = 0; i < values.length; i++) {
            Le.putLong(to, i * Long.BYTES, values[i]);
        }
        t.user().putStruct(va, INFO_BYTES);
        return ipc(t).segments.maxIndex();
    }

    private static long usage(UserThread t, long va) {
        long pages = 0;
        long resident = 0;
        for (SharedSegment segment : ipc(t).segments.all()) {
            pages += (segment.sizeBytes + PAGE - 1) / PAGE;
            resident += segment.memory.residentBytes() / PAGE;
        }
        byte[] to = t.user().zeroed(USAGE_BYTES);
        Le.putInt(to, 0, ipc(t).segments.size());
        Le.putLong(to, Long.BYTES, pages);
        Le.putLong(to, 2 * Long.BYTES, resident);
        t.user().putStruct(va, USAGE_BYTES);
        return ipc(t).segments.maxIndex();
    }
}
