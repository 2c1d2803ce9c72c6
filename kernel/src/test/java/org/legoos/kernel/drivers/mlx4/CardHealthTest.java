package org.legoos.kernel.drivers.mlx4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.legoos.isa.bus.MmioBus;
import org.legoos.isa.bus.MmioDevice;
import org.legoos.isa.time.VirtualClock;
import org.legoos.kernel.drivers.pci.Mmio;
import org.legoos.kernel.printk.Printk;

/** The poll of the error buffer, for a card that cannot even send an event. */
class CardHealthTest {
    private static final long BAR_PA = 0x1_0000_0000L;
    private static final int ERROR_BUFFER = 0x40;

    private final VirtualClock clock = new VirtualClock();
    private final Printk log = new Printk(clock);
    private final AtomicInteger failures = new AtomicInteger();
    private int word;

    private CardHealth health() {
        MmioBus bus = new MmioBus();
        bus.map(BAR_PA, 4096, new MmioDevice() {
            @Override
            public long read(long offset, int sizeBytes) {
                return offset == ERROR_BUFFER ? Integer.toUnsignedLong(Integer.reverseBytes(word)) : 0;
            }

            @Override
            public void write(long offset, int sizeBytes, long value) { }
        });
        HostResources host = new HostResources(null, null, clock, log);
        return new CardHealth(host, "mlx4_core", new Mmio(bus, BAR_PA, 4096), ERROR_BUFFER);
    }

    @Test
    void anErrorIsNoticedWithinAPeriodAndToldOnce() {
        CardHealth health = health();
        health.start(failures::incrementAndGet);
        clock.advanceTo(20 * CardHealth.PERIOD_NS);
        assertThat(health.hasFailed()).isFalse();
        word = 0x0bad_cafe;
        clock.advanceTo(21 * CardHealth.PERIOD_NS);
        assertThat(failures).hasValue(1);
        assertThat(log.dump()).contains("Internal error detected: 0x0badcafe");
        health.failureReported();
        clock.advanceTo(30 * CardHealth.PERIOD_NS);
        assertThat(failures).hasValue(1);
        assertThat(clock.advanceToNextTimer()).as("looks no more").isFalse();
    }

    @Test
    void aDriverThatIsGoneLooksNoMore() {
        CardHealth health = health();
        health.start(failures::incrementAndGet);
        health.stop();
        word = 1;
        clock.advanceTo(3 * CardHealth.PERIOD_NS);
        assertThat(failures).hasValue(0);
    }
}
