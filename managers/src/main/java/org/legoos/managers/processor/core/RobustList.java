package org.legoos.managers.processor.core;

import org.legoos.kernel.futex.FutexBucket;
import org.legoos.kernel.futex.FutexTable;
import org.legoos.kernel.futex.FutexWaiter;
import org.legoos.managers.processor.mm.UserMemory;

/**
 * The locks that a thread held when it ended: those on the list that set_robust_list(2) named get FUTEX_OWNER_DIED and
 * one waiter goes on; a PI lock goes to its first waiter (exit_robust_list and exit_pi_state_list of
 * kernel/futex/core.c). The list is the program's and may be anything.
 */
final class RobustList {
    /** struct robust_list_head: the list, the distance from an entry to its futex, an entry that is being changed. */
    private static final int NEXT = 0;

    private static final int FUTEX_OFFSET = 8;
    private static final int LIST_OP_PENDING = 16;

    /** ROBUST_LIST_LIMIT: a list may be circular. */
    private static final int ENTRIES_MAX = 2048;

    /** Bit 0 of an entry's address: the futex is a PI one. */
    private static final long PI = 1;

    private static final int ATTEMPTS = 1000;

    private RobustList() {}

    static void release(UserThread t) {
        long headVa = t.robustListVa;
        t.robustListVa = 0;
        if (headVa != 0) {
            walk(t, headVa);
        }
        releaseToHeirs(t);
    }

    private static void walk(UserThread t, long headVa) {
        UserMemory memory = t.user().memory();
        long entry = memory.getLong(headVa + NEXT);
        boolean isReadable = !memory.faulted();
        long distance = memory.getLong(headVa + FUTEX_OFFSET);
        isReadable &= !memory.faulted();
        long pending = memory.getLong(headVa + LIST_OP_PENDING);
        isReadable &= !memory.faulted();
        for (int i = 0; isReadable && i < ENTRIES_MAX && (entry & ~PI) != headVa; i++) {
            long next = memory.getLong((entry & ~PI) + NEXT); // before the lock is free and its memory may go
            isReadable = !memory.faulted();
            if (entry != pending && !ownerDied(t, (entry & ~PI) + distance, (entry & PI) != 0, false)) {
                return;
            }
            entry = next;
        }
        if ((pending & ~PI) != 0) {
            ownerDied(t, (pending & ~PI) + distance, (pending & PI) != 0, true);
        }
    }

    /** @return false when the word cannot be accessed */
    private static boolean ownerDied(UserThread t, long va, boolean isPi, boolean isPending) {
        UserMemory memory = t.user().memory();
        if ((va & 3) != 0) {
            return false;
        }
        for (int i = 0; i < ATTEMPTS; i++) {
            t.cpu().hold();
            int word = memory.getInt(va);
            if (memory.faulted()) {
                return false;
            }
            if (isPending && !isPi && word == 0) {
                FutexWord.wakeShared(t, va, 1); // it had unlocked and not yet woken anybody
                return true;
            }
            if ((word & FutexWord.FUTEX_TID_MASK) != t.tid()) {
                return true;
            }
            int dead = word & FutexWord.FUTEX_WAITERS | FutexWord.FUTEX_OWNER_DIED;
            int result = FutexWord.exchange(t, va, word, dead);
            if (result == UserMemory.FAULTED) {
                return false;
            }
            if (result == UserMemory.STORED) {
                if (!isPi && (word & FutexWord.FUTEX_WAITERS) != 0) {
                    FutexWord.wakeShared(t, va, 1);
                }
                return true;
            }
        }
        return false;
    }

    /** Wakes the first waiter of each PI futex that this thread owned: it takes the futex itself. */
    private static void releaseToHeirs(UserThread t) {
        FutexTable table = t.process().manager().futexes();
        for (int i = 0; table.hasPiWaits() && i < table.bucketCount(); i++) {
            FutexBucket bucket = table.bucket(i);
            synchronized (bucket) {
                FutexWaiter heir = bucket.firstOwnedBy(t.tid());
                while (heir != null) {
                    heir.setOwnerDied();
                    bucket.setPiOwner(bucket.ownerOf(heir), bucket.offsetOf(heir), heir.piTid());
                    bucket.wake(heir);
                    heir = bucket.firstOwnedBy(t.tid());
                }
            }
        }
    }
}
