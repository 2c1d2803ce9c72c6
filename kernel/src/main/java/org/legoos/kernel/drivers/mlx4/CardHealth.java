package org.legoos.kernel.drivers.mlx4;

import java.util.concurrent.atomic.AtomicBoolean;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.drivers.pci.Mmio;

/**
 * Watches for a card that has stopped by an internal error (Linux catas.c): looks into its error buffer every few
 * seconds, and at once when the card sends the event, and tells once.
 */
final class CardHealth {
    /** MLX4_CATAS_POLL_INTERVAL. */
    static final long PERIOD_NS = 5_000_000_000L;

    private final HostResources host;
    private final String name;
    private final Mmio bar;
    private final long errorBuffer;
    private final Clock.Timer timer;
    private final AtomicBoolean hasFailed = new AtomicBoolean();
    private volatile boolean isWatching;
    private volatile Runnable onFailure = () -> { };

    /** @param errorBuffer where QUERY_FW says that the buffer lies in {@code bar} */
    CardHealth(HostResources host, String name, Mmio bar, long errorBuffer) {
        this.host = host;
        this.name = name;
        this.bar = bar;
        this.errorBuffer = errorBuffer;
        timer = host.clock().newTimer(this::look);
    }

    /** @param whenFailed runs once, on any thread; short, never blocking */
    void start(Runnable whenFailed) {
        onFailure = whenFailed;
        isWatching = true;
        look();
    }

    void stop() {
        isWatching = false;
        timer.cancel();
    }

    boolean hasFailed() {
        return hasFailed.get();
    }

    /** The card says so itself: its buffer says what, but need not. */
    void failureReported() {
        fail(bar.read32Be(errorBuffer));
    }

    private void look() {
        if (!isWatching) {
            return;
        }
        int word = bar.read32Be(errorBuffer);
        if (word != 0) {
            fail(word);
        } else {
            timer.arm(host.clock().nowNs() + PERIOD_NS);
        }
    }

    private void fail(int word) {
        if (hasFailed.compareAndSet(false, true)) {
            host.log().warn("%s: Internal error detected: 0x%08x. The card has stopped: all work on it ends with errors", name, word);
            onFailure.run();
        }
    }
}
