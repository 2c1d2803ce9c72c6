package org.legoos.emulator.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SoakReportTest {
    private static SoakReport of(String name, boolean isEnded, long... values) {
        Samples samples = new Samples();
        for (long value : values) {
            samples.add(Map.of(name, value));
        }
        return new SoakReport("test", 1000, 1, samples, isEnded);
    }

    @Test
    void whatGoesUpAndDownIsNoGrowth() {
        assertThat(of("p/pids", true, 0, 2, 5, 3, 2, 4, 2, 0).growth()).isEmpty();
    }

    @Test
    void onePidMoreInEachRoundIs() {
        assertThat(of("p/pids", true, 0, 2, 3, 4, 5, 6, 7, 0).growth()).containsExactly("p/pids grew by 4");
    }

    @Test
    void whatIsLeftAfterTheProgramIsTold() {
        assertThat(of("p/threads", true, 0, 2, 2, 2, 1).growth()).containsExactly("p/threads: 1 left");
        assertThat(of("p/threads", false, 0, 2, 2, 2, 2).growth()).isEmpty();
    }

    @Test
    void pagesAndTheHostMayMoveALittle() {
        assertThat(of("m/memory_frames", true, 100, 110, 112, 119, 108).growth()).isEmpty();
        assertThat(of("m/memory_frames", true, 100, 110, 140, 170, 100).growth()).containsExactly("m/memory_frames grew by 60");
        assertThat(of("host/heap_bytes", true, 0, 8_000_000, 8_100_000, 8_200_000, 9_999_999).growth()).isEmpty();
        assertThat(of("object/org.legoos.X", true, 0, 100, 1100, 2100, 2100).growth()).containsExactly("object/org.legoos.X grew by 2000");
    }

    @Test
    void aGaugeThatComesLaterWasZeroBefore() {
        Samples samples = new Samples();
        samples.add(Map.of());
        samples.add(Map.of("a", 1L));
        assertThat(samples.at(0, "a")).isZero();
        assertThat(samples.at(1, "a")).isEqualTo(1);
        assertThat(samples.at(1, "b")).isZero();
    }
}
