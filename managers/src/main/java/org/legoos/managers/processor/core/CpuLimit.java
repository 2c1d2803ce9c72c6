package org.legoos.managers.processor.core;

import org.legoos.isa.time.Clock;
import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.signal.Signals;

/**
 * RLIMIT_CPU of a process: SIGXCPU at the soft limit and each second after it, SIGKILL at the hard one; and RLIMIT_RTTIME, which
 * {@link RealTimeWatch} keeps. A timer looks again when the limit can be reached at the earliest, which is when all CPUs have run the
 * process until then.
 */
final class CpuLimit {
    private static final long NS_PER_S = 1_000_000_000L;
    /** Not sooner, however little is left. */
    private static final long LOOK_NS = 10_000_000;

    private final Process process;
    private final Clock clock;
    private Clock.Timer timer; // guarded by this; made at the first limit
    private long warnedS; // CPU seconds at which SIGXCPU was sent last; guarded by this
    private boolean isOver; // guarded by this
    private final RealTimeWatch realTime;

    CpuLimit(Process process) {
        this.process = process;
        this.clock = process.manager().clock();
        this.realTime = new RealTimeWatch(process);
    }

    /** The limit is another one, or the process has just begun with one. */
    synchronized void changed() {
        realTime.changed();
        if (isOver || process.rlimits().soft(Rlimits.CPU) == Rlimits.INFINITY && timer == null) {
            return;
        }
        if (timer == null) {
            timer = clock.newTimer(this::look);
        }
        warnedS = 0;
        timer.arm(clock.nowNs() + LOOK_NS);
    }

    synchronized void cancel() {
        isOver = true;
        realTime.cancel();
        if (timer != null) {
            timer.cancel();
        }
    }

    private void look() {
        long usedNs = process.cpuNs();
        long softS = process.rlimits().soft(Rlimits.CPU);
        long hardS = process.rlimits().hard(Rlimits.CPU);
        boolean isDead = hardS != Rlimits.INFINITY && usedNs / NS_PER_S >= hardS;
        boolean isWarned = false;
        synchronized (this) {
            if (isOver || softS == Rlimits.INFINITY) {
                return;
            }
            long dueS = Math.max(softS, warnedS + 1);
            if (!isDead && usedNs / NS_PER_S >= dueS) {
                isWarned = true;
                warnedS = usedNs / NS_PER_S;
                dueS = warnedS + 1;
            }
            if (!isDead) {
                long leftNs = dueS * NS_PER_S - usedNs;
                int cpus = Math.max(1, Math.min(process.threads().size(), process.manager().cpuCount()));
                timer.arm(clock.nowNs() + Math.max(LOOK_NS, leftNs / cpus));
            }
        }
        if (isDead || isWarned) {
            process.send(SigInfo.fromKernel(isDead ? Signals.SIGKILL : Signals.SIGXCPU));
        }
    }
}
