package org.legoos.mlx4.udp;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.util.concurrent.atomic.AtomicInteger;
import org.legoos.isa.time.Clock;
import org.legoos.isa.time.Helpers;

/**
 * Who looks at the rings: threads of this process that spin for something anyway, and the receiving thread for a moment after
 * something came. While one of them does, the peers wake nobody; when the last one turns away, it says so to the peers and looks
 * once more.
 */
final class RingWatch implements SelectStrategy, Helpers.Helper {
    /** About what it costs to be put to sleep and woken by a datagram. */
    private static final long SPIN_NS = 50_000;

    private static final int LOOKS = 64;
    /** The socket is looked at each time that the rings were looked at so often. */
    private static final int TURNS_PER_SELECT = 8;

    private final Clock clock;
    private final AtomicInteger watchers = new AtomicInteger();
    private HostRings rings; // null until start and after stop
    private Runnable work;
    private boolean isWatching; // the receiving thread's
    private long quietAtNs;
    private int turns;
    private volatile boolean isRunning;

    RingWatch(Clock clock) {
        this.clock = clock;
    }

    /** @param signal makes the wire's agent empty the rings */
    void start(HostRings all, Runnable signal) {
        rings = all;
        work = signal;
        isRunning = !all.isEmpty();
        if (isRunning) {
            Helpers.add(this);
        }
    }

    void stop() {
        if (isRunning) {
            isRunning = false;
            Helpers.remove(this);
        }
    }

    @Override
    public void entered() {
        if (watchers.getAndIncrement() == 0) {
            rings.stayAwake();
        }
    }

    @Override
    public void help() {
        if (rings.hasMore() && isRunning) {
            work.run();
        }
    }

    @Override
    public void left() {
        if (watchers.decrementAndGet() == 0) {
            rings.mayBeWoken();
            help();
        }
    }

    /** The receiving thread asks what to do next: look at its sockets, go round once more, or sleep on the sockets. */
    @Override
    public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
        if (!isRunning) {
            return hasTasks ? selectNow.get() : SELECT;
        }
        long nowNs = clock.nowNs();
        if (!isWatching) {
            isWatching = true;
            quietAtNs = nowNs + SPIN_NS;
            entered();
        }
        for (int i = 0; i < LOOKS; i++) {
            if (rings.hasMore()) {
                work.run();
                quietAtNs = nowNs + SPIN_NS;
            }
            Thread.onSpinWait();
        }
        if (hasTasks || ++turns % TURNS_PER_SELECT == 0) {
            return selectNow.get();
        }
        if (nowNs < quietAtNs && watchers.get() == 1) {
            Thread.yield();
            return CONTINUE;
        }
        isWatching = false;
        left();
        return SELECT;
    }
}
