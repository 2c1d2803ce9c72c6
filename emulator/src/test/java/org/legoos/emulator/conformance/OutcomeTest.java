package org.legoos.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The comparison that all differential tests rest on. */
class OutcomeTest {
    private static final Outcome NATIVE = new Outcome(0, "one\ntwo\nthree\nfour\n", "");

    @Test
    void equalRunsDoNotDiffer() {
        assertThat(new Outcome(0, "one\ntwo\nthree\nfour\n", "").differenceFrom(NATIVE)).isEmpty();
    }

    @Test
    void aChangedLineIsShownWithWhatStandsBeforeIt() {
        String difference = new Outcome(139, "one\ntwo\n3\nfour\n", "").differenceFrom(NATIVE);
        assertThat(difference)
                .contains("exit status: native 0, guest 139")
                .contains("stdout differs at line 3")
                .contains("  two\n- three\n+ 3\n")
                .doesNotContain("four");
    }

    @Test
    void missingAndAddedLinesAreShown() {
        assertThat(new Outcome(0, "one\n", "").differenceFrom(NATIVE)).contains("- two\n- three\n- four\n");
        assertThat(new Outcome(0, NATIVE.stdout(), "oops \1\n").differenceFrom(NATIVE)).contains("stderr differs").contains("oops \\x01");
    }
}
