package org.legoos.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.legoos.emulator.nodes.ChildJvm;
import org.legoos.emulator.usr.UsrTree;

/** lego boot, exec, ps and down as processes. */
class BootProcessTest {
    /** Only to end a hang. */
    private static final long HANG_SECONDS = 60;

    private static final UsrTree USR = UsrTree.ofHome();

    @TempDir
    private Path directory;

    private record Result(int status, String out, String err) {}

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        USR.make("hello", "stdin", "exit");
    }

    @AfterEach
    void down() throws Exception {
        run("", "down"); // whatever a test that failed has left
    }

    private ProcessBuilder lego(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        ProcessBuilder builder = ChildJvm.lego(all).directory(directory.toFile());
        builder.environment().put("XDG_RUNTIME_DIR", directory.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder;
    }

    private Result run(String input, String... arguments) throws IOException, InterruptedException {
        Path in = Files.writeString(directory.resolve("in"), input);
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Process process = lego(arguments).redirectInput(in.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor(HANG_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private void boot() throws IOException, InterruptedException {
        Result booted = run("", "boot", "--detach", "--file", USR.path("hello") + ":/bin/hello", "--file", USR.path("stdin") + ":/bin/stdin",
                "--file", USR.path("exit") + ":/bin/exit");
        assertThat(booted).isEqualTo(new Result(0,
                "lego: cluster 'lego' is up: processor0, memory0; lego exec PROGRAM, lego down\n", ""));
    }

    @Test
    void aClusterStaysUpUntilItIsEnded() throws Exception {
        boot();
        assertThat(run("", "boot", "-d")).isEqualTo(
                new Result(125, "", "lego: a cluster 'lego' is running; --name gives this one another name\n"));
        assertThat(run("", "exec", "hello")).isEqualTo(new Result(0, "hello, world\n", ""));
        assertThat(run("a\nb\n", "exec", "processor0", "-e", "A=b", "/bin/stdin", "lines").out()).isEqualTo("1: a\n2: b\n4 bytes, 2 lines, 0000000000000000\n");
        assertThat(run("", "exec", "exit", "9").status()).isEqualTo(9);
        assertThat(run("", "exec", "nonesuch")).isEqualTo(new Result(127, "", "lego: nonesuch: no such file\n"));
        assertThat(run("", "exec", "-t", "hello")).isEqualTo(new Result(125, "", "lego: -t: standard input is not a terminal\n"));
        assertThat(run("", "ps").out()).startsWith("   PID   PPID NODE").hasLineCount(1);
        assertThat(run("", "down")).isEqualTo(new Result(0, "", ""));
        assertThat(run("", "exec", "hello")).isEqualTo(new Result(125, "", "lego: no cluster 'lego' is running: lego boot starts one\n"));
        boot();
        assertThat(run("", "exec", "hello").out()).isEqualTo("hello, world\n");
    }

    @Test
    void aClientsSignalsAreItsProgramsAndItsDeathToo() throws Exception {
        boot();
        Process terminated = waiting();
        terminated.toHandle().destroy(); // Process.destroy would also close its streams
        assertThat(terminated.waitFor(HANG_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(terminated.exitValue()).isEqualTo(128 + 15);
        Process killed = waiting();
        killed.toHandle().destroyForcibly();
        awaitProcesses(1);
    }

    /** A client whose program runs and waits for its standard input. */
    private Process waiting() throws Exception {
        Process client = lego("exec", "stdin", "lines").redirectError(directory.resolve("err").toFile()).start();
        client.getOutputStream().write("x\n".getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
        awaitProcesses(2);
        return client;
    }

    private void awaitProcesses(int lines) throws IOException, InterruptedException {
        for (int i = 0; i < 100; i++) {
            if (run("", "ps").out().lines().count() == lines) {
                return;
            }
        }
        assertThat(run("", "ps").out()).hasLineCount(lines);
    }
}
