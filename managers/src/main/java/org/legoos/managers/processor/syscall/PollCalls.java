package org.legoos.managers.processor.syscall;

import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.kernel.syscall.abi.PollfdLayout;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.time.Clocks;

/** poll(2), ppoll(2), select(2), pselect6(2). */
final class PollCalls {
    private static final int FD_SETSIZE_MAX = 65536;
    private static final long NS_PER_MS = 1_000_000;

    private PollCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("poll", (t, a, b, c, d, e, f) -> poll(t, a, b,
                (int) c < 0 ? WaitQueue.FOREVER : t.nowNs() + (int) c * NS_PER_MS));
        table.full("ppoll", (t, a, b, c, d, e, f) -> ppoll(t, a, b, c, d, e));
        table.full("select", (t, a, b, c, d, e, f) -> select(t, (int) a, b, c, d, timeval(t, e)));
        table.full("pselect6", (t, a, b, c, d, e, f) -> pselect(t, (int) a, b, c, d, e, f));
    }

    /** The deadline of a relative timespec, or for ever when there is none. */
    private static long timespec(UserThread t, long va) {
        if (va == 0) {
            return WaitQueue.FOREVER;
        }
        byte[] ts = t.user().struct(va, 16);
        return Clocks.saturatedAdd(t.nowNs(), Clocks.fromTimespec(Le.getLong(ts, 0), Le.getLong(ts, 8)));
    }

    private static long timeval(UserThread t, long va) {
        if (va == 0) {
            return WaitQueue.FOREVER;
        }
        byte[] tv = t.user().struct(va, 16);
        long micros = Le.getLong(tv, 8);
        if (micros < 0 || micros >= Clocks.NS_PER_S) {
            throw org.legoos.kernel.syscall.SysError.of(Errno.EINVAL);
        }
        long seconds = Clocks.fromTimespec(Le.getLong(tv, 0), 0);
        return Clocks.saturatedAdd(t.nowNs(), Clocks.saturatedAdd(seconds, micros * 1000));
    }

    private static long poll(UserThread t, long va, long countArg, long deadlineNs) {
        int count = (int) countArg;
        if (count < 0 || Integer.toUnsignedLong(count) > t.process().rlimits().soft(Rlimits.NOFILE)) {
            return -Errno.EINVAL;
        }
        byte[] entries = new byte[count * PollfdLayout.SIZE];
        t.user().read(va, entries, entries.length);
        PollSet set = new PollSet(t, count);
        for (int i = 0; i < count; i++) {
            int at = i * PollfdLayout.SIZE;
            set.add(Le.getInt(entries, at + PollfdLayout.FD), Le.getShort(entries, at + PollfdLayout.EVENTS));
        }
        long ready = set.await(deadlineNs);
        if (ready < 0) {
            return ready;
        }
        for (int i = 0; i < count; i++) {
            Le.putShort(entries, i * PollfdLayout.SIZE + PollfdLayout.REVENTS, set.result(i));
        }
        t.user().write(va, entries, entries.length);
        return ready;
    }

    private static long ppoll(UserThread t, long va, long count, long timeoutVa, long maskVa, long maskSize) {
        long deadlineNs = timespec(t, timeoutVa);
        SignalMask.swap(t, maskVa, maskSize);
        return poll(t, va, count, deadlineNs);
    }

    private static long pselect(UserThread t, int count, long readVa, long writeVa, long exceptVa, long timeoutVa, long maskVa) {
        long deadlineNs = timespec(t, timeoutVa);
        if (maskVa != 0) {
            byte[] pair = t.user().struct(maskVa, 16);
            SignalMask.swap(t, Le.getLong(pair, 0), Le.getLong(pair, 8));
        }
        return select(t, count, readVa, writeVa, exceptVa, deadlineNs);
    }

    private static long select(UserThread t, int count, long readVa, long writeVa, long exceptVa, long deadlineNs) {
        if (count < 0) {
            return -Errno.EINVAL;
        }
        int bits = Math.min(count, Math.min(FD_SETSIZE_MAX, t.files().size()));
        int bytes = (bits + 63) / 64 * 8;
        long[] vas = {readVa, writeVa, exceptVa};
        byte[][] sets = new byte[3][bytes];
        for (int i = 0; i < 3; i++) {
            if (vas[i] != 0) {
                t.user().read(vas[i], sets[i], bytes);
            }
        }
        PollSet poll = new PollSet(t, bits);
        for (int fd = 0; fd < bits; fd++) {
            int events = (has(sets[0], fd) ? PollSet.SELECT_READ : 0) | (has(sets[1], fd) ? PollSet.SELECT_WRITE : 0)
                    | (has(sets[2], fd) ? PollSet.SELECT_EXCEPT : 0);
            if (events != 0 && t.files().find(fd) == null) {
                return -Errno.EBADF;
            }
            poll.add(events == 0 ? -1 : fd, events);
        }
        long error = poll.await(deadlineNs);
        return error < 0 ? error : results(t, poll, vas, sets, bits);
    }

    private static long results(UserThread t, PollSet poll, long[] vas, byte[][] sets, int bits) {
        int[] meanings = {PollSet.SELECT_READ, PollSet.SELECT_WRITE, PollSet.SELECT_EXCEPT};
        long ready = 0;
        for (int i = 0; i < 3; i++) {
            for (int fd = 0; fd < bits; fd++) {
                boolean isReady = has(sets[i], fd) && (poll.result(fd) & meanings[i]) != 0;
                ready += isReady ? 1 : 0;
                sets[i][fd >> 3] = (byte) (isReady ? sets[i][fd >> 3] | 1 << (fd & 7) : sets[i][fd >> 3] & ~(1 << (fd & 7)));
            }
            if (vas[i] != 0) {
                t.user().write(vas[i], sets[i], sets[i].length);
            }
        }
        return ready;
    }

    private static boolean has(byte[] set, int fd) {
        return (set[fd >> 3] & 1 << (fd & 7)) != 0;
    }
}
