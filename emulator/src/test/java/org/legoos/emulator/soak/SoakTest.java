package org.legoos.emulator.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.legoos.emulator.usr.UsrTree;

/** Some hundred operations of each kind leave nothing on any node; {@code lego soak} does millions. */
class SoakTest {
    private static final int ROUNDS = 3;
    private static final long COUNT = 800;

    static Stream<SoakKind> kinds() {
        return SoakKind.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void nodesHoldNoMoreAfterwards(SoakKind kind) throws IOException {
        long count = kind.name().equals("execs") ? COUNT / 10 : COUNT;
        SoakReport report = new Soak(UsrTree.ofHome(), false, false, ROUNDS, line -> { }).run(kind, count);
        assertThat(report.growth()).as(report.table().toText()).isEmpty();
    }
}
