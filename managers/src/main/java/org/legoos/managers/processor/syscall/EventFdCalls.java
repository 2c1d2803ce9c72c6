package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.event.EventFile;
import org.legoos.managers.processor.event.SignalFile;
import org.legoos.managers.processor.event.TimerFile;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.time.Clocks;

/** eventfd(2), timerfd_create(2), signalfd(2). */
final class EventFdCalls {
    private static final int EFD_SEMAPHORE = 1;
    private static final int TFD_TIMER_ABSTIME = 1;
    private static final int TFD_TIMER_CANCEL_ON_SET = 2;
    private static final int ITIMERSPEC_BYTES = 32;

    private EventFdCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("eventfd", (t, a, b, c, d, e, f) -> eventfd(t, a, 0));
        table.full("eventfd2", (t, a, b, c, d, e, f) -> eventfd(t, a, (int) b));
        table.full("timerfd_create", (t, a, b, c, d, e, f) -> timerfd(t, (int) a, (int) b));
        table.partial("timerfd_settime", "the clock is never set, so CANCEL_ON_SET never cancels",
                (t, a, b, c, d, e, f) -> settime(t, timer(t, a), (int) b, c, d));
        table.full("timerfd_gettime", (t, a, b, c, d, e, f) -> gettime(t, timer(t, a), b));
        table.full("signalfd", (t, a, b, c, d, e, f) -> signalfd(t, (int) a, b, c, 0));
        table.full("signalfd4", (t, a, b, c, d, e, f) -> signalfd(t, (int) a, b, c, (int) d));
    }

    private static long add(UserThread t, OpenFile file, int flags) {
        return t.files().add(file, 0, t.process().rlimits().soft(Rlimits.NOFILE), (flags & OpenFlags.O_CLOEXEC) != 0);
    }

    private static boolean hasOnly(int flags, int more) {
        return (flags & ~(OpenFlags.O_CLOEXEC | OpenFlags.O_NONBLOCK | more)) == 0;
    }

    private static long eventfd(UserThread t, long initial, int flags) {
        if (!hasOnly(flags, EFD_SEMAPHORE)) {
            return -Errno.EINVAL;
        }
        boolean isSemaphore = (flags & EFD_SEMAPHORE) != 0;
        return add(t, new EventFile(initial & 0xffffffffL, isSemaphore, flags & OpenFlags.O_NONBLOCK), flags);
    }

    private static long timerfd(UserThread t, int clock, int flags) {
        boolean isKnown = switch (clock) {
            case Clocks.REALTIME, Clocks.MONOTONIC, Clocks.BOOTTIME -> true;
            case Clocks.REALTIME_ALARM, Clocks.BOOTTIME_ALARM -> {
                if (!t.process().credentials().has(Capability.CAP_WAKE_ALARM)) {
                    throw SysError.of(Errno.EPERM);
                }
                yield true;
            }
            default -> false;
        };
        if (!isKnown || !hasOnly(flags, 0)) {
            return -Errno.EINVAL;
        }
        int base = clock == Clocks.REALTIME_ALARM ? Clocks.REALTIME : clock == Clocks.BOOTTIME_ALARM ? Clocks.BOOTTIME : clock;
        return add(t, new TimerFile(t.kernel().clock(), base, flags & OpenFlags.O_NONBLOCK), flags);
    }

    private static TimerFile timer(UserThread t, long fd) {
        if (t.files().get(fd) instanceof TimerFile timer) {
            return timer;
        }
        throw SysError.of(Errno.EINVAL);
    }

    private static long settime(UserThread t, TimerFile timer, int flags, long newVa, long oldVa) {
        if ((flags & ~(TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET)) != 0) {
            return -Errno.EINVAL;
        }
        byte[] from = t.user().struct(newVa, ITIMERSPEC_BYTES);
        long intervalNs = Clocks.fromTimespec(Le.getLong(from, 0), Le.getLong(from, 8));
        long valueNs = Clocks.fromTimespec(Le.getLong(from, 16), Le.getLong(from, 24));
        long leftNs = timer.remainingNs();
        long oldIntervalNs = timer.intervalNs();
        boolean isAbsolute = (flags & TFD_TIMER_ABSTIME) != 0;
        long deadlineNs = valueNs == 0 ? 0 : isAbsolute ? Clocks.toNodeNs(t, timer.clockId(), valueNs)
                : Clocks.saturatedAdd(t.nowNs(), valueNs);
        timer.set(deadlineNs, intervalNs);
        if (oldVa != 0) {
            put(t, oldVa, oldIntervalNs, leftNs);
        }
        return 0;
    }

    private static long gettime(UserThread t, TimerFile timer, long va) {
        put(t, va, timer.intervalNs(), timer.remainingNs());
        return 0;
    }

    private static void put(UserThread t, long va, long intervalNs, long valueNs) {
        byte[] to = t.user().zeroed(ITIMERSPEC_BYTES);
        Le.putLong(to, 0, intervalNs / Clocks.NS_PER_S);
        Le.putLong(to, 8, intervalNs % Clocks.NS_PER_S);
        Le.putLong(to, 16, valueNs / Clocks.NS_PER_S);
        Le.putLong(to, 24, valueNs % Clocks.NS_PER_S);
        t.user().putStruct(va, ITIMERSPEC_BYTES);
    }

    private static long signalfd(UserThread t, int fd, long maskVa, long maskSize, int flags) {
        SignalMask.requireSize(maskSize);
        long mask = SignalMask.read(t, maskVa);
        if (!hasOnly(flags, 0)) {
            return -Errno.EINVAL;
        }
        if (fd == -1) {
            return add(t, new SignalFile(mask, flags & OpenFlags.O_NONBLOCK), flags);
        }
        if (!(t.files().get(fd) instanceof SignalFile file)) {
            return -Errno.EINVAL;
        }
        file.setMask(mask);
        t.process().signalWaiters().wakeAll();
        return fd;
    }
}
