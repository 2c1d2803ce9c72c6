package org.legoos.emulator.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a program of usr/bench printed: lines of "NAME VALUE UNIT". */
final class Metrics {
    /** Ends the name of a first round: measure_warm of usr/bench/measure.h. */
    private static final String FIRST = ".first";

    private final Map<String, Double> values = new LinkedHashMap<>();

    static Metrics parse(String output) {
        Metrics metrics = new Metrics();
        for (String line : output.split("\n")) {
            String[] words = line.strip().split("\\s+");
            if (words.length >= 2) {
                try {
                    metrics.values.put(words[0], Double.valueOf(words[1]));
                } catch (NumberFormatException e) {
                    // A line for people.
                    continue;
                }
            }
        }
        return metrics;
    }

    /** NaN when it was not printed. */
    double get(String name) {
        return values.getOrDefault(name, Double.NaN);
    }

    Set<String> names() {
        return values.keySet();
    }

    /** What was measured warm: all but the first rounds. */
    List<String> warmNames() {
        return values.keySet().stream().filter(name -> !name.endsWith(FIRST)).toList();
    }

    /** The first round of what was measured warm later; NaN when it was not printed. */
    double first(String name) {
        return get(name + FIRST);
    }

    /** Keeps the smaller value of each name: noise only ever adds. */
    void keepLeast(Metrics other) {
        other.values.forEach((name, value) -> values.merge(name, value, Math::min));
    }
}
