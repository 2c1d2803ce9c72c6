package org.legoos.managers.processor.syscall;

import org.legoos.isa.mmu.PageWalker;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.SharedMapping;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.mm.AddressSpace;
import org.legoos.managers.processor.mm.SharedMemory;

/** mmap and its relatives: arguments are checked here, the address space does the work. */
final class MemoryCalls {
    private static final long PAGE_MASK = 4095;
    private static final long USER_END = 0x7ffffffff000L;

    private static final int PROT_WRITE = 2;
    private static final int PROT_ALL = 7;
    /** PROT_GROWSDOWN and PROT_GROWSUP. */
    private static final int PROT_GROWS = 0x03000000;
    private static final int MAP_SHARED = 1;
    private static final int MAP_PRIVATE = 2;
    private static final int MAP_SHARED_VALIDATE = 3;
    private static final int MAP_TYPE = 15;
    private static final int MAP_FIXED = 0x10;
    private static final int MAP_ANONYMOUS = 0x20;
    private static final int MAP_LOCKED = 0x2000;
    private static final int MAP_HUGETLB = 0x40000;
    private static final int MS_ASYNC = 1;
    private static final int MS_INVALIDATE = 2;
    private static final int MS_SYNC = 4;

    private static final int MADV_POPULATE_READ = 22;
    private static final int MADV_POPULATE_WRITE = 23;
    /** madvise codes that throw content away, which locked memory refuses. */
    private static final int MADV_DONTNEED = 4;
    private static final int MADV_FREE = 8;
    private static final int MADV_REMOVE = 9;

