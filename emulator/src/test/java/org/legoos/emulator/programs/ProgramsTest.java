package org.legoos.emulator.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.legoos.emulator.cluster.Topology;
import org.legoos.emulator.conformance.Outcome;

/** Every program of usr/ in a 1P-1M cluster against its native run: stdout, stderr and exit status are equal. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProgramsTest {
    private static final String[] COMMANDS = {
        "hello", "tiny", "tiny a b", "exit", "exit 7", "exit 255", "exit 9 now",
        "args", "args one two=2 -x", "vma", "mremap", "munmap", "large_malloc 4", "brk", "mprotect", "madvise", "mmap_file", "mmap_file shared",
        "pcache_bw", "pcache_conflict", "eviction", "ubench", "memstress 4",
        "seq", "stat", "files", "dirs", "pipe", "pipe die", "dup", "vector", "poll", "random",
        "signal", "signal 15", "signal 9", "sigsegv", "context", "times", "times die", "rlimit", "exec", "errno", "jit",
        "forks", "many 100 100", "strings", "stdio", "float", "simd", "unaligned", "cpu",
        "fault catch", "fault",
        "hello.pie", "args.pie a", "sigsegv.pie",
        "hello.musl", "args.musl one two", "stdin.musl", "stdio.musl", "float.musl", "signal.musl", "signal.musl 15", "sigsegv.musl", "files.musl",
        "times.musl", "cpu.musl",
    };

    private static final String[] FAULTS = {
        "null_read", "null_write", "null_call", "wild_read", "wild_call", "noncanonical", "kernel_address", "write_constant", "write_text",
        "execute_data", "none_read", "readonly_write", "divide", "divide_overflow", "illegal", "breakpoint", "halt", "port",
        "read_cr3", "abort", "stack_overflow",
    };

    /** What is known to differ, and why. Such a run is reported as aborted, and as passed once it no longer differs. */
    private static final Map<String, String> KNOWN_DIFFERENCES = Map.of(
            "fault misaligned", "the engine does not check the alignment of SSE operands",
            "float flags", "the engine's SSE instructions raise no flags in MXCSR",
            "float x87", "the engine computes the x87's functions with 53 bits",
            "jit self", "the engine finishes a basic block that changes itself with the old code",
            "mmap_file writes", "a shared mapping does not show what write() does to its file");

    private static GuestRunner guest;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        UsrPrograms.build();
        guest = new GuestRunner(Topology.load("1P-1M"));
        for (Path program : UsrPrograms.all()) {
            guest.file("/usr/" + program.getFileName(), program);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (guest != null) {
            guest.close();
        }
    }

    private static List<ProgramCase> cases() {
        List<ProgramCase> cases = new ArrayList<>();
        for (String command : COMMANDS) {
            cases.add(ProgramCase.of(command));
        }
        for (String fault : FAULTS) {
            cases.add(ProgramCase.of("fault " + fault));
        }
        byte[] text = "a line\nanother line\n\nno end".getBytes(StandardCharsets.US_ASCII);
        byte[] much = new byte[300_000];
        for (int i = 0; i < much.length; i++) {
            much[i] = (byte) (i * 31 >> 4);
        }
        cases.add(ProgramCase.of("stdin"));
        cases.add(ProgramCase.of("stdin lines", text));
        cases.add(ProgramCase.of("stdin bytes", text));
        cases.add(ProgramCase.of("stdin bytes", much));
        cases.add(ProgramCase.of("stdin blocks", much));
        return cases;
    }

    private static void compare(ProgramCase run) throws IOException, InterruptedException {
        guest.compare(UsrPrograms.path(run.program()), "/usr/" + run.program(), run.arguments(), run.stdin());
    }

    @TestFactory
    Stream<DynamicTest> nativeAndGuestRunsAreEqual() {
        return cases().stream()
                .filter(run -> !run.program().endsWith(".musl") || UsrPrograms.exists(run.program()))
                .map(run -> dynamicTest(run.name(), () -> compare(run)));
    }

    @TestFactory
    Stream<DynamicTest> knownDifferences() {
        return KNOWN_DIFFERENCES.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(known -> dynamicTest(known.getKey(), () -> {
                    try {
                        compare(ProgramCase.of(known.getKey()));
                    } catch (AssertionError e) {
                        Assumptions.abort(known.getValue() + "\n" + e.getMessage());
                    }
                }));
    }

    /** The one program whose output is different by intent: it shows who it runs on. */
    @Test
    void generalShowsTheSystem() {
        Outcome general = guest.run("/usr/general", List.of(), new byte[0]);
        assertThat(general.status()).isZero();
        assertThat(general.stderr()).isEmpty();
        assertThat(general.stdout().lines().toList()).satisfiesExactly(
                line -> assertThat(line).matches("pid: \\d+"),
                line -> assertThat(line).matches("gettimeofday\\(\\): tv_sec: \\d+, tv_usec: \\d+"),
                line -> assertThat(line).matches("time\\(NULL\\): \\d+"),
                line -> assertThat(line).isEqualTo("uname():"),
                line -> assertThat(line).isEqualTo("  sysname: Linux"),
                line -> assertThat(line).isEqualTo("  nodename: processor0"),
                line -> assertThat(line).isEqualTo("  release: 4.0.0-lego"),
                line -> assertThat(line).startsWith("  version: "),
                line -> assertThat(line).isEqualTo("  machine: x86_64"),
                line -> assertThat(line).isEqualTo("getrlimit(): RLIMIT_STACK, cur: 8388608, max: -1"),
                line -> assertThat(line).matches("set_tid_address\\(\\): return tgid: \\d+"),
                line -> assertThat(line).matches("gettimeofday\\(\\): tv_sec: \\d+, tv_usec: \\d+"));
    }
}
