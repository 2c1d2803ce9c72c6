package org.legoos.managers.processor.syscall;

import org.legoos.isa.mmu.PageWalker;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.SharedMapping;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.mm.AddressSpace;
import org.legoos.managers.processor.mm.HugePages;
import org.legoos.managers.processor.mm.SharedMemory;

/** mmap and its relatives: arguments are checked here, the address space does the work. */
final class MemoryCalls {
    private static final long PAGE_MASK = 4095;
    private static final long USER_END = 0x7ffffffff000L;

    static final int PROT_WRITE = 2;
    static final int PROT_READ = 1;
    private static final int PROT_EXEC = 4;
    private static final int PROT_WRITE_EXEC = PROT_WRITE | PROT_EXEC;
    private static final int PROT_ALL = 7;
    /** PROT_GROWSDOWN and PROT_GROWSUP. */
    private static final int PROT_GROWS = 0x03000000;
    private static final int MAP_SHARED = 1;
    static final int MAP_PRIVATE = 2;
    private static final int MAP_SHARED_VALIDATE = 3;
    private static final int MAP_TYPE = 15;
    private static final int MAP_FIXED = 0x10;
    static final int MAP_ANONYMOUS = 0x20;
    private static final int MAP_LOCKED = 0x2000;
    private static final int MAP_HUGETLB = 0x40000;
    private static final int MREMAP_FIXED = 2;
    private static final int MS_ASYNC = 1;
    private static final int MS_INVALIDATE = 2;
    private static final int MS_SYNC = 4;

    private static final int MADV_POPULATE_READ = 22;
    private static final int MADV_POPULATE_WRITE = 23;
    /** madvise codes that throw content away, which locked memory refuses. */
    private static final int MADV_DONTNEED = 4;
    private static final int MADV_FREE = 8;
    private static final int MADV_REMOVE = 9;
    static final int MADV_DONTFORK = 10;
    private static final int MADV_WIPEONFORK = 18;
    private static final int MADV_DONTNEED_LOCKED = 24;

