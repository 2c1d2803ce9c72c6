package org.legoos.managers.processor.core;

import java.util.Map;
import java.util.WeakHashMap;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.signal.Signals;

/**
 * RLIMIT_RTTIME of a process: microseconds that a thread under SCHED_FIFO or SCHED_RR may use without a system call that sleeps.
 * SIGXCPU at the soft limit, which is a second more then, SIGKILL at the hard one (Linux's watchdog() in kernel/sched/rt.c). A timer looks
 * again when the limit can be reached at the earliest.
 */
final class RealTimeWatch {
    private static final long NS_PER_US = 1000;
    private static final long US_PER_S = 1_000_000;
    /** Not sooner, however little is left: Linux looks with each tick. */
    private static final long LOOK_NS = 4_000_000;
    /** Not later: a thread may have become a real-time one. */
    private static final long LOOK_MAX_NS = 100_000_000;

    private final Process process;
    private final Clock clock;
    private final Map<UserThread, Since> threads = new WeakHashMap<>(); // guarded by this
    private Clock.Timer timer; // guarded by this; made at the first limit
    private boolean isOver; // guarded by this

    /** What a thread had used when it last slept, or was first seen under a real-time policy. */
    private record Since(long sleeps, long cpuNs) {}

    RealTimeWatch(Process process) {
        this.process = process;
        this.clock = process.manager().clock();
    }

    /** The limit is another one, or the process has just begun with one. */
    synchronized void changed() {
        if (isOver || process.rlimits().soft(Rlimits.RTTIME) == Rlimits.INFINITY) {
            return;
        }
        if (timer == null) {
            timer = clock.newTimer(this::look);
        }
        timer.arm(clock.nowNs() + LOOK_NS);
    }

    synchronized void cancel() {
        isOver = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    private void look() {
        int signal = 0;
        synchronized (this) {
            long softUs = process.rlimits().soft(Rlimits.RTTIME);
            if (isOver || softUs == Rlimits.INFINITY) {
                return;
            }
            long usedUs = longestNs() / NS_PER_US;
            long hardUs = process.rlimits().hard(Rlimits.RTTIME);
            if (Long.compareUnsigned(usedUs, hardUs) > 0) {
                signal = Signals.SIGKILL;
            } else if (Long.compareUnsigned(usedUs, softUs) > 0) {
                signal = Signals.SIGXCPU;
                softUs += US_PER_S;
                process.rlimits().set(Rlimits.RTTIME, softUs, hardUs);
            }
            if (signal != Signals.SIGKILL) {
                long leftUs = Math.clamp(softUs - usedUs, 0, LOOK_MAX_NS / NS_PER_US);
                timer.arm(clock.nowNs() + Math.max(LOOK_NS, leftUs * NS_PER_US));
            }
        }
        if (signal != 0) {
            process.send(SigInfo.fromKernel(signal));
        }
    }

    /** What the thread has used that has gone on for longest without a sleep. */
    private long longestNs() {
        long longest = 0;
        for (UserThread thread : process.threads()) {
            if (!thread.scheduling().isRealTime()) {
                threads.remove(thread);
                continue;
            }
            long sleeps = thread.sleeps();
            long cpuNs = thread.cpuNs();
            Since since = threads.get(thread);
            if (since == null || since.sleeps != sleeps) {
                threads.put(thread, new Since(sleeps, cpuNs));
            } else {
                longest = Math.max(longest, cpuNs - since.cpuNs);
            }
        }
        return longest;
    }
}
