package org.legoos.managers.processor.syscall;

import org.legoos.kernel.futex.FutexBucket;
import org.legoos.kernel.futex.FutexTable;
import org.legoos.kernel.futex.FutexWaiter;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.FutexWord;
import org.legoos.managers.processor.core.UserThread;

/** FUTEX_WAIT_REQUEUE_PI and FUTEX_CMP_REQUEUE_PI: from a condition to the PI mutex that guards it (kernel/futex/requeue.c). */
final class FutexRequeuePi {
    private FutexRequeuePi() {}

    static long await(UserThread t, long va, boolean isPrivate, int value, long deadlineNs, long targetVa) {
        FutexWord.check(va);
        FutexWord.check(targetVa);
        if (va == targetVa) {
            return -Errno.EINVAL;
        }
        FutexTable table = t.process().manager().futexes();
        FutexWaiter waiter = t.futexWaiter();
        waiter.expectRequeue(FutexWaiter.MATCH_ANY, t.tid(), FutexWord.owner(t, targetVa, isPrivate),
                FutexWord.offset(t, targetVa, isPrivate));
        table.piWaitBegins();
        try {
            if (!FutexWaits.enqueue(t, waiter, va, isPrivate, value)) {
                return -Errno.EAGAIN;
            }
            long result = FutexPi.awaitOwnership(t, waiter, deadlineNs);
            if (result == FutexPi.AGAIN) {
                return FutexPi.goOnLocking(t, targetVa, isPrivate, deadlineNs);
            }
            boolean wasMoved = waiter.isPi();
            return result == -Errno.ERESTARTNOINTR && wasMoved ? -Errno.EAGAIN : result;
        } finally {
            table.piWaitEnds();
        }
    }

    static long requeue(UserThread t, long va, boolean isPrivate, int wakeCount, int moveCount, long va2, int expected) {
        FutexWord.check(va);
        FutexWord.check(va2);
        if (wakeCount != 1 || moveCount < 0 || va == va2) {
            return -Errno.EINVAL;
        }
        t.user().getInt(va);
        t.user().getInt(va2);
        Object owner = FutexWord.owner(t, va, isPrivate);
        long offset = FutexWord.offset(t, va, isPrivate);
        Object owner2 = FutexWord.owner(t, va2, isPrivate);
        long offset2 = FutexWord.offset(t, va2, isPrivate);
        FutexTable table = t.process().manager().futexes();
        FutexBucket from = table.bucket(owner, offset);
        FutexBucket to = table.bucket(owner2, offset2);
        long done = 0;
        while (true) {
            t.cpu().hold();
            synchronized (from.isBefore(to) ? from : to) {
                synchronized (from.isBefore(to) ? to : from) {
                    if (done == 0 && t.user().getInt(va) != expected) {
                        return -Errno.EAGAIN;
                    }
                    FutexWaiter next = from.first(owner, offset);
                    if (next == null || done > moveCount) {
                        return done;
                    }
                    if (next.requeueTid() == 0 || !next.isMeantFor(owner2, offset2)) {
                        return -Errno.EINVAL;
                    }
                    long result = give(t, va2, next, from, to, owner2, offset2);
                    if (result == 0) {
                        done++;
                    } else if (result < 0) {
                        return result;
                    }
                }
            }
        }
    }

    /** Makes the waiter the owner when the futex is free, else moves it to the futex's queue. @return 0, AGAIN, negative errno */
    private static long give(UserThread t, long va2, FutexWaiter waiter, FutexBucket from, FutexBucket to, Object owner2,
            long offset2) {
        int word = t.user().getInt(va2);
        int ownerTid = word & FutexWord.FUTEX_TID_MASK;
        boolean isFree = ownerTid == 0;
        int wanted = isFree ? word | waiter.requeueTid() : word | FutexWord.FUTEX_WAITERS;
        if (!isFree && t.process().manager().findThread(ownerTid) == null) {
            return -Errno.ESRCH;
        }
        long result = wanted == word ? 0 : FutexPi.exchange(t, va2, word, wanted);
        if (result == 0) {
            if (isFree) {
                to.setPiOwner(owner2, offset2, waiter.requeueTid());
                from.wake(waiter);
            } else {
                waiter.waitForOwnership(ownerTid);
                from.move(waiter, to, owner2, offset2);
            }
        }
        return result;
    }
}
