package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.mm.MemoryLocks;

/** mlock(2), mlock2(2), munlock(2), mlockall(2), munlockall(2): mm/mlock.c of Linux, with RLIMIT_MEMLOCK over all that is locked. */
final class LockMemoryCalls {
    private static final long PAGE_MASK = 4095;
    private static final int MCL_CURRENT = 1;
    private static final int MCL_FUTURE = 2;
    private static final int MCL_ONFAULT = 4;
    private static final int MCL_ALL = MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT;
    private static final int MLOCK_ONFAULT = 1;
    private static final String EVICTABLE = "counted, bounded and shown; lines stay evictable, for the ExCache is a cache";

    private LockMemoryCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.partial("mlock", EVICTABLE, (t, a, b, c, d, e, f) -> mlock(t, a, b));
        table.partial("mlock2", EVICTABLE, (t, a, b, c, d, e, f) -> (c & ~MLOCK_ONFAULT) != 0 ? -Errno.EINVAL : mlock(t, a, b));
        table.full("munlock", (t, a, b, c, d, e, f) -> mark(t, a, b, false));
        table.partial("mlockall", EVICTABLE, (t, a, b, c, d, e, f) -> mlockall(t, a));
        table.full("munlockall", (t, a, b, c, d, e, f) -> munlockall(t));
    }

    private static long mlock(UserThread t, long addr, long length) {
        long start = addr & ~PAGE_MASK;
        long end = start + length(addr, length);
        MemoryLocks locks = t.process().space().locks();
        long more = Math.max(0, end - start) - (MemoryCalls.isInUserSpace(start, end - start) ? locks.bytes(start, end) : 0);
        long refused = mayLock(t, more, Errno.ENOMEM);
        return refused != 0 ? refused : mark(t, addr, length, true);
    }

    /** What the bytes are in whole pages. */
    private static long length(long addr, long length) {
        return (addr & PAGE_MASK) + length + PAGE_MASK & ~PAGE_MASK;
    }

    /** Whether so many bytes more may be locked. @return 0 or a negative errno */
    static long mayLock(UserThread t, long moreBytes, int beyondErrno) {
        long limit = t.process().rlimits().soft(Rlimits.MEMLOCK);
        if (limit == Rlimits.INFINITY || t.process().credentials().has(Capability.CAP_IPC_LOCK)) {
            return 0;
        }
        if (limit == 0) {
            return -Errno.EPERM;
        }
        return Long.compareUnsigned(t.process().space().locks().bytes() + moreBytes, limit) > 0 ? -beyondErrno : 0;
    }

    /** Whether a new mapping may be made: MAP_LOCKED and mlockall(MCL_FUTURE) lock it. */
    static long mayMap(UserThread t, boolean isLocked, long lengthBytes) {
        boolean isForFuture = t.process().space().locks().isForFuture();
        return isLocked || isForFuture ? mayLock(t, lengthBytes + PAGE_MASK & ~PAGE_MASK, Errno.EAGAIN) : 0;
    }

    private static long mark(UserThread t, long addr, long length, boolean isLocked) {
        long start = addr & ~PAGE_MASK;
        long bytes = length(addr, length);
        if (length == 0 && bytes == 0) {
            return 0;
        }
        if (bytes < 0 || length < 0) {
            return -Errno.EINVAL;
        }
        if (!MemoryCalls.isInUserSpace(start, bytes)) {
            return -Errno.ENOMEM;
        }
        return t.process().space().locks().set(start, start + bytes, isLocked) ? 0 : -Errno.ENOMEM;
    }

    private static long mlockall(UserThread t, long flags) {
        if (flags == 0 || flags == MCL_ONFAULT || (flags & ~MCL_ALL) != 0) {
            return -Errno.EINVAL;
        }
        boolean isCurrent = (flags & MCL_CURRENT) != 0;
        MemoryLocks locks = t.process().space().locks();
        long refused = mayLock(t, isCurrent ? t.process().space().mappedBytes() - locks.bytes() : 0, Errno.ENOMEM);
        if (refused != 0) {
            return refused;
        }
        locks.setForFuture((flags & MCL_FUTURE) != 0);
        if (isCurrent) {
            locks.setAll(true);
        }
        return 0;
    }

    private static long munlockall(UserThread t) {
        t.process().space().locks().setForFuture(false);
        t.process().space().locks().setAll(false);
        return 0;
    }
}
