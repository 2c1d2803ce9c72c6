package org.legoos.emulator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.ClusterOptions;
import org.legoos.emulator.cluster.RunResult;
import org.legoos.emulator.cluster.TemporaryDirectory;
import org.legoos.emulator.cluster.Topology;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.counters.Counter;

/**
 * This machine's own programs on a cluster of their own, whose page cache is cold: from boot to the end, with the page faults, RPCs and
 * bytes that this takes; and whether a compiler makes the same object file as natively.
 */
final class RootPrograms {
    private static final double PYTHON_MAX_S = 6;
    private static final int SOURCE_FUNCTIONS = 125; // of eight lines
    private static final double BYTES_PER_MB = 1e6;

    private final Clock clock;
    private final BenchTable table = new BenchTable("fs: programs of --root /, boot included, page cache cold (baseline: native)",
            "what", "native, s", "LegoOS, s", "page faults", "misses", "RPCs P to M", "P to S", "M to S", "MB to P", "MB S to M", "target");

    RootPrograms(Clock clock) {
        this.clock = clock;
    }

    BenchTable run() throws IOException {
        try (TemporaryDirectory work = TemporaryDirectory.create("bench-root")) {
            addRows(work.path());
        }
        return table;
    }

    private void addRows(Path work) throws IOException {
        Path source = Files.writeString(work.resolve("source.c"), source());
        installed("python3").ifPresent(python -> row("python3 -c pass", work, null, python, "-c", "pass"));
        for (String compiler : List.of("gcc", "tcc")) {
            Optional<String> path = installed(compiler);
            if (path.isPresent()) {
                Path object = work.resolve(compiler + ".o");
                row(compiler + " -c, 1000 lines", work, object, path.get(), "-c", "-o", object.toString(), source.toString());
            }
        }
    }

    /** The distribution's own rather than a user's wrapper around it. */
    private static Optional<String> installed(String command) {
        String usual = "/usr/bin/" + command;
        return Files.isExecutable(Path.of(usual)) ? Optional.of(usual) : Programs.onPath(command);
    }

    /** @param output a file that both sides make alike; null for none */
    private void row(String what, Path work, Path output, String... command) {
        try {
            Path changes = Files.createTempDirectory(work, "changes");
            long startNs = clock.nowNs();
            Programs.run(List.of(command));
            double nativeS = seconds(startNs);
            byte[] wanted = output == null ? null : Files.readAllBytes(output);
            startNs = clock.nowNs();
            Topology topology = Topology.load(Topology.WITH_STORAGE).withRoot("/", false, changes.toString());
            try (TemporaryDirectory logs = TemporaryDirectory.create("bench");
                    Cluster cluster = Cluster.start(topology, new ClusterOptions().serialDir(logs.path()))) {
                RunResult result = cluster.run(command[0], Arrays.asList(command), new byte[0]);
                double wallS = seconds(startNs);
                if (result.status() != 0) {
                    throw new IllegalStateException(what + " ended with status " + result.status() + ": " + result.stderr());
                }
                addRow(what, nativeS, wallS, cluster, output == null ? BenchTable.target(wallS, PYTHON_MAX_S, "s")
                        : "object file as native: " + (isSame(wanted, changes + "/upper" + output) ? "met" : "missed"));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean isSame(byte[] wanted, String file) throws IOException {
        return Arrays.equals(wanted, Files.readAllBytes(Path.of(file)));
    }

    private double seconds(long startNs) {
        return (clock.nowNs() - startNs) / 1e9;
    }

    private void addRow(String what, double nativeS, double wallS, Cluster cluster, String target) {
        long processorCalls = counter(cluster, "processor0", "nr_ib_send_reply");
        long memoryCalls = counter(cluster, "memory0", "nr_ib_send_reply");
        long toStorage = counter(cluster, "storage0", "nr_ib_reply") - memoryCalls;
        table.row(what, nativeS, wallS, counter(cluster, "processor0", "nr_pgfault"), counter(cluster, "memory0", "handle_pcache_miss"),
                processorCalls - toStorage, toStorage, memoryCalls, counter(cluster, "processor0", "nr_bytes_rx") / BYTES_PER_MB,
                counter(cluster, "storage0", "handle_m2s_read_bytes") / BYTES_PER_MB, target);
    }

    private static long counter(Cluster cluster, String node, String name) {
        for (Counter counter : cluster.node(node).kernel().counters().counters()) {
            if (counter.name().equals(name)) {
                return counter.value();
            }
        }
        throw new IllegalArgumentException(node + " has no counter " + name);
    }

    /** A C file of a thousand lines that is the same every time. */
    private static String source() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < SOURCE_FUNCTIONS; i++) {
            lines.addAll(List.of("static unsigned table" + i + "[" + (8 + i) + "];", "unsigned function" + i + "(unsigned x)", "{",
                    "\tfor (unsigned k = 0; k < " + (8 + i) + "; k++)", "\t\ttable" + i + "[k] ^= x * " + (2 * i + 1) + "u + k;",
                    "\treturn x > " + i + " ? table" + i + "[x % " + (8 + i) + "]" + (i == 0 ? "" : " + function" + (i - 1) + "(x / 2)") + " : x;",
                    "}", ""));
        }
        return String.join("\n", lines) + "\n";
    }
}
