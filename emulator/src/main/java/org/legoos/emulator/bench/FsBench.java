package org.legoos.emulator.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.legoos.emulator.cluster.TemporaryDirectory;
import org.legoos.emulator.cluster.Topology;
import org.legoos.isa.time.Clock;

/** Files of a storage node through the page cache, beside the host's own in the same minute. */
final class FsBench implements Benchmark {
    private static final double STREAM_MIN_MB_S = 300;
    private static final double HIT_MAX_US = 20;
    private static final double MISS_OVER_HOST_MAX_US = 60;
    private static final double STAT_MAX_US = 25;

    private final Programs programs;
    private final Clock clock;

    FsBench(Programs programs, Clock clock) {
        this.programs = programs;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "fs";
    }

    @Override
    public List<BenchTable> run() {
        Path program = programs.built("bench/files");
        try (TemporaryDirectory root = TemporaryDirectory.create("bench-fs")) {
            Files.copy(program, root.path().resolve("bench"), StandardCopyOption.COPY_ATTRIBUTES);
            String directory = root.path().toString();
            Metrics host = programs.onHost(List.of(program.toString(), directory));
            Metrics ours = programs.inCluster(
                    topology -> Topology.load(Topology.WITH_STORAGE).withRoot(directory, false, ""), cluster -> {}, program, "/");
            return List.of(table(host, ours), new RootPrograms(clock).run());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BenchTable table(Metrics host, Metrics ours) {
        BenchTable table = new BenchTable("fs: medians when warm (baseline: native)", "what", "native", "LegoOS", "first round",
                "/ native", "target");
        for (String name : ours.warmNames()) {
            double value = ours.get(name);
            String target = switch (name) {
                case "random_hit_us" -> BenchTable.target(value, HIT_MAX_US, "us");
                case "random_relay_us", "random_miss_us" -> BenchTable.target(value, host.get(name) + MISS_OVER_HOST_MAX_US, "us");
                case "stat_us" -> BenchTable.target(value, STAT_MAX_US, "us");
                default -> (value >= STREAM_MIN_MB_S ? "met" : "missed") + " (>= " + (int) STREAM_MIN_MB_S + " MB/s)";
            };
            table.row(name, host.get(name), value, ours.first(name), value / host.get(name), target);
        }
        return table;
    }
}
