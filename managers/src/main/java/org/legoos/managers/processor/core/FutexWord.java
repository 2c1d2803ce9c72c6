package org.legoos.managers.processor.core;

import org.legoos.kernel.futex.FutexBucket;
import org.legoos.kernel.futex.FutexTable;
import org.legoos.kernel.futex.FutexWaiter;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.mm.AddressSpace;
import org.legoos.managers.processor.mm.UserMemory;

/** The word of a futex: which one it is for the waiters' table, and how it is read and changed. */
public final class FutexWord {
    public static final int FUTEX_WAITERS = 0x80000000;
    public static final int FUTEX_OWNER_DIED = 0x40000000;
    public static final int FUTEX_TID_MASK = 0x3fffffff;

    private static final long USER_END = 0x7fff_ffff_f000L;
    private static final int WORD_BYTES = 4;

    private FutexWord() {}

    /** EINVAL when it is not aligned, EFAULT when it cannot be a program's. */
    public static void check(long va) {
        if ((va & WORD_BYTES - 1) != 0) {
            throw SysError.of(Errno.EINVAL);
        }
        if (Long.compareUnsigned(va, USER_END) >= 0) {
            throw SysError.of(Errno.EFAULT);
        }
    }

    /** The first half of the key: whose word it is. */
    public static Object owner(UserThread t, long va, boolean isPrivate) {
        AddressSpace space = t.process().space();
        Object owner = isPrivate ? space : space.objectAt(va);
        if (owner == null) {
            throw SysError.of(Errno.EFAULT);
        }
        return owner;
    }

    /** The second half: where. */
    public static long offset(UserThread t, long va, boolean isPrivate) {
        return isPrivate ? va : t.process().space().objectOffset(va);
    }

    /** Wakes waiters for a word; nothing happens when it is not mapped. */
    static void wakeShared(UserThread t, long va, int count) {
        AddressSpace space = t.process().space();
        Object owner = space.objectAt(va);
        if (owner != null) {
            wake(t, owner, space.objectOffset(va), count, FutexWaiter.MATCH_ANY);
        }
    }

    public static int wake(UserThread t, Object owner, long offset, int countMax, int bitset) {
        FutexTable table = t.process().manager().futexes();
        FutexBucket bucket = table.bucket(owner, offset);
        synchronized (bucket) {
            return bucket.wake(owner, offset, countMax, bitset);
        }
    }

    /** Replaces the word if no thread that shares it runs: a result of {@link UserMemory#compareAndSetInt}. */
    public static int exchange(UserThread t, long va, int expected, int value) {
        return t.user().memory().compareAndSetInt(va, expected, value, t.holding());
    }
}
