package org.legoos.managers.processor.time;

import org.legoos.kernel.signal.SigInfo;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.signal.Signalling;

/**
 * A timer of timer_create(2). Its signal is pending at most once; what expires meanwhile is counted as overruns and
 * told when the signal is taken. Thread-safe.
 */
public final class PosixTimer {
    /** DELAYTIMER_MAX. */
    private static final long OVERRUNS_MAX = Integer.MAX_VALUE;

    private final Process process;
    private final UserThread target;
    private final CountdownTimer countdown;
    private final int clockId;
    private final int signal;
    private final long value;
    private volatile int id;
    private volatile int lastOverruns;
    private boolean isPending; // guarded by this
    private long missed; // guarded by this

    /** @param signal what it sends, 0 for nothing; @param target the thread to send to, null for the process */
    public PosixTimer(Process process, UserThread target, int clockId, int signal, long value) {
        this.process = process;
        this.target = target;
        this.clockId = clockId;
        this.signal = signal;
        this.value = value;
        this.countdown = new CountdownTimer(process.manager().clock(),
                Clocks.isCpuClock(clockId) ? () -> process.cpuNs() + 1 : null, this::expired);
    }

    private void expired(int overruns) {
        if (signal == 0) {
            return;
        }
        synchronized (this) {
            if (isPending) {
                missed += overruns + 1L;
                return;
            }
            isPending = true;
            missed = overruns;
        }
        SigInfo info = SigInfo.timer(signal, id, 0, value).from(queued -> taken());
        int error = Signalling.send(process, target, info);
        if (error != 0 || !info.wasQueued()) {
            synchronized (this) {
                isPending = false;
            }
        }
    }

    private synchronized SigInfo taken() {
        isPending = false;
        lastOverruns = (int) Math.min(OVERRUNS_MAX, missed);
        return SigInfo.timer(signal, id, lastOverruns, value);
    }

    public void setId(int newId) {
        id = newId;
    }

    public int clockId() {
        return clockId;
    }

    public CountdownTimer countdown() {
        return countdown;
    }

    public int lastOverruns() {
        return lastOverruns;
    }
}
