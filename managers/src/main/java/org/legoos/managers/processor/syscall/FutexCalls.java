package org.legoos.managers.processor.syscall;

import org.legoos.kernel.futex.FutexBucket;
import org.legoos.kernel.futex.FutexTable;
import org.legoos.kernel.futex.FutexWaiter;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.FutexWord;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.mm.UserMemory;

/** futex(2): its operations taken apart; waking and requeueing (kernel/futex/syscalls.c, waitwake.c, requeue.c). */
final class FutexCalls {
    private static final int FUTEX_WAIT = 0;
    private static final int FUTEX_WAKE = 1;
    private static final int FUTEX_REQUEUE = 3;
    private static final int FUTEX_CMP_REQUEUE = 4;
    private static final int FUTEX_WAKE_OP = 5;
    private static final int FUTEX_LOCK_PI = 6;
    private static final int FUTEX_UNLOCK_PI = 7;
    private static final int FUTEX_TRYLOCK_PI = 8;
    private static final int FUTEX_WAIT_BITSET = 9;
    private static final int FUTEX_WAKE_BITSET = 10;
    private static final int FUTEX_WAIT_REQUEUE_PI = 11;
    private static final int FUTEX_CMP_REQUEUE_PI = 12;
    private static final int FUTEX_LOCK_PI2 = 13;

