package org.legoos.emulator.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.ClusterOptions;
import org.legoos.emulator.cluster.TemporaryDirectory;
import org.legoos.emulator.cluster.Topology;
import org.legoos.emulator.usr.UsrTree;
import org.legoos.isa.time.Clock;
import org.legoos.isa.time.HostClock;
import org.legoos.managers.processor.core.RunningProgram;

/** Runs one program of usr/soak on a cluster for many operations, in rounds, and looks between them at what is held. */
public final class Soak {
    /** Rounds that are not judged: code is translated and compiled, tables find their size. */
    private static final int WARM_UP_ROUNDS = 2;
    private static final String GUEST_PROGRAM = "/soak";
    /** Rings that fill as they are used are full then. */
    private static final byte[] WARM_UP_INPUT = "500\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final long QUIET_NS = 20_000_000L;
    private static final long SETTLE_NS = 10_000_000_000L;
    /** A round is given up when nothing was answered for so long. */
    private static final long ROUND_NS = 4L * 3600 * 1_000_000_000L;

    private final UsrTree usr;
    private final boolean onStorage;
    private final boolean watchesHost;
    private final int rounds;
    private final Consumer<String> progress;
    private final Clock clock = HostClock.instance();

    /**
     * @param usr the directory usr/
     * @param onStorage on a storage node's files instead of the memory node's
     * @param watchesHost looks at this JVM's memory and threads, too
     * @param rounds how often to look
     */
    public Soak(UsrTree usr, boolean onStorage, boolean watchesHost, int rounds, Consumer<String> progress) {
        this.usr = usr;
        this.onStorage = onStorage;
        this.watchesHost = watchesHost;
        this.rounds = rounds;
        this.progress = progress;
    }

    /** Boots a cluster, runs, compares. IllegalStateException when the program fails. */
    public SoakReport run(SoakKind kind, long count) throws IOException {
        Path program = usr.built("soak/" + kind.name());
        try (TemporaryDirectory directory = TemporaryDirectory.create("soak")) {
            ClusterOptions options = new ClusterOptions().serialDir(directory.path().resolve("serial"));
            Topology topology = Topology.load(onStorage ? Topology.WITH_STORAGE : "1P-1M");
            if (onStorage) {
                Path root = Files.createDirectories(directory.path().resolve("root"));
                Files.createDirectory(root.resolve("tmp"));
                Files.copy(program, root.resolve("soak"), StandardCopyOption.COPY_ATTRIBUTES);
                topology = topology.withRoot(root.toString(), false, "");
            } else {
                options.file(GUEST_PROGRAM, program);
            }
            try (Cluster cluster = Cluster.start(topology, options)) {
                warmUp(cluster);
                return run(cluster, kind, count);
            }
        }
    }

    /** Another run that has gone: what nodes make at their first processes and calls is there now. */
    private void warmUp(Cluster cluster) {
        cluster.run(GUEST_PROGRAM, List.of(GUEST_PROGRAM), WARM_UP_INPUT);
    }

    private SoakReport run(Cluster cluster, SoakKind kind, long count) {
        Function<Cluster, Map<String, Long>> look = watchesHost ? Holdings::ofAll : Holdings::ofNodes;
        settle(cluster);
        Samples samples = new Samples();
        samples.add(look.apply(cluster));
        CommandStdio stdio = new CommandStdio();
        RunningProgram program = cluster.start(GUEST_PROGRAM, List.of(GUEST_PROGRAM), Cluster.DEFAULT_ENVIRONMENT, stdio);
        long round = Math.max(1, count / (rounds + WARM_UP_ROUNDS));
        long operations = round * (rounds + WARM_UP_ROUNDS);
        long busyNs = 0;
        for (int i = 0; i < rounds + WARM_UP_ROUNDS; i++) {
            long startNs = clock.nowNs();
            stdio.say(Long.toString(round));
            awaitAnswer(program, stdio, i + 1, kind);
            busyNs += clock.nowNs() - startNs;
            settle(cluster);
            if (i >= WARM_UP_ROUNDS) {
                samples.add(look.apply(cluster));
            }
            List<String> grown = new SoakReport(kind.name(), operations, 0, samples, false).growth();
            progress.accept(kind.name() + ": " + round * (i + 1) + " of " + operations + (grown.isEmpty() ? "" : ", " + String.join(", ", grown)));
        }
        stdio.end();
        if (!program.awaitExit(clock.nowNs() + SETTLE_NS) || program.exitStatus().shellCode() != 0) {
            throw new IllegalStateException("usr/soak/" + kind.name() + " does not end well: " + stdio.errors());
        }
        settle(cluster);
        awaitEnd(cluster, samples);
        samples.add(look.apply(cluster));
        return new SoakReport(kind.name(), operations, busyNs / 1e9, samples, true);
    }

    private void awaitAnswer(RunningProgram program, CommandStdio stdio, long answers, SoakKind kind) {
        long deadlineNs = clock.nowNs() + ROUND_NS;
        while (stdio.answers() < answers) {
            if (program.awaitExit(clock.nowNs() + QUIET_NS)) {
                throw new IllegalStateException("usr/soak/" + kind.name() + " ended: " + program.failure() + " " + stdio.errors());
            }
            if (clock.nowNs() > deadlineNs) {
                throw new IllegalStateException("usr/soak/" + kind.name() + " hangs");
            }
        }
    }

    /** On a machine with much else to do the last thread of the program may take its time: what is left is what stays. */
    private void awaitEnd(Cluster cluster, Samples samples) {
        long deadlineNs = clock.nowNs() + SETTLE_NS;
        while (clock.nowNs() < deadlineNs && Holdings.ofNodes(cluster).entrySet().stream()
                .anyMatch(held -> held.getValue() > samples.at(0, held.getKey()))) {
            java.util.concurrent.locks.LockSupport.parkNanos(QUIET_NS);
        }
    }

    /** Waits until what the nodes hold changes no more: the last threads of the dead are still on their way out. */
    private void settle(Cluster cluster) {
        long deadlineNs = clock.nowNs() + SETTLE_NS;
        Map<String, Long> last = Map.of();
        Map<String, Long> now = Holdings.ofNodes(cluster);
        while (!now.equals(last) && clock.nowNs() < deadlineNs) {
            java.util.concurrent.locks.LockSupport.parkNanos(QUIET_NS);
            last = now;
            now = Holdings.ofNodes(cluster);
        }
    }
}
