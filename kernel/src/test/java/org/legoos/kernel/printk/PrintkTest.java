package org.legoos.kernel.printk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.legoos.isa.time.VirtualClock;

class PrintkTest {
    private final VirtualClock clock = new VirtualClock();
    private final Printk log = new Printk(clock);
    private final List<String> console = new ArrayList<>();

    @Test
    void stampsSecondsAndMicroseconds() {
        log.register((level, line) -> console.add(line));
        clock.advanceTo(12_000_345_678L);
        log.info("QP %d", 80);
        assertThat(console).containsExactly("[   12.000345] QP 80");
    }

    @Test
    void aLateConsoleGetsWhatWasSaidBefore() {
        log.warn("early\nlines");
        log.register((level, line) -> console.add(line));
        assertThat(console).containsExactly("[    0.000000] early", "[    0.000000] lines");
    }

    @Test
    void debugGoesToTheRingOnly() {
        log.register((level, line) -> console.add(line));
        log.debug("detail");
        assertThat(console).isEmpty();
        assertThat(log.dump()).endsWith("detail");
    }

    @Test
    void theRingIsBoundedAndKeepsTheNewest() {
        for (int i = 0; i < 20_000; i++) {
            log.info("line %d", i);
        }
        assertThat(log.dump().length()).isLessThanOrEqualTo(Printk.RING_BYTES);
        assertThat(log.dump()).endsWith("line 19999").doesNotContain("line 0\n");
    }

    @Test
    void onceIsOnceForEachKey() {
        log.register((level, line) -> console.add(line));
        log.once(LogLevel.NOTICE, "a", "first %d", 1);
        log.once(LogLevel.NOTICE, "a", "first %d", 2);
        log.once(LogLevel.NOTICE, "b", "second");
        assertThat(console).hasSize(2);
    }
}
