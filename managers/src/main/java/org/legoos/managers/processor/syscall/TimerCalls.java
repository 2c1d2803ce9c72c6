package org.legoos.managers.processor.syscall;

import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.kernel.syscall.abi.SigeventLayout;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.time.Clocks;
import org.legoos.managers.processor.time.CountdownTimer;
import org.legoos.managers.processor.time.PosixTimer;
import org.legoos.managers.processor.time.ProcessTimers;

/** alarm(2), setitimer(2), timer_create(2) and what belongs to them. */
final class TimerCalls {
    private static final int TIMER_ABSTIME = 1;
    private static final int SIGEV_SIGNAL = 0;
    private static final int SIGEV_NONE = 1;
    private static final int SIGEV_THREAD_ID = 4;
    private static final long MICROS = 1_000_000;

    private TimerCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("alarm", (t, a, b, c, d, e, f) -> alarm(t, a & 0xffffffffL));
        table.full("setitimer", (t, a, b, c, d, e, f) -> setitimer(t, (int) a, b, c));
        table.full("getitimer", (t, a, b, c, d, e, f) -> getitimer(t, (int) a, b));
        table.full("timer_create", (t, a, b, c, d, e, f) -> create(t, (int) a, b, c));
        table.full("timer_settime", (t, a, b, c, d, e, f) -> settime(t, find(t, a), (int) b, c, d));
        table.full("timer_gettime", (t, a, b, c, d, e, f) -> gettime(t, find(t, a), b));
        table.full("timer_getoverrun", (t, a, b, c, d, e, f) -> find(t, a).lastOverruns());
        table.full("timer_delete", (t, a, b, c, d, e, f) -> delete(t, a));
    }

    private static long alarm(UserThread t, long seconds) {
        CountdownTimer timer = t.process().timers().interval(ProcessTimers.ITIMER_REAL);
        long leftNs = timer.remainingNs();
        timer.set(seconds == 0 ? 0 : timer.nowNs() + seconds * Clocks.NS_PER_S, 0);
        return leftNs == 0 ? 0 : Math.max(1, (leftNs + Clocks.NS_PER_S / 2) / Clocks.NS_PER_S);
    }

    private static CountdownTimer interval(UserThread t, int which) {
        if (which < 0 || which > ProcessTimers.ITIMER_PROF) {
            throw SysError.of(Errno.EINVAL);
        }
        return t.process().timers().interval(which);
    }

    private static long timeval(byte[] from, int at) {
        long micros = Le.getLong(from, at + 8);
        if (micros < 0 || micros >= MICROS) {
            throw SysError.of(Errno.EINVAL);
        }
        return Clocks.fromTimespec(Le.getLong(from, at), micros * 1000);
    }

    private static long setitimer(UserThread t, int which, long newVa, long oldVa) {
        CountdownTimer timer = interval(t, which);
        long periodNs = 0;
        long valueNs = 0;
        if (newVa != 0) {
            byte[] from = t.user().struct(newVa, 32);
            periodNs = timeval(from, 0);
            valueNs = timeval(from, 16);
        }
        if (oldVa != 0) {
            getitimer(t, which, oldVa);
        }
        timer.set(valueNs == 0 ? 0 : Clocks.saturatedAdd(timer.nowNs(), valueNs), periodNs);
        return 0;
    }

    private static long getitimer(UserThread t, int which, long va) {
        CountdownTimer timer = interval(t, which);
        put(t, va, timer.intervalNs(), timer.remainingNs(), 1000);
        return 0;
    }

    /** itimerval (unit 1000 ns) or itimerspec (unit 1 ns): interval, then value. */
    private static void put(UserThread t, long va, long intervalNs, long valueNs, long unitNs) {
        byte[] to = t.user().zeroed(32);
        long roundedNs = valueNs == 0 ? 0 : Math.max(unitNs, valueNs);
        Le.putLong(to, 0, intervalNs / Clocks.NS_PER_S);
        Le.putLong(to, 8, intervalNs % Clocks.NS_PER_S / unitNs);
        Le.putLong(to, 16, roundedNs / Clocks.NS_PER_S);
        Le.putLong(to, 24, roundedNs % Clocks.NS_PER_S / unitNs);
        t.user().putStruct(va, 32);
    }

    private static long create(UserThread t, int clock, long eventVa, long idVa) {
        Clocks.nowNs(t, clock); // EINVAL for clocks that are not there
        if (clock != Clocks.THREAD_CPUTIME && !Clocks.canSleep(clock)) {
            return -Errno.EOPNOTSUPP;
        }
        int signal = Signals.SIGALRM;
        long value = 0;
        boolean isDefault = eventVa == 0;
        UserThread target = null;
        if (!isDefault) {
            byte[] event = t.user().struct(eventVa, SigeventLayout.SIZE);
            int notify = Le.getInt(event, SigeventLayout.NOTIFY);
            signal = Le.getInt(event, SigeventLayout.SIGNO);
            value = Le.getLong(event, SigeventLayout.VALUE);
            if (notify == SIGEV_NONE) {
                signal = 0;
            } else if (notify != SIGEV_SIGNAL && notify != SIGEV_THREAD_ID || !Signals.isValid(signal)) {
                return -Errno.EINVAL;
            }
            if (notify == SIGEV_THREAD_ID) {
                target = threadOf(t, Le.getInt(event, SigeventLayout.NOTIFY + 4));
            }
        }
        PosixTimer timer = new PosixTimer(t.process(), target, clock, signal, value);
        int id = t.process().timers().create(timer);
        if (id < 0) {
            return -Errno.EAGAIN;
        }
        timer.setId(id);
        if (!t.user().memory().putInt(idVa, id)) {
            t.process().timers().delete(id);
            return -Errno.EFAULT;
        }
        return 0;
    }

    private static UserThread threadOf(UserThread t, int tid) {
        for (UserThread thread : t.process().threads()) {
            if (thread.tid() == tid) {
                return thread;
            }
        }
        throw SysError.of(Errno.EINVAL);
    }

    private static PosixTimer find(UserThread t, long id) {
        PosixTimer timer = t.process().timers().posix((int) id);
        if (timer == null) {
            throw SysError.of(Errno.EINVAL);
        }
        return timer;
    }

    private static long settime(UserThread t, PosixTimer timer, int flags, long newVa, long oldVa) {
        byte[] from = t.user().struct(newVa, 32);
        long periodNs = Clocks.fromTimespec(Le.getLong(from, 0), Le.getLong(from, 8));
        long valueNs = Clocks.fromTimespec(Le.getLong(from, 16), Le.getLong(from, 24));
        if (oldVa != 0) {
            gettime(t, timer, oldVa);
        }
        CountdownTimer countdown = timer.countdown();
        long leftNs = (flags & TIMER_ABSTIME) == 0 ? valueNs : Math.max(0, valueNs - Clocks.nowNs(t, timer.clockId()));
        countdown.set(valueNs == 0 ? 0 : Clocks.saturatedAdd(countdown.nowNs(), leftNs), periodNs);
        return 0;
    }

    private static long gettime(UserThread t, PosixTimer timer, long va) {
        put(t, va, timer.countdown().intervalNs(), timer.countdown().remainingNs(), 1);
        return 0;
    }

    private static long delete(UserThread t, long id) {
        find(t, id);
        t.process().timers().delete((int) id);
        return 0;
    }
}
