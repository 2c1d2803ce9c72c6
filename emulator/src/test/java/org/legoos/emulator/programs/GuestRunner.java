package org.legoos.emulator.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.ClusterOptions;
import org.legoos.emulator.cluster.RunResult;
import org.legoos.emulator.cluster.Topology;
import org.legoos.emulator.conformance.NativeRunner;
import org.legoos.emulator.conformance.Outcome;
import org.opentest4j.AssertionFailedError;

/**
 * One cluster that many programs run in, one after the other, and the comparison of each with its native run.
 * A program that hangs costs the cluster: the next one starts a new one.
 */
final class GuestRunner implements AutoCloseable {
    /** Only to end a hang: far above what any program here takes on a busy machine. */
    private static final Duration HANG = Duration.ofSeconds(120);

    private final Topology topology;
    private final Map<String, Path> files = new LinkedHashMap<>();
    private final NativeRunner reference;
    private final Path serialDir;
    private Cluster cluster;

    GuestRunner(Topology topology) throws IOException {
        this.topology = topology;
        reference = new NativeRunner();
        serialDir = Files.createTempDirectory("legoos-serial");
    }

    /** Puts a host file at a guest path; before the first run. */
    GuestRunner file(String guestPath, Path hostFile) {
        files.put(guestPath, hostFile);
        return this;
    }

    NativeRunner reference() {
        return reference;
    }

    Cluster cluster() {
        if (cluster == null) {
            ClusterOptions options = new ClusterOptions().serialDir(serialDir);
            files.forEach(options::file);
            cluster = Cluster.start(topology, options);
        }
        return cluster;
    }

    /** Runs a program in the guest. */
    Outcome run(String guestPath, List<String> arguments, byte[] stdin) {
        Cluster running = cluster();
        List<String> argv = new ArrayList<>(List.of(guestPath));
        argv.addAll(arguments);
        try {
            RunResult result = Assertions.assertTimeoutPreemptively(HANG, () -> running.run(guestPath, argv, stdin));
            return Outcome.of(result.status(), result.outBytes(), result.errBytes());
        } catch (AssertionFailedError e) {
            cluster = null;
            running.close();
            throw e;
        }
    }

    /** Fails with the difference unless the guest run is equal to the native one in output and exit status. */
    void compare(Path program, String guestPath, List<String> arguments, byte[] stdin) throws IOException, InterruptedException {
        Outcome expected = reference.run(program, arguments, stdin);
        Outcome actual = run(guestPath, arguments, stdin);
        assertThat(actual.differenceFrom(expected)).as("%s %s", guestPath, String.join(" ", arguments)).isEmpty();
    }

    @Override
    public void close() throws IOException {
        if (cluster != null) {
            cluster.close();
        }
        reference.close();
    }
}
