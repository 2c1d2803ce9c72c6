package org.legoos.emulator.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.legoos.isa.time.HostClock;

/** Every fuzzer for a moment, from a fixed seed; {@code lego fuzz} has more time. */
class FuzzersTest {
    private static final long ROUNDS = 150;
    private static final long SEED = 20181008;
    private static final long LIMIT_NS = 20_000_000_000L;

    static Stream<Fuzzer> all() {
        return Fuzzers.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void findsNothing(Fuzzer fuzzer) {
        HostClock clock = HostClock.instance();
        FuzzRun run = new FuzzRun(clock, SEED, ROUNDS, clock.nowNs() + LIMIT_NS);
        fuzzer.run(run);
        assertThat(run.rounds()).as(fuzzer.name()).isPositive();
    }

    @Test
    void aFindingTellsItsRoundAndTheSeedRepeatsIt() {
        HostClock clock = HostClock.instance();
        long[] first = new long[1];
        for (int i = 0; i < 2; i++) {
            FuzzRun run = new FuzzRun(clock, 7, 10, Long.MAX_VALUE);
            assertThat(run.more()).isTrue();
            assertThat(run.more()).isTrue();
            long number = run.random().nextLong();
            assertThat(i == 0 || number == first[0]).isTrue();
            first[0] = number;
            assertThatThrownBy(() -> run.require(false, "it broke")).hasMessage("round 2: it broke");
        }
    }
}
