package org.legoos.emulator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.legoos.emulator.usr.UsrTree;

/** One small cluster that gets bad programs, greedy ones and many of them: it lives and leaks nothing. */
class ManyProgramsTest {
    private static final UsrTree USR = UsrTree.ofHome();

    @TempDir
    private static Path directory;

    private static Cluster cluster;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        USR.make("hello", "exit", "fault", "large_malloc");
        byte[] hello = Files.readAllBytes(USR.path("hello"));
        ClusterOptions options = new ClusterOptions().serialDir(directory.resolve("serial"))
                .file("/hello", USR.path("hello")).file("/exit", USR.path("exit")).file("/fault", USR.path("fault"))
                .file("/large_malloc", USR.path("large_malloc"))
                .file("/etc/hostname", write("name", "mine\n".getBytes(StandardCharsets.US_ASCII)))
                .file("/größe", write("utf8", hello))
                .file("/text", write("text", "no program\n".getBytes(StandardCharsets.US_ASCII)))
                .file("/empty", write("empty", new byte[0]))
                .file("/script", write("script", "#!/bin/sh\n".getBytes(StandardCharsets.US_ASCII)))
                .file("/elf32", write("elf32", patched(hello, 4, 1)))
                .file("/arm", write("arm", patched(hello, 18, 183)))
                .file("/cut", write("cut", java.util.Arrays.copyOf(hello, 1000)));
        cluster = Cluster.start(Topology.load("1P-1M").withExcache(4 << 20).withMemoryRam(64 << 20), options);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static Path write(String name, byte[] content) throws IOException {
        Path file = Files.write(directory.resolve(name), content);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private static byte[] patched(byte[] original, int offset, int value) {
        byte[] copy = original.clone();
        copy[offset] = (byte) value;
        return copy;
    }

    private static RunResult run(String... argv) {
        return cluster.run(argv[0], List.of(argv), new byte[0]);
    }

    private static void assertHelloRuns() {
        RunResult result = run("/hello");
        assertThat(result.stdout()).isEqualTo("hello, world\n");
        assertThat(result.status()).isZero();
    }

    @Test
    void whatIsNoProgramIsSaidWhyInOneLine() {
        record Bad(String path, int status, String why) {}
        List<Bad> all = List.of(new Bad("/text", 126, "not an ELF file"), new Bad("/empty", 126, "not an ELF file"),
                new Bad("/elf32", 126, "32-bit"), new Bad("/arm", 126, "AArch64"), new Bad("/cut", 126, "truncated"),
                new Bad("/script", 126, "a script for /bin/sh"), new Bad("/etc", 126, "permission denied"),
                new Bad("/nothing", 127, "no such file"), new Bad("/hello/x", 127, "not a directory"));
        for (Bad bad : all) {
            RunResult result = run(bad.path());
            assertThat(result.stderr()).as(bad.path()).contains(bad.why()).doesNotContain("\n");
            assertThat(result.status()).as(bad.path()).isEqualTo(bad.status());
        }
        assertHelloRuns();
    }

    @Test
    void aFaultIsReportedWithRegistersInstructionAndSymbol() {
        assertThat(run("/fault", "null_write").status()).isEqualTo(128 + 11);
        assertThat(run("/fault", "divide").status()).isEqualTo(128 + 8);
        assertThat(run("/fault", "illegal").status()).isEqualTo(128 + 4);
        assertThat(run("/fault", "breakpoint").status()).isEqualTo(128 + 5);
        assertThat(run("/fault", "stack_overflow").status()).isEqualTo(128 + 11);
        String log = cluster.processor().kernel().log().dump();
        assertThat(log).contains("killed by SIGSEGV at 0x0 ").containsPattern("divide\\+0x[0-9a-f]+: idiv ")
                .containsPattern("illegal\\+0x[0-9a-f]+: ud2").containsPattern("breakpoint\\+0x[0-9a-f]+: int3")
                .containsPattern("RIP: [0-9a-f]{16} RFLAGS").containsPattern("R15: [0-9a-f]{16}");
        assertHelloRuns();
    }

    @Test
    void aProgramThatWantsMoreThanThereIsDoesNotTakeTheNodeWithIt() {
        RunResult greedy = run("/large_malloc", "30");
        assertThat(greedy.status()).as(greedy.stderr()).isNotZero();
        assertHelloRuns();
    }

    @Test
    void manyProgramsLeaveNoMemoryBehind() {
        run("/exit", "3"); // what stays of a file that was used once is no leak
        run("/fault", "null_read");
        run("/large_malloc", "30");
        assertHelloRuns();
        MemoryNode memory = (MemoryNode) cluster.node("memory0");
        long used = memory.manager().usedBytes();
        long free = cluster.processor().kernel().frames().freeBytes();
        long memoryFree = memory.kernel().frames().freeBytes();
        for (int i = 0; i < 12; i++) {
            assertThat(run("/exit", Integer.toString(i)).status()).isEqualTo(i);
            assertThat(run("/fault", "null_read").status()).isEqualTo(139);
            assertThat(run("/large_malloc", i % 6 == 0 ? "30" : "1").status()).isEqualTo(i % 6 == 0 ? run("/large_malloc", "30").status() : 0);
        }
        assertThat(memory.manager().usedBytes()).isEqualTo(used);
        assertThat(cluster.processor().kernel().frames().freeBytes()).isEqualTo(free);
        // Freed frames rest for a while before they are given out again; what rests is bounded.
        assertThat(memory.kernel().frames().freeBytes()).isGreaterThan(memoryFree - (4 << 20));
        assertThat(cluster.processor().manager().processes()).isEmpty();
    }

    @Test
    void namesBeyondAsciiAndTheUsersOwnEtcFilesAreThere() {
        RunResult result = run("/größe");
        assertThat(result.stdout()).isEqualTo("hello, world\n");
    }

    @Test
    void everyExitStatusComesThrough() {
        for (int status : new int[] {0, 1, 2, 126, 127, 128, 137, 255}) {
            assertThat(run("/exit", Integer.toString(status)).status()).isEqualTo(status);
        }
    }
}
