package org.legoos.emulator.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.ClusterOptions;
import org.legoos.emulator.cluster.RunResult;
import org.legoos.emulator.cluster.TemporaryDirectory;
import org.legoos.emulator.cluster.Topology;
import org.legoos.emulator.usr.UsrTree;

/** The programs of usr/: builds them when needed, runs them natively, under another emulator, and in a cluster. */
final class Programs {
    private final Path home;
    private final UsrTree usr;

    /** @param home the directory that holds usr/ */
    Programs(Path home) {
        this.home = home;
        usr = UsrTree.below(home);
    }

    Path home() {
        return home;
    }

    /** The program usr/NAME, made now if it is missing or old. */
    Path built(String name) {
        try {
            return usr.built(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the host has a command, if it has it. */
    static Optional<String> onPath(String command) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(directory -> Path.of(directory, command))
                .filter(Files::isExecutable).map(Path::toString).findFirst();
    }

    Metrics onHost(List<String> command) {
        return Metrics.parse(run(command));
    }

    /** What a host command prints on stdout; it must succeed. */
    static String run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException("'" + String.join(" ", command) + "' ended with status " + status);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Metrics inCluster(Path program, String... arguments) {
        return inCluster(topology -> topology, cluster -> { }, program, arguments);
    }

    /** Boots a cluster of its own for one run; inspect sees it when the program has ended. */
    Metrics inCluster(UnaryOperator<Topology> change, Consumer<Cluster> inspect, Path program, String... arguments) {
        String guestPath = "/bench";
        List<String> argv = new ArrayList<>(List.of(guestPath));
        argv.addAll(Arrays.asList(arguments));
        ClusterOptions options = new ClusterOptions().file(guestPath, program);
        try (TemporaryDirectory logs = TemporaryDirectory.createUnchecked("bench");
                Cluster cluster = Cluster.start(change.apply(Topology.load("1P-1M")), options.serialDir(logs.path()))) {
            RunResult result = cluster.run(guestPath, argv, new byte[0]);
            if (result.status() != 0) {
                throw new IllegalStateException(program + " ended with status " + result.status() + ": " + result.stderr());
            }
            inspect.accept(cluster);
            return Metrics.parse(result.stdout());
        }
    }
}
