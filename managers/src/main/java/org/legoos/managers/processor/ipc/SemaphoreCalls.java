package org.legoos.managers.processor.ipc;

import static org.legoos.managers.processor.ipc.IpcNumbers.*;

import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.time.Clocks;

/** semget(2), semop(2), semtimedop(2), semctl(2). */
public final class SemaphoreCalls {
    private static final int SEMBUF_BYTES = 6;
    private static final int SEMBUF_OP = 2;
    private static final int SEMBUF_FLG = 4;

    /** struct semid64_ds. */
    private static final int DS_BYTES = 104;
    private static final int DS_OTIME = 48;
    private static final int DS_CTIME = 64;
    private static final int DS_NSEMS = 80;

    /** struct seminfo: semmap, semmni, semmns, semmnu, semmsl, semopm, semume, semusz, semvmx, semaem. */
    private static final int INFO_INTS = 10;

    private SemaphoreCalls() {}

    public static void addTo(SyscallTable<UserThread> table) {
        table.full("semget", (t, a, b, c, d, e, f) -> get(t, (int) a, (int) b, (int) c));
        table.full("semop", (t, a, b, c, d, e, f) -> operate(t, (int) a, b, c, WaitQueue.FOREVER));
        table.full("semtimedop", (t, a, b, c, d, e, f) -> operate(t, (int) a, b, c, deadline(t, d)));
        table.full("semctl", (t, a, b, c, d, e, f) -> control(t, (int) a, (int) b, (int) c & ~IPC_64, d));
    }

    private static SystemVIpc ipc(UserThread t) {
        return t.process().manager().ipc();
    }

    private static long get(UserThread t, int key, int count, int flags) {
        if (count < 0 || count > SEMMSL) {
            return -Errno.EINVAL;
        }
        SystemVIpc ipc = ipc(t);
        return ipc.semaphores.get(t, key, flags, set -> {
            if (count > set.count()) {
                throw SysError.of(Errno.EINVAL);
            }
        }, () -> {
            if (count == 0) {
                throw SysError.of(Errno.EINVAL);
            }
            if (ipc.semaphoreCount.addAndGet(count) > SEMMNS) {
                ipc.semaphoreCount.addAndGet(-count);
                throw SysError.of(Errno.ENOSPC);
            }
            return new SemaphoreSet(t, key, count, flags);
        }).id();
    }

    private static long deadline(UserThread t, long timespecVa) {
        if (timespecVa == 0) {
            return WaitQueue.FOREVER;
        }
        byte[] ts = t.user().struct(timespecVa, 16);
        return Clocks.saturatedAdd(t.nowNs(), Clocks.fromTimespec(Le.getLong(ts, 0), Le.getLong(ts, 8)));
    }

    private static long operate(UserThread t, int id, long va, long count, long deadlineNs) {
        if (count < 1 || id < 0) {
            return -Errno.EINVAL;
        }
        if (count > SEMOPM) {
            return -Errno.E2BIG;
        }
        byte[] raw = t.user().struct(va, (int) count * SEMBUF_BYTES);
        SemaphoreSet.Operation[] operations = new SemaphoreSet.Operation[(int) count];
        boolean alters = false;
        int highest = 0;
        for (int i = 0; i < operations.length; i++) {
            int at = i * SEMBUF_BYTES;
            operations[i] = new SemaphoreSet.Operation(Le.getShort(raw, at), (short) Le.getShort(raw, at + SEMBUF_OP),
                    Le.getShort(raw, at + SEMBUF_FLG));
            alters |= operations[i].change() != 0;
            highest = Math.max(highest, operations[i].number());
        }
        SemaphoreSet set = ipc(t).semaphores.find(id);
        if (highest >= set.count()) {
            return -Errno.EFBIG;
        }
        set.require(t, alters ? 02 : 04);
        int[] blocking = new int[1];
        int result = set.tryAll(t, operations, blocking);
        if (result == -Errno.EAGAIN && (operations[blocking[0]].flags() & IPC_NOWAIT) == 0) {
            return await(t, set, operations, blocking, deadlineNs);
        }
        if (result == 0 && alters) {
            set.waiters.wakeAll();
        }
        return result;
    }