    private MemoryCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("brk", (t, a, b, c, d, e, f) -> brk(t, a));
        table.full("mmap", (t, a, b, c, d, e, f) -> mmap(t, a, b, (int) c, (int) d, e, f));
        table.full("remap_file_pages", (t, a, b, c, d, e, f) -> RemapFilePages.call(t, a, b, c, d, (int) e));
        table.full("mseal", (t, a, b, c, d, e, f) -> mseal(t, a, b, c));
        table.full("munmap", (t, a, b, c, d, e, f) -> munmap(t, a, b));
        table.full("mprotect", (t, a, b, c, d, e, f) -> mprotect(t, a, b, c));
        table.full("mremap", (t, a, b, c, d, e, f) -> mremap(t, a, b, c, (int) d, e));
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
        boolean isSealed = space.locks().hasSeals() && end > 0 && end < space.brk(0) && space.locks().isSealed(end, space.brk(0));
        boolean isRefused = tooMuch || isSealed || space.locks().isForFuture() && end > space.heapStart()
                && LockMemoryCalls.mayMap(t, true, end - space.brk(0)) != 0;
        return space.brk(isRefused ? 0 : end);
    }

    private static long mmap(UserThread t, long addr, long length, int asked, int flags, long fd, long offset) {
        int prot = withImplied(t, asked);
        int type = flags & MAP_TYPE;
        if ((offset & PAGE_MASK) != 0 || length == 0 || (prot & ~PROT_ALL & ~PROT_GROWS) != 0
                || type != MAP_SHARED && type != MAP_PRIVATE && type != MAP_SHARED_VALIDATE) {
            return -Errno.EINVAL;
        }
        if (length < 0 || length > USER_END) {
            return -Errno.ENOMEM;
        }
        if ((prot & PROT_WRITE_EXEC) == PROT_WRITE_EXEC && t.process().flags().refusesExecGain()) {
            return -Errno.EACCES;
        }
        if ((flags & MAP_HUGETLB) != 0) {
            return HugePages.error(flags);
        }
        if ((flags & MAP_FIXED) != 0 && ((addr & PAGE_MASK) != 0)) {
            return -Errno.EINVAL;
        }
        if ((flags & MAP_FIXED) != 0 && !isInUserSpace(addr, length)) {
            return -Errno.ENOMEM;
        }
        if ((flags & MAP_FIXED) != 0 && t.process().space().locks().isSealed(addr, addr + length)) {
            return -Errno.EPERM;
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
        boolean isBounded = isShared && (!file.isWritable() || file.isWriteSealed());
        int kept = isBounded ? flags | AddressSpace.NEVER_WRITABLE : flags & ~AddressSpace.NEVER_WRITABLE;
        long va = SharedMapping.map(t, addr, length, prot, kept, memory, offset);
        memory.release();
        return va;
    }

    /** READ_IMPLIES_EXEC of personality(2). */
    private static int withImplied(UserThread t, int prot) {
        return (prot & PROT_READ) != 0 && t.process().flags().readImpliesExec() ? prot | PROT_EXEC : prot;
    }

    private static long munmap(UserThread t, long addr, long length) {
        if ((addr & PAGE_MASK) != 0 || length == 0 || !isInUserSpace(addr, length)) {
            return -Errno.EINVAL;
        }
        if (t.process().space().locks().isSealed(addr, addr + length)) {
            return -Errno.EPERM;
        }
        return t.process().space().munmap(addr, length);
    }

    private static long mseal(UserThread t, long addr, long length, long flags) {
        long rounded = length + PAGE_MASK & ~PAGE_MASK;
        if (flags != 0 || (addr & PAGE_MASK) != 0 || length != 0 && rounded == 0 || addr + rounded < addr) {
            return -Errno.EINVAL;
        }
        if (rounded == 0) {
            return 0;
        }
        return isInUserSpace(addr, rounded) && t.process().space().locks().seal(addr, addr + rounded) ? 0 : -Errno.ENOMEM;
    }

    private static long mremap(UserThread t, long oldAddr, long oldLength, long newLength, int flags, long newAddr) {
        AddressSpace space = t.process().space();
        boolean isSealed = isInUserSpace(oldAddr, oldLength) && space.locks().isSealed(oldAddr, oldAddr + Math.max(1, oldLength))
                || (flags & MREMAP_FIXED) != 0 && isInUserSpace(newAddr, newLength) && space.locks().isSealed(newAddr, newAddr + newLength);
        return isSealed ? -Errno.EPERM : space.mremap(oldAddr, oldLength, newLength, flags, newAddr);
    }

    static long mprotect(UserThread t, long addr, long length, long asked) {
        long prot = asked | withImplied(t, (int) asked & PROT_ALL);
        boolean growsBothWays = (prot & PROT_GROWS) == PROT_GROWS;
        if ((addr & PAGE_MASK) != 0 || (prot & ~PROT_ALL & ~PROT_GROWS) != 0 || growsBothWays) {
            return -Errno.EINVAL;
        }
        if (length == 0) {
            return 0;
        }
        if (!isInUserSpace(addr, length)) {
            return -Errno.ENOMEM;
        }
        if ((prot & PROT_EXEC) != 0 && t.process().flags().refusesExecGain() && gainsExec(t, addr, addr + length, (prot & PROT_WRITE) != 0)) {
            return -Errno.EACCES;
        }
        return t.process().space().locks().isSealed(addr, addr + length) ? -Errno.EPERM
                : t.process().space().mprotect(addr, length, (int) prot & PROT_ALL);
    }

    /** PR_SET_MDWE: whether something there cannot be executed yet, or what is executable would become writable. */
    private static boolean gainsExec(UserThread t, long start, long end, boolean isWrite) {
        boolean[] gains = {isWrite};
        t.process().space().forEachRange((from, to, prot, flags, offset, name) -> gains[0] |= from < end && to > start && (prot & PROT_EXEC) == 0);
        return gains[0];
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

    /** Advice that mseal(2) refuses for what may not be written. */
    private static boolean isDiscard(int advice) {
        return advice == MADV_DONTNEED || advice == MADV_FREE || advice == MADV_REMOVE || advice == MADV_DONTFORK
                || advice == MADV_WIPEONFORK || advice == MADV_DONTNEED_LOCKED;
    }

    private static long madvise(UserThread t, long addr, long length, int advice) {
        AddressSpace space = t.process().space();
        boolean drops = advice == MADV_DONTNEED || advice == MADV_FREE || advice == MADV_REMOVE;
        if (drops && isInUserSpace(addr, length) && space.locks().bytes(addr, addr + length) > 0) {
            return -Errno.EINVAL;
        }
        if (isDiscard(advice) && isInUserSpace(addr, length) && space.locks().isContentSealed(addr, addr + length)) {
            return -Errno.EPERM;
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
