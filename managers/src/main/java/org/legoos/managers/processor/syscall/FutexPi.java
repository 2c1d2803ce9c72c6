package org.legoos.managers.processor.syscall;

import org.legoos.kernel.futex.FutexBucket;
import org.legoos.kernel.futex.FutexTable;
import org.legoos.kernel.futex.FutexWaiter;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.FutexWord;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.mm.UserMemory;

/**
 * PI futexes: the word holds the owner's id, and the kernel hands it to the first waiter (kernel/futex/pi.c). Results are
 * Linux's. Weaker: nobody inherits a priority, and waiters of all policies stand in one line, as they came.
 *
 * <p>The turn is taken before a bucket is locked, and the word is changed only while it is held.
 */
final class FutexPi {
    /** A step has to be done again: the word changed, or the turn was lost to a page fault. */
    static final long AGAIN = 1;

    private static final long QUEUED = 2;

    private FutexPi() {}

    static long tryLock(UserThread t, long va, boolean isPrivate) {
        long result = acquire(t, va, isPrivate, null);
        return result == QUEUED ? -Errno.EAGAIN : result;
    }

    static long lock(UserThread t, long va, boolean isPrivate, long deadlineNs) {
        t.futexWaiter().expectWake(FutexWaiter.MATCH_ANY);
        return goOnLocking(t, va, isPrivate, deadlineNs);
    }

    /** Also for a waiter that the owner's death has woken. */
    static long goOnLocking(UserThread t, long va, boolean isPrivate, long deadlineNs) {
        FutexTable table = t.process().manager().futexes();
        FutexWaiter waiter = t.futexWaiter();
        table.piWaitBegins();
        try {
            while (true) {
                long result = acquire(t, va, isPrivate, waiter);
                if (result != QUEUED) {
                    return result;
                }
                long slept = awaitOwnership(t, waiter, deadlineNs);
                if (slept != AGAIN) {
                    return slept;
                }
            }
        } finally {
            table.piWaitEnds();
        }
    }

    /** @return 0 as the owner, AGAIN when the owner died, or a negative errno */
    static long awaitOwnership(UserThread t, FutexWaiter waiter, long deadlineNs) {
        long slept = FutexWaits.sleep(t, waiter, deadlineNs);
        if (slept == -Errno.ERESTARTSYS) {
            return -Errno.ERESTARTNOINTR;
        }
        return slept == 0 && waiter.hasOwnerDied() ? AGAIN : slept;
    }

    /** Takes the futex, or queues the waiter if there is one. @return 0, QUEUED, or a negative errno */
    private static long acquire(UserThread t, long va, boolean isPrivate, FutexWaiter waiter) {
        FutexWord.check(va);
        t.user().getInt(va);
        Object owner = FutexWord.owner(t, va, isPrivate);
        long offset = FutexWord.offset(t, va, isPrivate);
        FutexBucket bucket = t.process().manager().futexes().bucket(owner, offset);
        long result;
        do {
            t.cpu().hold();
            synchronized (bucket) {
                result = step(t, va, owner, offset, bucket, waiter);
            }
        } while (result == AGAIN);
        return result;
    }

    private static long step(UserThread t, long va, Object owner, long offset, FutexBucket bucket, FutexWaiter waiter) {
        int word = t.user().getInt(va);
        int ownerTid = word & FutexWord.FUTEX_TID_MASK;
        if (ownerTid == t.tid()) {
            return -Errno.EDEADLK;
        }
        if (bucket.hasOtherKind(owner, offset, true)) {
            return -Errno.EINVAL;
        }
        boolean inherits = waiter != null && waiter.hasOwnerDied();
        if (ownerTid == 0 || inherits && t.process().manager().findThread(ownerTid) == null) {
            int waiters = bucket.first(owner, offset) == null ? word & FutexWord.FUTEX_WAITERS : FutexWord.FUTEX_WAITERS;
            int mine = word & FutexWord.FUTEX_OWNER_DIED | waiters | t.tid();
            long result = exchange(t, va, word, mine);
            if (result == 0) {
                bucket.setPiOwner(owner, offset, t.tid());
            }
            return result;
        }
        if (t.process().manager().findThread(ownerTid) == null) {
            return -Errno.ESRCH;
        }
        if (waiter == null) {
            return QUEUED;
        }
        if ((word & FutexWord.FUTEX_WAITERS) == 0) {
            long result = exchange(t, va, word, word | FutexWord.FUTEX_WAITERS);
            if (result != 0) {
                return result;
            }
        }
        waiter.expectOwnership(t.tid(), ownerTid);
        bucket.add(waiter, owner, offset);
        return QUEUED;
    }

    /** @return 0, AGAIN or -EFAULT */
    static long exchange(UserThread t, long va, int expected, int value) {
        return switch (FutexWord.exchange(t, va, expected, value)) {
            case UserMemory.STORED -> 0;
            case UserMemory.FAULTED -> -Errno.EFAULT;
            default -> AGAIN;
        };
    }

    static long unlock(UserThread t, long va, boolean isPrivate) {
        FutexWord.check(va);
        t.user().getInt(va);
        Object owner = FutexWord.owner(t, va, isPrivate);
        long offset = FutexWord.offset(t, va, isPrivate);
        FutexBucket bucket = t.process().manager().futexes().bucket(owner, offset);
        long result;
        do {
            t.cpu().hold();
            synchronized (bucket) {
                result = handOver(t, va, owner, offset, bucket);
            }
        } while (result == AGAIN);
        return result;
    }

    private static long handOver(UserThread t, long va, Object owner, long offset, FutexBucket bucket) {
        int word = t.user().getInt(va);
        if ((word & FutexWord.FUTEX_TID_MASK) != t.tid()) {
            return -Errno.EPERM;
        }
        FutexWaiter heir = bucket.first(owner, offset);
        if (heir == null) {
            return exchange(t, va, word, 0);
        }
        if (!heir.isPi()) {
            return -Errno.EINVAL;
        }
        long result = exchange(t, va, word, FutexWord.FUTEX_WAITERS | heir.piTid());
        if (result == 0) {
            bucket.setPiOwner(owner, offset, heir.piTid());
            bucket.wake(heir);
        }
        return result;
    }
}