    private MemoryCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("brk", (t, a, b, c, d, e, f) -> brk(t, a));
        table.partial("mmap", "no MAP_HUGETLB",
                (t, a, b, c, d, e, f) -> mmap(t, a, b, (int) c, (int) d, e, f));
        table.full("munmap", (t, a, b, c, d, e, f) -> munmap(t, a, b));
        table.full("mprotect", (t, a, b, c, d, e, f) -> mprotect(t, a, b, c));
        table.full("mremap", (t, a, b, c, d, e, f) -> t.process().space().mremap(a, b, c, (int) d, e));
        table.partial("madvise", "no MADV_HWPOISON; advice about speed and huge pages is taken and does nothing",
                (t, a, b, c, d, e, f) -> madvise(t, a, b, (int) c));
        table.full("msync", (t, a, b, c, d, e, f) -> msync(t, a, b, (int) c));
        table.full("mincore", (t, a, b, c, d, e, f) -> mincore(t, a, b, c));
    }

    static boolean isInUserSpace(long start, long length) {
        return length >= 0 && start >= 0 && start <= USER_END && length <= USER_END - start;
    }

    /** RLIMIT_DATA bounds the heap; the program's own data segment is not counted. */
    private static long brk(UserThread t, long end) {
        AddressSpace space = t.process().space();
        long limit = t.process().rlimits().soft(Rlimits.DATA);
        boolean tooMuch = limit != Rlimits.INFINITY && end > space.heapStart()
                && Long.compareUnsigned(end - space.heapStart(), limit) > 0;
        boolean isRefused = tooMuch || space.locks().isForFuture() && end > space.heapStart()
                && LockMemoryCalls.mayMap(t, true, end - space.brk(0)) != 0;
        return space.brk(isRefused ? 0 : end);
    }

    private static long mmap(UserThread t, long addr, long length, int prot, int flags, long fd, long offset) {
        int type = flags & MAP_TYPE;
        if ((offset & PAGE_MASK) != 0 || length == 0 || (prot & ~PROT_ALL & ~PROT_GROWS) != 0
                || type != MAP_SHARED && type != MAP_PRIVATE && type != MAP_SHARED_VALIDATE) {
            return -Errno.EINVAL;
        }
        if (length < 0 || length > USER_END) {
            return -Errno.ENOMEM;
        }
        if ((flags & MAP_HUGETLB) != 0) {
            return -Errno.ENOMEM; // a pool of huge pages that is empty
        }
        if ((flags & MAP_FIXED) != 0 && ((addr & PAGE_MASK) != 0)) {
            return -Errno.EINVAL;
        }
        if ((flags & MAP_FIXED) != 0 && !isInUserSpace(addr, length)) {
            return -Errno.ENOMEM;
        }
        long limit = t.process().rlimits().soft(Rlimits.AS);
        if (limit != Rlimits.INFINITY && Long.compareUnsigned(t.process().space().mappedBytes() + length, limit) > 0) {
            return -Errno.ENOMEM;
        }
        long locked = LockMemoryCalls.mayMap(t, (flags & MAP_LOCKED) != 0, length);
        if (locked != 0) {
            return locked;
        }
        AddressSpace space = t.process().space();
        if ((flags & MAP_ANONYMOUS) != 0) {
            if (type == MAP_SHARED_VALIDATE) {
                return -Errno.EINVAL; // its flags are a file's to know
            }
            return space.mmap(addr, length, prot, flags, null, 0);
        }
        OpenFile file = t.files().getOpen(fd);
        if (!file.isReadable() || type != MAP_PRIVATE && (prot & PROT_WRITE) != 0 && !file.isWritable()) {
            return -Errno.EACCES;
        }
        if (offset < 0 || offset > Long.MAX_VALUE - length) {
            return -Errno.EOVERFLOW;
        }
        if (file.path().equals("/dev/zero")) {
            return space.mmap(addr, length, prot, flags | MAP_ANONYMOUS, null, 0);
        }
        int refused = file.mappingError(prot, flags);
        if (refused != 0) {
            return refused;
        }
        return mmapFile(t, addr, length, prot, flags, file, offset);
    }

    private static long mmapFile(UserThread t, long addr, long length, int prot, int flags, OpenFile file, long offset) {
        boolean isShared = (flags & MAP_TYPE) != MAP_PRIVATE;
        SharedMemory memory = file.shareMemory(t, isShared);
        if (memory == null) {
            return file.mappablePath() == null ? -Errno.ENODEV : -Errno.ENOMEM;
        }
        boolean isBounded = isShared && !file.isWritable();
        int kept = isBounded ? flags | AddressSpace.NEVER_WRITABLE : flags & ~AddressSpace.NEVER_WRITABLE;
        long va = SharedMapping.map(t, addr, length, prot, kept, memory, offset);
        memory.release();
        return va;
    }

    private static long munmap(UserThread t, long addr, long length) {
        if ((addr & PAGE_MASK) != 0 || length == 0 || !isInUserSpace(addr, length)) {
            return -Errno.EINVAL;
        }
        return t.process().space().munmap(addr, length);
    }

    static long mprotect(UserThread t, long addr, long length, long prot) {
        boolean growsBothWays = (prot & PROT_GROWS) == PROT_GROWS;
        if ((addr & PAGE_MASK) != 0 || (prot & ~PROT_ALL & ~PROT_GROWS) != 0 || growsBothWays) {
            return -Errno.EINVAL;
        }
        if (length == 0) {
            return 0;
        }
        return isInUserSpace(addr, length) ? t.process().space().mprotect(addr, length, (int) prot & PROT_ALL) : -Errno.ENOMEM;
    }

    private static long msync(UserThread t, long addr, long length, int flags) {
        if ((flags & ~7) != 0 || (addr & PAGE_MASK) != 0 || (flags & (MS_ASYNC | MS_SYNC)) == (MS_ASYNC | MS_SYNC)) {
            return -Errno.EINVAL;
        }
        if (length == 0) {
            return 0;
        }
        if (!isInUserSpace(addr, length)) {
            return -Errno.ENOMEM;
        }
        boolean isLocked = (flags & MS_INVALIDATE) != 0 && t.process().space().locks().bytes(addr, addr + length) > 0;
        return isLocked ? -Errno.EBUSY : t.process().space().msync(addr, length, flags);
    }

    private static long mincore(UserThread t, long addr, long length, long vectorVa) {
        if ((addr & PAGE_MASK) != 0) {
            return -Errno.EINVAL;
        }
        if (!isInUserSpace(addr, length)) {
            return -Errno.ENOMEM;
        }
        byte[] present = t.user().scratch();
        long pages = length + PAGE_MASK >>> 12;
        for (long done = 0; done < pages;) {
            int batch = (int) Math.min(present.length, pages - done);
            for (int i = 0; i < batch; i++) {
                if (!t.process().space().isMapped(addr + (done + i << 12))) {
                    return -Errno.ENOMEM;
                }
                present[i] = (byte) (t.process().space().pages().isResident(addr + (done + i << 12)) ? 1 : 0);
            }
            t.user().write(vectorVa + done, present, batch);
            done += batch;
        }
        return 0;
    }

    private static long madvise(UserThread t, long addr, long length, int advice) {
        AddressSpace space = t.process().space();
        boolean drops = advice == MADV_DONTNEED || advice == MADV_FREE || advice == MADV_REMOVE;
        if (drops && isInUserSpace(addr, length) && space.locks().bytes(addr, addr + length) > 0) {
            return -Errno.EINVAL;
        }
        long result = space.madvise(addr, length, advice);
        if (result != 0 || advice != MADV_POPULATE_READ && advice != MADV_POPULATE_WRITE) {
            return result;
        }
        int access = advice == MADV_POPULATE_WRITE ? PageWalker.WRITE : PageWalker.READ;
        for (long va = addr; va < addr + length; va += PAGE_MASK + 1) {
            if (t.isInterrupted()) {
                return -Errno.EINTR;
            }
            int fault = space.fault(va, access);
            if (fault != 0) {
                return fault == AddressSpace.FAULT_ACCERR ? -Errno.EINVAL : fault == AddressSpace.FAULT_OOM ? -Errno.ENOMEM
                        : fault == AddressSpace.FAULT_MAPERR ? -Errno.ENOMEM : -Errno.EFAULT;
            }
        }
        return 0;
    }
}
