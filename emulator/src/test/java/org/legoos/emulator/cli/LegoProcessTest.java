package org.legoos.emulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.legoos.emulator.usr.UsrTree;

/** The command line as a process: exit statuses, streams, signals. */
class LegoProcessTest {
    /** Only to end a hang. */
    private static final long HANG_SECONDS = 60;

    private static final UsrTree USR = UsrTree.ofHome();

    @TempDir
    private static Path directory;

    private record Result(int status, String out, String err) {}

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        USR.make("hello", "stdin", "exit");
    }

    private static ProcessBuilder lego(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "--enable-native-access=ALL-UNNAMED",
                "-cp", absoluteClassPath(), Lego.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder;
    }

    private static String absoluteClassPath() {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    private static Result finish(Process process) throws IOException, InterruptedException {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Thread drain = Thread.ofPlatform().start(() -> {
            try {
                process.getErrorStream().transferTo(err);
            } catch (IOException e) {
                // The process is gone; what it said so far is enough.
            }
        });
        byte[] out = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(HANG_SECONDS, TimeUnit.SECONDS)).isTrue();
        drain.join();
        return new Result(process.exitValue(), new String(out, StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Result run(String... arguments) throws IOException, InterruptedException {
        return finish(lego(arguments).start());
    }

    private static void assertOneLine(Result result, int status, String... parts) {
        assertThat(result.err()).startsWith("lego: ").contains(parts).endsWith("\n").hasLineCount(1);
        assertThat(result.status()).isEqualTo(status);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void wrongOptionsAreSaidInOneLine() throws Exception {
        String hello = USR.path("hello").toString();
        assertOneLine(run("run", "--excache", "3M", hello), 125, "power of two");
        assertOneLine(run("run", "--bogus", hello), 125, "Unknown option", "--help");
        assertOneLine(run("run", "--set", "FOO=1", hello), 125, "no option CONFIG_FOO");
        assertOneLine(run("run", "--stats", "/nothing/there", hello), 125, "cannot write /nothing/there: No such file or directory");
        assertOneLine(run("run", "./nothing"), 127, "./nothing: no such file");
        assertOneLine(run("run", "/"), 126, "is a directory");
    }

    @Test
    void argumentsAreBytesAndAnOptionalValueIsOnlyAnAttachedOne() throws Exception {
        // The shell makes the byte that is no UTF-8: Java cannot.
        List<String> command = new ArrayList<>(lego("run", "--strace", USR.path("exit").toString(), "5").command());
        Result traced = finish(new ProcessBuilder(command).directory(directory.toFile()).start());
        assertThat(traced.status()).isEqualTo(5);
        assertThat(traced.err()).containsPattern("(?m)^exit_group\\(5\\) += \\?$")
                .contains("+++ exited with 5 +++", "% time     seconds  usecs/call     calls    errors syscall");
        assertThat(RawArguments.last("java\0-cp\0x\0Main\0run\0".getBytes(StandardCharsets.ISO_8859_1), 2))
                .extracting(word -> new String(word, StandardCharsets.ISO_8859_1)).containsExactly("Main", "run");
        assertThat(RawArguments.last(new byte[] {'a', 0, (byte) 0xff, 0, 0}, 2)).containsExactly(new byte[] {(byte) 0xff}, new byte[0]);
    }

    @Test
    void withoutAProgramTheConfiguredObjectFileRuns() throws Exception {
        String hello = USR.path("hello").toString();
        Result result = run("run", "--set", "RAMFS_OBJECT_FILE=" + hello + ".o");
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("hello, world\n");
        assertOneLine(run("run", "--set", "RAMFS_OBJECT_FILE=/nothing.o"), 127, "/nothing: no such file");
    }

    @Test
    void sigtermEndsAProgramThatWaitsAndTheLogsAreComplete() throws Exception {
        Process process = lego("run", "--serial", "processor0:ttyS1=stdout", USR.path("stdin").toString()).start();
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        while (!seen.toString(StandardCharsets.UTF_8).contains("Manager is up and running.")) {
            int b = process.getInputStream().read();
            assertThat(b).as(seen.toString(StandardCharsets.UTF_8)).isNotEqualTo(-1);
            seen.write(b);
        }
        process.destroy(); // SIGTERM
        assertThat(process.waitFor(HANG_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(Files.readString(directory.resolve("serial/memory0-ttyS1.log"))).contains("Manager is up and running.");
    }

    @Test
    void aClosedStandardInputIsNotSomeFileOfTheJvm() throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" <&-", "sh"));
        command.addAll(lego("run", "-q", USR.path("stdin").toString()).command());
        Result guest = finish(new ProcessBuilder(command).directory(directory.toFile()).start());
        Result host = finish(new ProcessBuilder("sh", "-c", "exec \"$@\" <&-", "sh", USR.path("stdin").toString()).start());
        assertThat(guest.out()).isEqualTo(host.out());
        assertThat(guest.status()).isEqualTo(host.status());
    }
}