    private static final int FUTEX_PRIVATE_FLAG = 128;
    private static final int FUTEX_CLOCK_REALTIME = 256;
    private static final int FUTEX_CMD_MASK = ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME);

    /** FUTEX_OP's fields: operation and its shift flag, comparison, two signed 12-bit arguments. */
    private static final int OP_SHIFT = 28;
    private static final int OP_OPARG_SHIFT = 8;
    private static final int CMP_SHIFT = 24;
    private static final int ARG_BITS = 12;

    private FutexCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("futex", (t, a, b, c, d, e, f) -> futex(t, a, (int) b, (int) c, d, e, (int) f));
        table.full("futex_wake", (t, a, b, c, d, e, f) -> FutexVector.wake(t, a, (int) b, (int) c, (int) d));
        table.full("futex_wait", (t, a, b, c, d, e, f) -> FutexVector.await(t, a, b, c, (int) d, e, (int) f));
        table.full("futex_requeue", (t, a, b, c, d, e, f) -> FutexVector.requeue(t, a, (int) b, (int) c, (int) d));
        table.full("futex_waitv", (t, a, b, c, d, e, f) -> FutexVector.waitv(t, a, (int) b, (int) c, d, (int) e));
    }

    private static long futex(UserThread t, long va, int op, int value, long timeoutVa, long va2, int value3) {
        boolean isPrivate = (op & FUTEX_PRIVATE_FLAG) != 0;
        boolean isRealtime = (op & FUTEX_CLOCK_REALTIME) != 0;
        int command = op & FUTEX_CMD_MASK;
        boolean takesClock = command == FUTEX_WAIT_BITSET || command == FUTEX_WAIT_REQUEUE_PI || command == FUTEX_LOCK_PI2;
        if (isRealtime && !takesClock) {
            return -Errno.ENOSYS;
        }
        int value2 = (int) timeoutVa; // for operations without time-out
        return switch (command) {
            case FUTEX_WAIT -> FutexWaits.relative(t, va, isPrivate, value, timeoutVa);
            case FUTEX_WAIT_BITSET -> FutexWaits.absolute(t, va, isPrivate, value, timeoutVa, isRealtime, value3);
            case FUTEX_WAKE -> wake(t, va, isPrivate, value, FutexWaiter.MATCH_ANY);
            case FUTEX_WAKE_BITSET -> wake(t, va, isPrivate, value, value3);
            case FUTEX_REQUEUE -> requeue(t, va, isPrivate, value, value2, va2, false, 0);
            case FUTEX_CMP_REQUEUE -> requeue(t, va, isPrivate, value, value2, va2, true, value3);
            case FUTEX_WAKE_OP -> wakeOp(t, va, isPrivate, value, value2, va2, value3);
            case FUTEX_LOCK_PI -> FutexPi.lock(t, va, isPrivate, FutexWaits.deadlineNs(t, timeoutVa, true));
            case FUTEX_LOCK_PI2 -> FutexPi.lock(t, va, isPrivate, FutexWaits.deadlineNs(t, timeoutVa, isRealtime));
            case FUTEX_TRYLOCK_PI -> FutexPi.tryLock(t, va, isPrivate);
            case FUTEX_UNLOCK_PI -> FutexPi.unlock(t, va, isPrivate);
            case FUTEX_WAIT_REQUEUE_PI -> FutexRequeuePi.await(t, va, isPrivate, value,
                    FutexWaits.deadlineNs(t, timeoutVa, isRealtime), va2);
            case FUTEX_CMP_REQUEUE_PI -> FutexRequeuePi.requeue(t, va, isPrivate, value, value2, va2, value3);
            default -> -Errno.ENOSYS;
        };
    }

    static long wake(UserThread t, long va, boolean isPrivate, int count, int bitset) {
        FutexWord.check(va);
        if (bitset == 0) {
            return -Errno.EINVAL;
        }
        Object owner = FutexWord.owner(t, va, isPrivate);
        return FutexWord.wake(t, owner, FutexWord.offset(t, va, isPrivate), Math.max(1, count), bitset);
    }

    static long requeue(UserThread t, long va, boolean isPrivate, int wakeCount, int moveCount, long va2,
            boolean isCompared, int expected) {
        FutexWord.check(va);
        FutexWord.check(va2);
        if (wakeCount < 0 || moveCount < 0) {
            return -Errno.EINVAL;
        }
        Object owner = FutexWord.owner(t, va, isPrivate);
        long offset = FutexWord.offset(t, va, isPrivate);
        Object owner2 = FutexWord.owner(t, va2, isPrivate);
        long offset2 = FutexWord.offset(t, va2, isPrivate);
        FutexTable table = t.process().manager().futexes();
        FutexBucket from = table.bucket(owner, offset);
        FutexBucket to = table.bucket(owner2, offset2);
        if (isCompared) {
            t.user().getInt(va); // brought in before anything is locked
        }
        synchronized (from.isBefore(to) ? from : to) {
            synchronized (from.isBefore(to) ? to : from) {
                if (isCompared && t.user().getInt(va) != expected) {
                    return -Errno.EAGAIN;
                }
                int woken = from.wake(owner, offset, wakeCount, FutexWaiter.MATCH_ANY);
                return woken + from.requeue(owner, offset, moveCount, to, owner2, offset2);
            }
        }
    }

    private static long wakeOp(UserThread t, long va, boolean isPrivate, int count, int count2, long va2, int operation) {
        FutexWord.check(va);
        FutexWord.check(va2);
        Object owner = FutexWord.owner(t, va, isPrivate);
        long offset = FutexWord.offset(t, va, isPrivate);
        Object owner2 = FutexWord.owner(t, va2, isPrivate);
        long offset2 = FutexWord.offset(t, va2, isPrivate);
        int old;
        int result;
        do {
            t.cpu().hold();
            old = t.user().getInt(va2);
            result = FutexWord.exchange(t, va2, old, operated(operation, old));
        } while (result == UserMemory.OTHER_VALUE || result == UserMemory.NOT_EXCLUSIVE);
        if (result == UserMemory.FAULTED) {
            return -Errno.EFAULT;
        }
        boolean wakesSecond = compared(operation, old);
        int woken = FutexWord.wake(t, owner, offset, Math.max(1, count), FutexWaiter.MATCH_ANY);
        return wakesSecond ? woken + FutexWord.wake(t, owner2, offset2, Math.max(1, count2), FutexWaiter.MATCH_ANY) : woken;
    }

    private static int operated(int operation, int old) {
        int kind = operation >>> OP_SHIFT;
        int argument = operation << Integer.SIZE - 2 * ARG_BITS >> Integer.SIZE - ARG_BITS;
        if ((kind & OP_OPARG_SHIFT) != 0) {
            argument = 1 << (argument & Integer.SIZE - 1);
        }
        return switch (kind & ~OP_OPARG_SHIFT) {
            case 0 -> argument;
            case 1 -> old + argument;
            case 2 -> old | argument;
            case 3 -> old & ~argument;
            case 4 -> old ^ argument;
            default -> throw SysError.of(Errno.ENOSYS);
        };
    }

    private static boolean compared(int operation, int old) {
        int argument = operation << Integer.SIZE - ARG_BITS >> Integer.SIZE - ARG_BITS;
        return switch (operation >>> CMP_SHIFT & 0xf) {
            case 0 -> old == argument;
            case 1 -> old != argument;
            case 2 -> old < argument;
            case 3 -> old <= argument;
            case 4 -> old > argument;
            case 5 -> old >= argument;
            default -> throw SysError.of(Errno.ENOSYS);
        };
    }
}
