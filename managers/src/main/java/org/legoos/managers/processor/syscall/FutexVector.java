package org.legoos.managers.processor.syscall;

import org.legoos.kernel.futex.FutexWaiter;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.core.FutexWord;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.core.Waiter;
import org.legoos.managers.processor.time.Clocks;

/** futex_waitv(2), which waits for several words at once, and the later calls that take futex(2) apart (kernel/futex/syscalls.c). */
final class FutexVector {
    private static final int FUTEX_WAITV_MAX = 128;

    /** struct futex_waitv. */
    private static final int BYTES = 24;

    private static final int VALUE = 0;
    private static final int UADDR = 8;
    private static final int FLAGS = 16;
    private static final int RESERVED = 20;

    private static final int FUTEX2_SIZE_U32 = 2;
    private static final int FUTEX2_PRIVATE = 128;

    private FutexVector() {}

    /** @return the index of one that was woken, or a negative errno */
    static long waitv(UserThread t, long arrayVa, int count, int flags, long timeoutVa, int clock) {
        if (flags != 0 || count <= 0 || count > FUTEX_WAITV_MAX || arrayVa == 0) {
            return -Errno.EINVAL;
        }
        if (timeoutVa != 0 && clock != Clocks.MONOTONIC && clock != Clocks.REALTIME) {
            return -Errno.EINVAL;
        }
        long deadlineNs = timeoutVa == 0 ? WaitQueue.FOREVER : FutexWaits.deadlineNs(t, timeoutVa, clock == Clocks.REALTIME);
        byte[] array = new byte[count * BYTES];
        t.user().read(arrayVa, array, array.length);
        for (int i = 0; i < count; i++) {
            int itsFlags = Le.getInt(array, i * BYTES + FLAGS);
            if ((itsFlags & ~FUTEX2_PRIVATE) != FUTEX2_SIZE_U32 || Le.getInt(array, i * BYTES + RESERVED) != 0) {
                return -Errno.EINVAL;
            }
            FutexWord.check(Le.getLong(array, i * BYTES + UADDR));
        }
        FutexWaiter[] waiters = new FutexWaiter[count];
        long result = -Errno.EAGAIN;
        try {
            if (enqueue(t, array, waiters)) {
                result = sleep(t, waiters, deadlineNs);
            }
        } finally {
            int woken = cancelAll(waiters);
            if (woken >= 0) {
                result = woken;
            }
        }
        return result;
    }

    private static boolean isFlags(int flags) {
        return (flags & ~FUTEX2_PRIVATE) == FUTEX2_SIZE_U32;
    }

    /** futex_wake(2). */
    static long wake(UserThread t, long va, int mask, int count, int flags) {
        if (!isFlags(flags)) {
            return -Errno.EINVAL;
        }
        return count == 0 && mask != 0 ? 0 : FutexCalls.wake(t, va, (flags & FUTEX2_PRIVATE) != 0, count, mask);
    }

    /** futex_wait(2): an absolute time-out. */
    static long await(UserThread t, long va, long value, long mask, int flags, long timeoutVa, int clock) {
        boolean isU32 = value >>> Integer.SIZE == 0 && mask >>> Integer.SIZE == 0;
        boolean isClock = timeoutVa == 0 || clock == Clocks.MONOTONIC || clock == Clocks.REALTIME;
        if (!isFlags(flags) || !isU32 || !isClock) {
            return -Errno.EINVAL;
        }
        return FutexWaits.absolute(t, va, (flags & FUTEX2_PRIVATE) != 0, (int) value, timeoutVa, clock == Clocks.REALTIME, (int) mask);
    }

    /** futex_requeue(2): the first of two struct futex_waitv has the value that is compared. */
    static long requeue(UserThread t, long pairVa, int flags, int wakeCount, int moveCount) {
        if (flags != 0 || pairVa == 0) {
            return -Errno.EINVAL;
        }
        byte[] pair = new byte[2 * BYTES];
        t.user().read(pairVa, pair, pair.length);
        for (int at = 0; at < pair.length; at += BYTES) {
            if (!isFlags(Le.getInt(pair, at + FLAGS)) || Le.getInt(pair, at + RESERVED) != 0) {
                return -Errno.EINVAL;
            }
        }
        if (Le.getInt(pair, FLAGS) != Le.getInt(pair, BYTES + FLAGS)) {
            return -Errno.EINVAL; // one private and one shared
        }
        return FutexCalls.requeue(t, Le.getLong(pair, UADDR), (Le.getInt(pair, FLAGS) & FUTEX2_PRIVATE) != 0, wakeCount, moveCount,
                Le.getLong(pair, BYTES + UADDR), true, (int) Le.getLong(pair, VALUE));
    }

    private static boolean enqueue(UserThread t, byte[] array, FutexWaiter[] waiters) {
        Runnable wake = () -> t.waiter().wake(Waiter.ANY);
        for (int i = 0; i < waiters.length; i++) {
            FutexWaiter waiter = new FutexWaiter(wake);
            waiter.expectWake(FutexWaiter.MATCH_ANY);
            boolean isPrivate = (Le.getInt(array, i * BYTES + FLAGS) & FUTEX2_PRIVATE) != 0;
            long va = Le.getLong(array, i * BYTES + UADDR);
            if (!FutexWaits.enqueue(t, waiter, va, isPrivate, (int) Le.getLong(array, i * BYTES + VALUE))) {
                return false;
            }
            waiters[i] = waiter;
        }
        return true;
    }

    private static long sleep(UserThread t, FutexWaiter[] waiters, long deadlineNs) {
        while (true) {
            t.prepareSleep();
            for (FutexWaiter waiter : waiters) {
                if (!waiter.isQueued()) {
                    return 0;
                }
            }
            if (t.isInterrupted()) {
                return -Errno.ERESTARTSYS;
            }
            if (!t.sleep(deadlineNs)) {
                return -Errno.ETIMEDOUT;
            }
        }
    }

    /** @return the last one that had been woken, or -1 */
    private static int cancelAll(FutexWaiter[] waiters) {
        int woken = -1;
        for (int i = 0; i < waiters.length; i++) {
            if (waiters[i] != null && !waiters[i].cancel()) {
                woken = i;
            }
        }
        return woken;
    }
}