    private static long await(UserThread t, SemaphoreSet set, SemaphoreSet.Operation[] operations, int[] blocking, long deadlineNs) {
        set.waiters.add(t.link());
        SemaphoreSet.Operation counted = operations[blocking[0]];
        set.countWaiter(counted, 1);
        try {
            while (true) {
                t.prepareSleep();
                int result = set.tryAll(t, operations, blocking);
                if (result == 0) {
                    set.waiters.wakeAll();
                }
                if (result != -Errno.EAGAIN || (operations[blocking[0]].flags() & IPC_NOWAIT) != 0) {
                    return result;
                }
                if (t.isInterrupted()) {
                    return -Errno.EINTR;
                }
                set.countWaiter(counted, -1);
                counted = operations[blocking[0]];
                set.countWaiter(counted, 1);
                if (!t.sleep(deadlineNs)) {
                    return -Errno.EAGAIN;
                }
            }
        } finally {
            set.countWaiter(counted, -1);
            set.waiters.remove(t.link());
        }
    }

    private static long control(UserThread t, int id, int number, int command, long arg) {
        switch (command) {
            case IPC_INFO, SEM_INFO -> {
                return info(t, command, arg);
            }
            case SEM_STAT, SEM_STAT_ANY -> {
                SemaphoreSet set = ipc(t).semaphores.at(id);
                if (command == SEM_STAT) {
                    set.require(t, 04);
                }
                putStatus(t, set, arg);
                return set.id();
            }
            default -> {
                return onSet(t, ipc(t).semaphores.find(id), number, command, arg);
            }
        }
    }

    private static long onSet(UserThread t, SemaphoreSet set, int number, int command, long arg) {
        switch (command) {
            case IPC_STAT -> {
                set.require(t, 04);
                putStatus(t, set, arg);
            }
            case IPC_SET -> {
                byte[] ds = t.user().struct(arg, DS_BYTES);
                set.requireOwner(t);
                set.setPermissions(ds);
                set.changed(t);
            }
            case IPC_RMID -> {
                set.requireOwner(t);
                if (!set.isRemoved()) {
                    ipc(t).semaphores.remove(set);
                    ipc(t).semaphoreCount.addAndGet(-set.count());
                }
            }
            case SEM_GETALL -> {
                set.require(t, 04);
                int[] values = set.getAll();
                byte[] to = new byte[values.length * Short.BYTES];
                for (int i = 0; i < values.length; i++) {
                    Le.putShort(to, i * Short.BYTES, values[i]);
                }
                t.user().write(arg, to, to.length);
            }
            case SEM_SETALL -> {
                set.require(t, 02);
                setAll(t, set, arg);
            }
            case SEM_GETVAL, SEM_GETPID, SEM_GETNCNT, SEM_GETZCNT, SEM_SETVAL -> {
                return onOne(t, set, number, command, (int) arg);
            }
            default -> {
                return -Errno.EINVAL;
            }
        }
        return 0;
    }

    private static long onOne(UserThread t, SemaphoreSet set, int number, int command, int value) {
        if (command == SEM_SETVAL && (value < 0 || value > SEMVMX)) {
            return -Errno.ERANGE;
        }
        set.require(t, command == SEM_SETVAL ? 02 : 04);
        if (number < 0 || number >= set.count()) {
            return -Errno.EINVAL;
        }
        if (command != SEM_SETVAL) {
            return set.get(command, number);
        }
        set.set(t, number, value);
        set.waiters.wakeAll();
        return 0;
    }

    private static void setAll(UserThread t, SemaphoreSet set, long va) {
        byte[] from = new byte[set.count() * Short.BYTES];
        t.user().read(va, from, from.length);
        int[] values = new int[set.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Le.getShort(from, i * Short.BYTES);
            if (values[i] > SEMVMX) {
                throw SysError.of(Errno.ERANGE);
            }
        }
        set.setAll(t, values);
        set.waiters.wakeAll();
    }

    private static void putStatus(UserThread t, SemaphoreSet set, long va) {
        byte[] to = t.user().zeroed(DS_BYTES);
        set.putPermissions(to);
        Le.putLong(to, DS_OTIME, set.lastOperationS());
        Le.putLong(to, DS_CTIME, set.changedS());
        Le.putLong(to, DS_NSEMS, set.count());
        t.user().putStruct(va, DS_BYTES);
    }

    private static long info(UserThread t, int command, long va) {
        SystemVIpc ipc = ipc(t);
        boolean isUsage = command == SEM_INFO;
        int[] values = {SEMMNS, SEMMNI, SEMMNS, SEMMNS, SEMMSL, SEMOPM, SEMOPM, isUsage ? ipc.semaphores.size() : 20, SEMVMX,
            isUsage ? ipc.semaphoreCount.get() : SEMVMX};
        byte[] to = t.user().zeroed(INFO_INTS * Integer.BYTES);
        for (int i = 0; i < INFO_INTS; i++) {
            Le.putInt(to, i * Integer.BYTES, values[i]);
        }
        t.user().putStruct(va, INFO_INTS * Integer.BYTES);
        return ipc.semaphores.maxIndex();
    }
}
