package org.legoos.managers.processor.syscall;

import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.kernel.syscall.abi.PollfdLayout;
import org.legoos.managers.processor.core.RestartBlock;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.fs.PollTable;
import org.legoos.managers.processor.time.Clocks;

/** poll(2), ppoll(2). */
final class PollCalls {
    private static final long NS_PER_MS = 1_000_000;
    private static final int ALWAYS = OpenFlags.POLLERR | OpenFlags.POLLHUP;

    private PollCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("poll", (t, a, b, c, d, e, f) -> poll(t, a, b, (int) c));
        table.full("ppoll", (t, a, b, c, d, e, f) -> ppoll(t, a, b, c, d, e));
    }

    /** The deadline of a relative timespec, or for ever when there is none. */
    static long deadline(UserThread t, long timespecVa) {
        if (timespecVa == 0) {
            return WaitQueue.FOREVER;
        }
        byte[] ts = t.user().struct(timespecVa, 16);
        return Clocks.saturatedAdd(t.nowNs(), Clocks.fromTimespec(Le.getLong(ts, 0), Le.getLong(ts, 8)));
    }

    /** The deadline of a time-out in milliseconds, negative for none. */
    static long deadlineMs(UserThread t, int timeoutMs) {
        return timeoutMs < 0 ? WaitQueue.FOREVER : t.nowNs() + timeoutMs * NS_PER_MS;
    }

    /** Tells the program how much of its time-out is left, as only Linux does; a place that cannot be written is passed over. */
    static void putTimeLeft(UserThread t, long va, long deadlineNs, long unitNs) {
        if (va != 0) {
            long leftNs = Math.max(0, deadlineNs - t.nowNs());
            t.user().memory().putLong(va, leftNs / Clocks.NS_PER_S);
            t.user().memory().putLong(va + 8, leftNs % Clocks.NS_PER_S / unitNs);
        }
    }

    private static long poll(UserThread t, long va, long count, int timeoutMs) {
        return restartable(t, va, count, deadlineMs(t, timeoutMs));
    }

    /** A poll that a stop interrupts goes on with the time that is left (poll uses a restart block, ppoll does not). */
    private static long restartable(UserThread t, long va, long count, long deadlineNs) {
        long ready = pollUntil(t, va, count, deadlineNs);
        if (ready != -Errno.EINTR) {
            return ready;
        }
        t.restart.argVa = va;
        t.restart.count = count;
        t.restart.deadlineNs = deadlineNs;
        t.restart.set(CONTINUE);
        return -Errno.ERESTART_RESTARTBLOCK;
    }

    private static final RestartBlock.Continuation CONTINUE =
            t -> restartable(t, t.restart.argVa, t.restart.count, t.restart.deadlineNs);

    private static long ppoll(UserThread t, long va, long count, long timeoutVa, long maskVa, long maskSize) {
        long deadlineNs = deadline(t, timeoutVa);
        SignalMask.swap(t, maskVa, maskSize);
        long ready = pollUntil(t, va, count, deadlineNs);
        putTimeLeft(t, timeoutVa, deadlineNs, 1);
        return ready == -Errno.EINTR ? -Errno.ERESTARTNOHAND : ready;
    }

    /** What stands for a path only cannot be waited for. */
    private static OpenFile usable(OpenFile file) {
        return file == null || file.isPathOnly() ? null : file;
    }

    private static long pollUntil(UserThread t, long va, long countArg, long deadlineNs) {
        int count = (int) countArg;
        if (count < 0 || Integer.toUnsignedLong(count) > t.process().rlimits().soft(Rlimits.NOFILE)) {
            throw SysError.of(Errno.EINVAL);
        }
        PollTable table = t.polls();
        int lengthBytes = count * PollfdLayout.SIZE;
        byte[] entries = table.scratch(lengthBytes);
        t.user().read(va, entries, lengthBytes);
        table.begin(count);
        for (int i = 0; i < count; i++) {
            int fd = Le.getInt(entries, i * PollfdLayout.SIZE + PollfdLayout.FD);
            OpenFile file = fd < 0 ? null : usable(t.files().find(fd));
            int events = Le.getShort(entries, i * PollfdLayout.SIZE + PollfdLayout.EVENTS);
            table.add(file, events | ALWAYS, fd >= 0 && file == null ? OpenFlags.POLLNVAL : 0);
        }
        int ready = table.await(deadlineNs);
        if (ready < 0) {
            return ready;
        }
        for (int i = 0; i < count; i++) {
            Le.putShort(entries, i * PollfdLayout.SIZE + PollfdLayout.REVENTS, table.result(i));
        }
        t.user().write(va, entries, lengthBytes);
        return ready;
    }
}
