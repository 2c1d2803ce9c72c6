package org.legoos.emulator.bench;

import java.nio.file.Path;
import java.util.List;

/** System calls that do little: what the way into the kernel and back costs. */
final class SyscallBench implements Benchmark {
    private static final double GETPID_MAX_NS = 400;
    private static final String BEST = ".best";

    private final Programs programs;

    SyscallBench(Programs programs) {
        this.programs = programs;
    }

    @Override
    public String name() {
        return "syscall";
    }

    @Override
    public List<BenchTable> run() {
        Path program = programs.built("bench/syscalls");
        Metrics nativeNs = programs.onHost(List.of(program.toString(), "30"));
        Metrics oursNs = programs.inCluster(program, "100");
        nativeNs.keepLeast(programs.onHost(List.of(program.toString(), "30")));
        BenchTable table = new BenchTable(
                "syscall: round trips, ns per call (baseline: native)", "call", "native", "LegoOS median", "LegoOS best", "/ native", "target");
        for (String name : oursNs.names()) {
            if (!name.endsWith(BEST)) {
                double best = oursNs.get(name + BEST);
                String target = name.equals("getpid") ? BenchTable.target(best, GETPID_MAX_NS, "ns") : "";
                table.row(name, nativeNs.get(name + BEST), oursNs.get(name), best, best / nativeNs.get(name + BEST), target);
            }
        }
        return List.of(table);
    }
}
