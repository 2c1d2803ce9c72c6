package org.legoos.emulator.bench;

import java.nio.file.Path;
import java.util.List;

/** First touch of zerofilled pages: a page fault that needs no other node. */
final class FaultBench implements Benchmark {
    private static final double FIRST_TOUCH_MAX_NS = 2000;
    private static final String BEST = ".best";

    private final Programs programs;

    FaultBench(Programs programs) {
        this.programs = programs;
    }

    @Override
    public String name() {
        return "fault";
    }

    @Override
    public List<BenchTable> run() {
        Path program = programs.built("bench/touch");
        Metrics nativeNs = programs.onHost(List.of(program.toString(), "8", "20"));
        Metrics oursNs = programs.inCluster(program, "8", "60");
        BenchTable table = new BenchTable(
                "fault: ns per page (baseline: native)", "what", "native", "LegoOS median", "LegoOS best", "/ native", "target");
        for (String name : oursNs.names()) {
            if (!name.endsWith(BEST)) {
                double best = oursNs.get(name + BEST);
                String target = name.equals("first_touch") ? BenchTable.target(best, FIRST_TOUCH_MAX_NS, "ns") : "";
                table.row(name, nativeNs.get(name + BEST), oursNs.get(name), best, best / nativeNs.get(name + BEST), target);
            }
        }
        return List.of(table);
    }
}
