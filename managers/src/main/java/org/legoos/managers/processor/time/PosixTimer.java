package org.legoos.managers.processor.time;

import org.legoos.kernel.signal.SigInfo;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.signal.Signalling;

/** A timer of timer_create(2). */
public final class PosixTimer {
    private final CountdownTimer countdown;
    private final int clockId;
    private volatile int id;
    private volatile int lastOverruns;

    /** @param signal what it sends, 0 for nothing; @param target the thread to send to, null for the process */
    public PosixTimer(Process process, UserThread target, int clockId, int signal, long value) {
        this.clockId = clockId;
        this.countdown = new CountdownTimer(process.manager().clock(),
                Clocks.isCpuClock(clockId) ? () -> process.cpuNs() + 1 : null, overruns -> {
                    lastOverruns = overruns;
                    if (signal != 0) {
                        Signalling.send(process, target, SigInfo.timer(signal, id, overruns, value));
                    }
                });
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
