package org.legoos.managers.processor.ipc;

import static org.legoos.managers.processor.ipc.IpcNumbers.*;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.core.WaitList;

/** A set of System V semaphores. Guarded by itself. */
final class SemaphoreSet extends IpcObject {
    /** One operation of semop(2). */
    record Operation(int number, int change, int flags) {
        boolean isUndone() {
            return (flags & SEM_UNDO) != 0;
        }
    }

    final WaitList waiters = new WaitList();
    private final int[] values;
    private final int[] next; // scratch of one try
    private final int[] pids;
    private final int[] increaseWaiters;
    private final int[] zeroWaiters;
    private final Map<Process, int[]> undo = new HashMap<>();
    private long lastOperationS;
    private long changedS;

    SemaphoreSet(UserThread t, int key, int count, int mode) {
        super(t, key, mode);
        values = new int[count];
        next = new int[count];
        pids = new int[count];
        increaseWaiters = new int[count];
        zeroWaiters = new int[count];
        changedS = seconds(t);
    }

    static long seconds(UserThread t) {
        return t.kernel().clock().wallTimeNs() / 1_000_000_000L;
    }

    int count() {
        return values.length;
    }

    @Override
    void wakeAll() {
        waiters.wakeAll();
    }

    /**
     * Tries to do all operations.
     *
     * @param blocking gets in [0] the index of the operation that cannot be done now
     * @return 0, -EAGAIN when it must wait, -EIDRM, -ERANGE
     */
    synchronized int tryAll(UserThread t, Operation[] operations, int[] blocking) {
        if (isRemoved()) {
            return -Errno.EIDRM;
        }
        System.arraycopy(values, 0, next, 0, values.length);
        for (int i = 0; i < operations.length; i++) {
            Operation o = operations[i];
            int result = next[o.number] + o.change;
            if (o.change == 0 && next[o.number] != 0 || result < 0) {
                blocking[0] = i;
                return -Errno.EAGAIN;
            }
            if (result > SEMVMX) {
                return -Errno.ERANGE;
            }
            next[o.number] = result;
        }
        System.arraycopy(next, 0, values, 0, values.length);
        for (Operation o : operations) {
            pids[o.number] = t.process().pid();
            if (o.isUndone() && o.change != 0) {
                undo.computeIfAbsent(t.process(), process -> new int[values.length])[o.number] -= o.change;
            }
        }
        lastOperationS = seconds(t);
        return 0;
    }

    /** Counts somebody who waits because of {@code operation} in or out: GETNCNT, GETZCNT. */
    synchronized void countWaiter(Operation operation, int by) {
        (operation.change == 0 ? zeroWaiters : increaseWaiters)[operation.number] += by;
    }

    synchronized int get(int command, int number) {
        return switch (command) {
            case SEM_GETVAL -> values[number];
            case SEM_GETPID -> pids[number];
            case SEM_GETNCNT -> increaseWaiters[number];
            default -> zeroWaiters[number];
        };
    }

    synchronized int[] getAll() {
        return values.clone();
    }

    synchronized void set(UserThread t, int number, int value) {
        values[number] = value;
        pids[number] = t.process().pid();
        changedS = seconds(t);
        for (int[] adjustments : undo.values()) {
            adjustments[number] = 0;
        }
    }

    synchronized void setAll(UserThread t, int[] newValues) {
        System.arraycopy(newValues, 0, values, 0, values.length);
        Arrays.fill(pids, t.process().pid());
        changedS = seconds(t);
        undo.clear();
    }

    synchronized void changed(UserThread t) {
        changedS = seconds(t);
    }

    synchronized long changedS() {
        return changedS;
    }

    synchronized long lastOperationS() {
        return lastOperationS;
    }

    /** The process has ended: what it did with SEM_UNDO is taken back, as far as that goes. */
    void exited(Process process) {
        synchronized (this) {
            int[] adjustments = undo.remove(process);
            if (adjustments == null) {
                return;
            }
            for (int i = 0; i < values.length; i++) {
                if (adjustments[i] != 0) {
                    values[i] = Math.clamp(values[i] + adjustments[i], 0, SEMVMX);
                    pids[i] = process.pid();
                }
            }
        }
        waiters.wakeAll();
    }
}
