package org.legoos.managers.processor.syscall;

import org.legoos.kernel.futex.FutexBucket;
import org.legoos.kernel.futex.FutexWaiter;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.core.FutexWord;
import org.legoos.managers.processor.core.RestartBlock;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.time.Clocks;

/** FUTEX_WAIT and FUTEX_WAIT_BITSET. */
final class FutexWaits {
    private static final int VALUE = 0;
    private static final int BITSET = 1;
    private static final int IS_PRIVATE = 2;

    private static final RestartBlock.Continuation CONTINUE = t -> await(t, t.restart.argVa,
            t.restart.args[IS_PRIVATE] != 0, t.restart.args[VALUE], t.restart.deadlineNs, t.restart.args[BITSET]);

    private FutexWaits() {}

    /** A time of CLOCK_REALTIME or CLOCK_MONOTONIC on the node's clock; FOREVER without one. */
    static long deadlineNs(UserThread t, long timeoutVa, boolean isRealtime) {
        return timeoutVa == 0 ? WaitQueue.FOREVER
                : Clocks.toNodeNs(t, isRealtime ? Clocks.REALTIME : Clocks.MONOTONIC, timespecNs(t, timeoutVa));
    }

    private static long timespecNs(UserThread t, long va) {
        byte[] ts = t.user().struct(va, 16);
        return Clocks.fromTimespec(Le.getLong(ts, 0), Le.getLong(ts, 8));
    }

    static long relative(UserThread t, long va, boolean isPrivate, int value, long timeoutVa) {
        long deadlineNs = timeoutVa == 0 ? WaitQueue.FOREVER : Clocks.saturatedAdd(t.nowNs(), timespecNs(t, timeoutVa));
        return await(t, va, isPrivate, value, deadlineNs, FutexWaiter.MATCH_ANY);
    }

    static long absolute(UserThread t, long va, boolean isPrivate, int value, long timeoutVa, boolean isRealtime, int bitset) {
        return await(t, va, isPrivate, value, deadlineNs(t, timeoutVa, isRealtime), bitset);
    }

    private static long await(UserThread t, long va, boolean isPrivate, int value, long deadlineNs, int bitset) {
        FutexWord.check(va);
        if (bitset == 0) {
            return -Errno.EINVAL;
        }
        FutexWaiter waiter = t.futexWaiter();
        waiter.expectWake(bitset);
        if (!enqueue(t, waiter, va, isPrivate, value)) {
            return -Errno.EAGAIN;
        }
        long result = sleep(t, waiter, deadlineNs);
        if (result == -Errno.ERESTARTSYS && deadlineNs != WaitQueue.FOREVER) {
            t.restart.argVa = va;
            t.restart.deadlineNs = deadlineNs;
            t.restart.args[VALUE] = value;
            t.restart.args[BITSET] = bitset;
            t.restart.args[IS_PRIVATE] = isPrivate ? 1 : 0;
            t.restart.set(CONTINUE);
            return -Errno.ERESTART_RESTARTBLOCK;
        }
        return result;
    }

    /** Puts the waiter in the queue of the word if it has this value. */
    static boolean enqueue(UserThread t, FutexWaiter waiter, long va, boolean isPrivate, int value) {
        if (t.user().getInt(va) != value) { // brought in before anything is locked
            return false;
        }
        Object owner = FutexWord.owner(t, va, isPrivate);
        long offset = FutexWord.offset(t, va, isPrivate);
        FutexBucket bucket = t.process().manager().futexes().bucket(owner, offset);
        synchronized (bucket) {
            if (t.user().getInt(va) != value) {
                return false;
            }
            bucket.add(waiter, owner, offset);
        }
        return true;
    }

    /** Sleeps in the queue. @return 0 when woken, -ETIMEDOUT, or -ERESTARTSYS for a signal; out of the queue */
    static long sleep(UserThread t, FutexWaiter waiter, long deadlineNs) {
        while (true) {
            t.prepareSleep();
            if (!waiter.isQueued()) {
                return 0;
            }
            if (t.isInterrupted()) {
                return waiter.cancel() ? -Errno.ERESTARTSYS : 0;
            }
            if (!t.sleep(deadlineNs)) {
                return waiter.cancel() ? -Errno.ETIMEDOUT : 0;
            }
        }
    }
}
