package org.legoos.managers.processor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Static glibc programs on the whole stack but the card, compared with the host's Linux line by line. */
class RealProgramsTest {
    @TempDir
    Path directory;

    private final byte[] input = "input\n".getBytes(StandardCharsets.US_ASCII);

    private Path compiled(String name) throws Exception {
        try (InputStream in = RealProgramsTest.class.getResourceAsStream(name + ".c")) {
            Path program = ProgramRig.compile(directory, name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            assumeTrue(program != null, "no C compiler");
            return program;
        }
    }

    private void sameAsNative(String name, String... args) throws Exception {
        Path program = compiled(name);
        ProgramRig.Result expected = ProgramRig.runNative(program, input, args);
        try (ProgramRig rig = new ProgramRig(List.of(program), null)) {
            ProgramRig.Result got = rig.run(input, "/bin/" + name, args);
            assertThat(got.failure()).isNull();
            assertThat(differences(expected.output(), got.output())).isEmpty();
            assertThat(got.exitCode()).isEqualTo(expected.exitCode());
            assertThat(rig.log()).doesNotContain("BUG");
        }
    }

    private static List<String> differences(String expected, String got) {
        List<String> wanted = expected.lines().toList();
        List<String> lines = got.lines().toList();
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(wanted.size(), lines.size()); i++) {
            String is = i < lines.size() ? lines.get(i) : "(end)";
            String should = i < wanted.size() ? wanted.get(i) : "(end)";
            if (!is.equals(should)) {
                differences.add("line " + (i + 1) + ": " + is + " but native: " + should);
            }
        }
        return differences;
    }

    @Test
    void printsReadsAndExits() throws Exception {
        sameAsNative("hello", "world");
    }

    @Test
    void filesAndDescriptors() throws Exception {
        sameAsNative("files");
    }

    @Test
    void signals() throws Exception {
        sameAsNative("signals");
    }

    @Test
    void identityTimeAndPseudoFiles() throws Exception {
        sameAsNative("misc");
    }

    @Test
    void tracesCalls() throws Exception {
        List<String> lines = new ArrayList<>();
        Path program = compiled("hello");
        try (ProgramRig rig = new ProgramRig(List.of(program), (pid, text) -> lines.add(text))) {
            rig.run(input, "/bin/hello", "x");
        }
        assertThat(lines).anyMatch(line -> line.replaceAll(" += ", " = ").equals("write(1, \"hello 2 x\\ngot input\\n\", 20) = 20"));
        assertThat(lines).anyMatch(line -> line.matches("arch_prctl\\(ARCH_SET_FS, 0x[0-9a-f]+\\) += 0"));
        assertThat(lines).contains("exit_group(42)                          = ?", "+++ exited with 42 +++");
        assertThat(lines).contains("% time     seconds  usecs/call     calls    errors syscall");
    }

    @Test
    void survivesRandomCalls() throws Exception {
        long firstSeed = Long.getLong("legoos.seed", 1);
        int count = Integer.getInteger("legoos.fuzzCalls", 3_000);
        Path program = compiled("fuzz");
        try (ProgramRig rig = new ProgramRig(List.of(program), null)) {
            for (long seed = firstSeed; seed < firstSeed + 3; seed++) {
                ProgramRig.Result got = rig.run(input, "/bin/fuzz", Long.toString(seed), Integer.toString(count));
                assertThat(rig.log().lines().filter(line -> line.contains("BUG") || line.contains("  at ")))
                        .as("-Dlegoos.seed=%d", seed).isEmpty();
                assertThat(got.exitCode()).as("-Dlegoos.seed=%d%n%s", seed, rig.log().lines().filter(line -> !line.contains("Missing")).toList()).isEqualTo(77);
            }
        }
    }

    @Test
    void saysWhyAProgramCannotRun() throws Exception {
        try (ProgramRig rig = new ProgramRig(List.of(), null)) {
            assertThat(rig.run(input, "/bin/none").exitCode()).isEqualTo(127);
            ProgramRig.Result notElf = rig.run(input, "/etc/passwd");
            assertThat(notElf.exitCode()).isEqualTo(126);
            assertThat(notElf.failure()).startsWith("/etc/passwd: ");
        }
    }
}
