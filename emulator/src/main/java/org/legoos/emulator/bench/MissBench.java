package org.legoos.emulator.bench;

import java.nio.file.Path;
import java.util.List;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.kernel.counters.Counter;
import org.legoos.kernel.counters.LatencyHistogram;

/**
 * ExCache misses served by the memory node: a random walk over four times the ExCache, reading (victims are clean) and
 * writing (victims are dirty and travel with the miss). The stages are the processor's own histograms. A first run on a
 * JVM that has compiled nothing yet is shown apart; it also warms up the others.
 */
final class MissBench implements Benchmark {
    private static final long EXCACHE_BYTES = 4 << 20;
    private static final String EXCACHE_MIB = "4";
    private static final String ACCESSES = "400000";
    private static final String COLD_ACCESSES = "20000";
    private static final double MEDIAN_MAX_US = 15;
    private static final double P99_MAX_US = 60;
    private static final String MISS = "pcache_miss";

    private final Programs programs;

    MissBench(Programs programs) {
        this.programs = programs;
    }

    @Override
    public String name() {
        return "miss";
    }

    @Override
    public List<BenchTable> run() {
        Path program = programs.built("bench/miss");
        BenchTable cold = cold(program);
        programs.inCluster(topology -> topology.withExcache(EXCACHE_BYTES), cluster -> { }, program, EXCACHE_MIB, ACCESSES);
        return List.of(cold, measure(program, "read", "clean victims"), measure(program, "write", "dirty victims"));
    }

    private BenchTable cold(Path program) {
        Metrics first = programs.inCluster(
                topology -> topology.withExcache(EXCACHE_BYTES), cluster -> { }, program, EXCACHE_MIB, COLD_ACCESSES, "read");
        return new BenchTable("miss: the first misses after start, us (cold only when no benchmark ran before in this JVM)",
                "misses", "p50", "p99", "mean of all accesses")
                .row(first.get("miss_read.misses"), first.get("miss_read.median") / 1e3, first.get("miss_read.p99") / 1e3,
                        first.get("miss_read.mean") / 1e3);
    }

    private BenchTable measure(Path program, String mode, String what) {
        BenchTable table = new BenchTable(
                "miss: ExCache misses from the memory node, " + what + ", us",
                "stage", "count", "p50", "p90", "p99", "p99.9", "target");
        Metrics seen = programs.inCluster(
                topology -> topology.withExcache(EXCACHE_BYTES), cluster -> stages(cluster, table), program, EXCACHE_MIB, ACCESSES, mode);
        table.row("as the program sees it", seen.get("miss_" + mode + ".misses"), seen.get("miss_" + mode + ".median") / 1e3,
                Double.NaN, seen.get("miss_" + mode + ".p99") / 1e3, Double.NaN, "");
        return table;
    }

    private static void stages(Cluster cluster, BenchTable table) {
        for (LatencyHistogram histogram : cluster.processor().kernel().counters().histograms()) {
            String name = histogram.name();
            if (!name.startsWith(MISS) || histogram.count() == 0) {
                continue;
            }
            boolean whole = name.equals(MISS + "_ns");
            double p50 = histogram.percentileNs(50) / 1e3;
            double p99 = histogram.percentileNs(99) / 1e3;
            table.row(whole ? "whole miss" : name.substring(MISS.length() + 1, name.length() - "_ns".length()), histogram.count(), p50,
                    histogram.percentileNs(90) / 1e3, p99, histogram.percentileNs(99.9) / 1e3,
                    whole ? "p50 " + BenchTable.target(p50, MEDIAN_MAX_US, "us") + ", p99 " + BenchTable.target(p99, P99_MAX_US, "us") : "");
        }
        for (Counter counter : cluster.processor().kernel().counters().counters()) {
            if (counter.name().equals("nr_pcache_fill_from_memory_piggyback")) {
                table.row("  of which with a flush", counter.value(), Double.NaN, Double.NaN, Double.NaN, Double.NaN, "");
            }
        }
    }
}
