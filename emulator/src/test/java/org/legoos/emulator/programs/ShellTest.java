package org.legoos.emulator.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.ClusterOptions;
import org.legoos.emulator.cluster.RunResult;
import org.legoos.emulator.cluster.Topology;
import org.legoos.isa.natives.DebianPackages;

/** Debian's bash, statically linked, runs a script of pipelines, subshells, traps, jobs and co-processes as it does natively. */
class ShellTest {
    @TempDir
    private Path directory;

    @Test
    void bashRunsAScriptAsNatively() throws IOException, InterruptedException {
        Path bash = program("bash-static", "bin/bash-static");
        Path busybox = program("busybox-static", "bin/busybox");
        Path script = directory.resolve("shell.sh");
        try (InputStream content = ShellTest.class.getResourceAsStream("shell.sh")) {
            Files.copy(content, script);
        }
        Process host = new ProcessBuilder(bash.toString(), script.toString(), busybox.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String expected = new String(host.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = host.waitFor();
        assertThat(status).isEqualTo(5);
        ClusterOptions options = new ClusterOptions().serialDir(directory.resolve("serial"))
                .file("/bin/bash", bash).file("/bin/busybox", busybox).file("/shell.sh", script);
        try (Cluster cluster = Cluster.start(Topology.load("1P-1M"), options)) {
            RunResult result = cluster.run("/bin/bash", List.of("bash", "/shell.sh", "/bin/busybox"), new byte[0]);
            assertThat(result.stdout()).isEqualTo(expected);
            assertThat(result.status()).isEqualTo(status);
        }
    }

    /** A program of a Debian package, or the test is left out where there is none to be had. */
    private static Path program(String packageName, String path) {
        Path program = null;
        try {
            program = DebianPackages.fetch(packageName).resolve(path);
        } catch (IOException | UnsupportedOperationException e) {
            Assumptions.abort(packageName + ": " + e.getMessage());
        }
        Assumptions.assumeTrue(Files.isExecutable(program), packageName + " has no " + path);
        return program;
    }
}
