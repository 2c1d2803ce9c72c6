package org.legoos.emulator.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.legoos.kernel.syscall.SyscallTable;

class SyscallCoverageTest {
    @Test
    void addsUpWhatProgramsPrintAndNamesWhatIsMissing() {
        SyscallTable<Object> table = new SyscallTable<>();
        table.full("read", (t, a, b, c, d, e, f) -> 0).full("write", (t, a, b, c, d, e, f) -> 0).full("open", (t, a, b, c, d, e, f) -> 0);
        table.none("uselib", "gone");
        SyscallCoverage coverage = new SyscallCoverage();
        coverage.add("0 0 5\n0 14 2\nnonsense\n");
        coverage.add("0 14 1\n2 2 1\n");
        assertThat(coverage.summary(table)).isEqualTo("9 calls; 2 of 3 implemented calls reached, in 3 pairs of call and errno; not reached: write");
        assertThat(coverage.lines()).hasSize(2);
        assertThat(coverage.lines().getFirst()).startsWith("read ").endsWith("ok 5, EFAULT 3");
    }
}
