package org.legoos.managers.processor.time;

import org.legoos.isa.time.Clock;
import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.signal.Signals;
import org.legoos.managers.processor.core.Process;

/** The timers of a process: the three of setitimer(2), and those of timer_create(2). Thread-safe. */
public final class ProcessTimers {
    public static final int ITIMER_REAL = 0;
    public static final int ITIMER_VIRTUAL = 1;
    public static final int ITIMER_PROF = 2;

    /** POSIX timers of one process: a limit so that none eats the clock. */
    public static final int POSIX_MAX = 256;

    private final Process process;
    private final CountdownTimer[] interval = new CountdownTimer[3]; // guarded by this
    private final PosixTimer[] posix = new PosixTimer[POSIX_MAX]; // guarded by this

    public ProcessTimers(Process process) {
        this.process = process;
    }

    /** One of the setitimer timers, made at first use. */
    public synchronized CountdownTimer interval(int which) {
        if (interval[which] == null) {
            interval[which] = switch (which) {
                case ITIMER_REAL -> countdown(false, Signals.SIGALRM);
                case ITIMER_VIRTUAL -> countdown(true, Signals.SIGVTALRM);
                default -> countdown(true, Signals.SIGPROF);
            };
        }
        return interval[which];
    }

    private CountdownTimer countdown(boolean isCpuTime, int signal) {
        Clock clock = process.manager().clock();
        return new CountdownTimer(clock, isCpuTime ? () -> process.cpuNs() + 1 : null,
                overruns -> process.send(SigInfo.fromKernel(signal)));
    }

    /** @return the id, or -1 when there are too many */
    public synchronized int create(PosixTimer timer) {
        for (int id = 0; id < POSIX_MAX; id++) {
            if (posix[id] == null) {
                posix[id] = timer;
                return id;
            }
        }
        return -1;
    }

    /** The timer, or null. */
    public synchronized PosixTimer posix(long id) {
        return id >= 0 && id < POSIX_MAX ? posix[(int) id] : null;
    }

    public void delete(int id) {
        PosixTimer timer;
        synchronized (this) {
            timer = posix[id];
            posix[id] = null;
        }
        if (timer != null) {
            timer.countdown().cancel();
        }
    }

    /** execve: POSIX timers go, interval timers stay. */
    public void deletePosix() {
        for (int id = 0; id < POSIX_MAX; id++) {
            delete(id);
        }
    }

    public void cancelAll() {
        deletePosix();
        synchronized (this) {
            for (CountdownTimer timer : interval) {
                if (timer != null) {
                    timer.cancel();
                }
            }
        }
    }
}
