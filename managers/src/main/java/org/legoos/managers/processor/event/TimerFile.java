package org.legoos.managers.processor.event;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.core.WaitList;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.time.CountdownTimer;

/** timerfd_create(2): reads tell how often the timer went off since the last one. Thread-safe. */
public final class TimerFile extends AnonymousFile {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final int clockId;
    private final CountdownTimer countdown;
    private final WaitList waiters = new WaitList();
    private long ticks; // guarded by this

    public TimerFile(Clock clock, int clockId, int flags) {
        super("[timerfd]", flags | OpenFlags.O_RDWR);
        this.clockId = clockId;
        this.countdown = new CountdownTimer(clock, null, this::expired);
    }

    public int clockId() {
        return clockId;
    }

    private void expired(int overruns) {
        synchronized (this) {
            ticks += 1L + overruns;
        }
        waiters.wake(OpenFlags.READABLE);
    }

    /** Arms for a time of the node's clock, 0 disarms; expiries so far are forgotten. */
    public void set(long deadlineNs, long intervalNs) {
        countdown.cancel();
        synchronized (this) {
            ticks = 0;
        }
        countdown.set(deadlineNs, intervalNs);
    }

    public long remainingNs() {
        return countdown.remainingNs();
    }

    public long intervalNs() {
        return countdown.intervalNs();
    }

    @Override
    protected void closed() {
        countdown.cancel();
    }

    @Override
    public int read(UserThread t, MemorySegment to, long at, int lengthBytes, long offset) {
        if (lengthBytes < Long.BYTES) {
            return -Errno.EINVAL;
        }
        synchronized (this) {
            if (ticks == 0) {
                return -Errno.EAGAIN;
            }
            to.set(LONG, at, ticks);
            ticks = 0;
        }
        return Long.BYTES;
    }

    @Override
    public synchronized int poll() {
        return ticks != 0 ? OpenFlags.READABLE : 0;
    }

    @Override
    public WaitList waiters() {
        return waiters;
    }
}
