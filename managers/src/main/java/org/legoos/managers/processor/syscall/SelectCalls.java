package org.legoos.managers.processor.syscall;

import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.fs.PollTable;
import org.legoos.managers.processor.time.Clocks;

/** select(2), pselect6(2). */
final class SelectCalls {
    /** What each of the three sets asks for (fs/select.c of Linux: POLLIN_SET, POLLOUT_SET, POLLEX_SET). */
    private static final int READ = OpenFlags.POLLIN | OpenFlags.POLLRDNORM | OpenFlags.POLLRDBAND | OpenFlags.POLLHUP | OpenFlags.POLLERR;
    private static final int WRITE = OpenFlags.POLLOUT | OpenFlags.POLLWRNORM | OpenFlags.POLLWRBAND | OpenFlags.POLLERR;
    private static final int EXCEPT = OpenFlags.POLLPRI;
    private static final int[] MEANINGS = {READ, WRITE, EXCEPT};
    private static final int SETS = MEANINGS.length;

    private static final long NS_PER_US = 1000;

    private SelectCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("select", (t, a, b, c, d, e, f) -> {
            long deadlineNs = timevalDeadline(t, e);
            long ready = select(t, (int) a, b, c, d, deadlineNs);
            PollCalls.putTimeLeft(t, e, deadlineNs, NS_PER_US);
            return ready;
        });
        table.full("pselect6", (t, a, b, c, d, e, f) -> pselect(t, (int) a, b, c, d, e, f));
    }

    private static long timevalDeadline(UserThread t, long va) {
        if (va == 0) {
            return WaitQueue.FOREVER;
        }
        byte[] tv = t.user().struct(va, 16);
        long seconds = Le.getLong(tv, 0);
        long micros = Le.getLong(tv, 8);
        if (seconds < 0 || micros < 0) {
            throw SysError.of(Errno.EINVAL);
        }
        long wholeNs = Clocks.fromTimespec(Clocks.saturatedAdd(seconds, micros / 1_000_000), 0);
        return Clocks.saturatedAdd(t.nowNs(), Clocks.saturatedAdd(wholeNs, micros % 1_000_000 * NS_PER_US));
    }

    private static long pselect(UserThread t, int count, long readVa, long writeVa, long exceptVa, long timeoutVa, long maskVa) {
        long deadlineNs = PollCalls.deadline(t, timeoutVa);
        if (maskVa != 0) {
            byte[] pair = t.user().struct(maskVa, 16);
            SignalMask.swap(t, Le.getLong(pair, 0), Le.getLong(pair, 8));
        }
        long ready = select(t, count, readVa, writeVa, exceptVa, deadlineNs);
        PollCalls.putTimeLeft(t, timeoutVa, deadlineNs, 1);
        return ready;
    }

    private static long select(UserThread t, int count, long readVa, long writeVa, long exceptVa, long deadlineNs) {
        if (count < 0) {
            return -Errno.EINVAL;
        }
        int bits = Math.min(count, t.files().size());
        int setBytes = (bits + 63) / 64 * Long.BYTES;
        PollTable table = t.polls();
        byte[] sets = table.scratch(SETS * setBytes);
        readSet(t, readVa, sets, 0, setBytes);
        readSet(t, writeVa, sets, setBytes, setBytes);
        readSet(t, exceptVa, sets, 2 * setBytes, setBytes);
        table.begin(bits);
        for (int fd = 0; fd < bits; fd++) {
            int events = 0;
            for (int i = 0; i < SETS; i++) {
                events |= has(sets, i * setBytes, fd) ? MEANINGS[i] : 0;
            }
            OpenFile file = events == 0 ? null : t.files().find(fd);
            if (events != 0 && file == null) {
                return -Errno.EBADF;
            }
            boolean isPathOnly = file != null && file.isPathOnly();
            table.add(isPathOnly ? null : file, events, isPathOnly ? events : 0); // as POLLNVAL, which is in all three sets
        }
        long error = table.await(deadlineNs);
        if (error < 0) {
            return -Errno.ERESTARTNOHAND;
        }
        int ready = 0;
        for (int i = 0; i < SETS; i++) {
            ready += keepReady(table, sets, i * setBytes, bits, MEANINGS[i]);
        }
        writeSet(t, readVa, sets, 0, setBytes);
        writeSet(t, writeVa, sets, setBytes, setBytes);
        writeSet(t, exceptVa, sets, 2 * setBytes, setBytes);
        return ready;
    }

    private static void readSet(UserThread t, long va, byte[] sets, int at, int lengthBytes) {
        if (va == 0) {
            java.util.Arrays.fill(sets, at, at + lengthBytes, (byte) 0);
        } else if (t.user().memory().read(va, sets, at, lengthBytes) != lengthBytes) {
            throw SysError.of(Errno.EFAULT);
        }
    }

    private static void writeSet(UserThread t, long va, byte[] sets, int at, int lengthBytes) {
        if (va != 0 && t.user().memory().write(va, sets, at, lengthBytes) != lengthBytes) {
            throw SysError.of(Errno.EFAULT);
        }
    }

    /** Clears the bits of what is not ready. @return how many are left */
    private static int keepReady(PollTable table, byte[] sets, int at, int bits, int meaning) {
        int ready = 0;
        for (int fd = 0; fd < bits; fd++) {
            if (has(sets, at, fd)) {
                if ((table.result(fd) & meaning) != 0) {
                    ready++;
                } else {
                    sets[at + (fd >> 3)] &= (byte) ~(1 << (fd & 7));
                }
            }
        }
        return ready;
    }

    private static boolean has(byte[] sets, int at, int fd) {
        return (sets[at + (fd >> 3)] & 1 << (fd & 7)) != 0;
    }
}
