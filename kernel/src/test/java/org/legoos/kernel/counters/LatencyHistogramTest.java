package org.legoos.kernel.counters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    @Test
    void bucketsAreContiguousAndAtMostAnEighthWide() {
        for (long ns = 0; ns < 100_000; ns++) {
            int bucket = LatencyHistogram.bucket(ns);
            assertThat(LatencyHistogram.lowestOf(bucket)).isLessThanOrEqualTo(ns);
            assertThat(LatencyHistogram.lowestOf(bucket + 1)).isGreaterThan(ns);
            assertThat(ns - LatencyHistogram.lowestOf(bucket)).isLessThanOrEqualTo(ns / 8);
        }
        assertThat(LatencyHistogram.bucket(Long.MAX_VALUE)).isPositive();
    }

    @Test
    void percentilesAgreeWithSortedValues() {
        LatencyHistogram histogram = new Counters().histogram("h");
        Random random = new Random(7);
        long[] values = random.longs(5000, 100, 1_000_000).toArray();
        for (long value : values) {
            histogram.recordNs(value);
        }
        Arrays.sort(values);
        assertThat((double) histogram.percentileNs(50)).isBetween(values[2499] * 0.87, values[2499] * 1.0);
        assertThat((double) histogram.percentileNs(99)).isBetween(values[4949] * 0.87, values[4949] * 1.0);
    }
}
