package org.legoos.emulator.soak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What was held at several moments, by name; small, because it is itself part of what the host holds. */
final class Samples {
    private final Map<String, Integer> columns = new TreeMap<>();
    private final List<long[]> rows = new ArrayList<>();

    void add(Map<String, Long> holdings) {
        holdings.keySet().forEach(name -> columns.putIfAbsent(name, columns.size()));
        long[] row = new long[columns.size()];
        holdings.forEach((name, value) -> row[columns.get(name)] = value);
        rows.add(row);
    }

    int count() {
        return rows.size();
    }

    Set<String> names() {
        return Collections.unmodifiableSet(columns.keySet());
    }

    /** 0 when it was not there then. */
    long at(int sample, String name) {
        Integer column = columns.get(name);
        long[] row = rows.get(sample);
        return column == null || column >= row.length ? 0 : row[column];
    }

    long least(String name, int from, int to) {
        long least = Long.MAX_VALUE;
        for (int sample = from; sample < to; sample++) {
            least = Math.min(least, at(sample, name));
        }
        return least;
    }

    @Override
    public String toString() {
        return columns.keySet() + " " + rows.stream().map(Arrays::toString).toList();
    }
}
