package org.legoos.emulator.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.legoos.emulator.bench.BenchTable;

/**
 * What was held before a program, after each round of its operations, and after it, and what of it grew. What one round or
 * another holds for a moment is not growth: the least of the last third of the rounds is compared with the least of the first.
 */
public final class SoakReport {
    /** Of the host's: warm-up of code and caches goes on for long. */
    private static final Map<String, Long> HOST_TOLERANCES =
            Map.of("host/heap_bytes", 2L << 20, "host/resident_kb", 32L << 10, "host/threads", 8L, "host/descriptors", 0L);
    private static final long OBJECTS_TOLERANCE = 256;
    /** Pages, lines and ranges of the program's own buffers, which it need not use alike in each round; cores are kept for the next. */
    private static final Set<String> ELASTIC =
            Set.of("kernel_frames", "memory_frames", "memory_ranges", "memory_ramfs_bytes", "pcache_lines", "pcache_rmap_entries", "cores");
    private static final long ELASTIC_TOLERANCE = 16;
    private static final int PARTS = 3;

    private final String kind;
    private final long operations;
    private final double seconds;
    private final Samples samples;
    private final int firstRound;
    private final int endOfRounds;

    /**
     * @param samples the first before the program, then one after each round that is judged, and when {@code isEnded} one after the program
     */
    SoakReport(String kind, long operations, double seconds, Samples samples, boolean isEnded) {
        this.kind = kind;
        this.operations = operations;
        this.seconds = seconds;
        this.samples = samples;
        this.firstRound = 1;
        this.endOfRounds = samples.count() - (isEnded ? 1 : 0);
    }

    /** What grew, in words; empty when nothing did. */
    public List<String> growth() {
        List<String> grown = new ArrayList<>();
        for (String name : samples.names()) {
            if (growth(name) > tolerance(name)) {
                grown.add(name + " grew by " + growth(name));
            }
            if (isLeft(name)) {
                grown.add(name + ": " + left(name) + " left");
            }
        }
        return grown;
    }

    private static boolean isOfNode(String name) {
        return !name.startsWith("host/") && !name.startsWith("object/");
    }

    private static long tolerance(String name) {
        if (isOfNode(name)) {
            return ELASTIC.contains(name.substring(name.indexOf('/') + 1)) ? ELASTIC_TOLERANCE : 0;
        }
        return HOST_TOLERANCES.getOrDefault(name, OBJECTS_TOLERANCE);
    }

    private long growth(String name) {
        int part = (endOfRounds - firstRound) / PARTS;
        return part == 0 ? 0 : samples.least(name, endOfRounds - part, endOfRounds) - samples.least(name, firstRound, firstRound + part);
    }

    private long left(String name) {
        return samples.at(samples.count() - 1, name) - samples.at(0, name);
    }

    private boolean isLeft(String name) {
        return endOfRounds < samples.count() && isOfNode(name) && left(name) > tolerance(name);
    }

    /** A row for each gauge of the nodes and the host, and for each class whose objects grew. */
    public BenchTable table() {
        String title = String.format(Locale.ROOT, "%s: %,d operations in %.1f s, %.1f us each", kind, operations, seconds,
                seconds * 1e6 / Math.max(1, operations));
        BenchTable table = new BenchTable(title, "held", "before", "first round", "middle", "last round", "after", "grew by", "");
        for (String name : samples.names()) {
            boolean isGrown = growth(name) > tolerance(name) || isLeft(name);
            boolean isUsed = IntStream.range(0, samples.count()).anyMatch(sample -> samples.at(sample, name) != 0);
            if (isGrown || !name.startsWith("object/") && isUsed) {
                table.row(name, samples.at(0, name), samples.at(firstRound, name), samples.at((firstRound + endOfRounds) / 2, name),
                        samples.at(endOfRounds - 1, name), samples.at(samples.count() - 1, name), growth(name), isGrown ? "GROWS" : "");
            }
        }
        return table;
    }
}
