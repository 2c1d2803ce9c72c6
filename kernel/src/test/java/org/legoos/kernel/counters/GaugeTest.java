package org.legoos.kernel.counters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GaugeTest {
    @Test
    void tellsWhatThereIsNowAndTheLastOneOfANameCounts() {
        Counters counters = new Counters();
        AtomicLong held = new AtomicLong(3);
        counters.gauge("held", () -> -1);
        counters.gauge("held", held::get);
        Gauge gauge = counters.gauges().iterator().next();
        assertThat(gauge.name()).isEqualTo("held");
        assertThat(gauge.value()).isEqualTo(3);
        held.set(4);
        assertThat(gauge.value()).isEqualTo(4);
        assertThat(counters.gauges()).hasSize(1);
    }
}
