package org.legoos.emulator.conformance;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The results of a run, counted by class: a table for people, JSON for programs. */
public final class ConformanceReport {
    private static final String ROW = "%-12s %6s %6s %14s %7s %12s%n";

    private final List<TestResult> results = new ArrayList<>();

    public void add(TestResult result) {
        results.add(result);
    }

    /** Whether nothing failed that the outcome list does not name. */
    public boolean isClean() {
        return results.stream().noneMatch(result -> result.kind() == TestResult.Kind.FAILURE
                || result.kind() == TestResult.Kind.NATIVE_FAILURE);
    }

    private Map<String, Map<TestResult.Kind, Integer>> counts() {
        Map<String, Map<TestResult.Kind, Integer>> counts = new TreeMap<>();
        for (TestResult result : results) {
            counts.computeIfAbsent(result.test().testClass(), c -> new EnumMap<>(TestResult.Kind.class)).merge(result.kind(), 1, Integer::sum);
        }
        return counts;
    }

    public String toText() {
        StringBuilder text = new StringBuilder();
        text.append(ROW.formatted("class", "tests", "pass", "known-failing", "failed", "not natively"));
        Map<TestResult.Kind, Integer> all = new EnumMap<>(TestResult.Kind.class);
        counts().forEach((testClass, kinds) -> {
            text.append(row(testClass, kinds));
            kinds.forEach((kind, count) -> all.merge(kind, count, Integer::sum));
        });
        return text.append(row("all", all)).toString();
    }

    private static String row(String name, Map<TestResult.Kind, Integer> kinds) {
        return ROW.formatted(name, kinds.values().stream().mapToInt(Integer::intValue).sum(), count(kinds, TestResult.Kind.PASS),
                count(kinds, TestResult.Kind.KNOWN_FAILURE), count(kinds, TestResult.Kind.FAILURE), count(kinds, TestResult.Kind.NATIVE_FAILURE));
    }

    private static int count(Map<TestResult.Kind, Integer> kinds, TestResult.Kind kind) {
        return kinds.getOrDefault(kind, 0);
    }

    /** One object: the tests in order, with class, name, outcome and the reason of a known failure. */
    public String toJson() {
        StringBuilder json = new StringBuilder("{\"tests\": [");
        String separator = "\n";
        for (TestResult result : results) {
            json.append(separator).append("  {\"class\": \"").append(result.test().testClass()).append("\", \"name\": \"")
                    .append(result.test().name()).append("\", \"outcome\": \"").append(result.kind().name().toLowerCase(java.util.Locale.ROOT)).append('"');
            if (result.test().isKnownFailing()) {
                json.append(", \"reason\": \"").append(result.test().knownFailing().replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
            }
            json.append('}');
            separator = ",\n";
        }
        return json.append("\n]}\n").toString();
    }
}
