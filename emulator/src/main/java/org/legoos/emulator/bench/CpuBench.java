package org.legoos.emulator.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compute kernels (usr/kernels.h): native, under qemu-x86_64 when it is there, on the same CPU engine driven
 * from C (usr/bench/uc-harness.c), and in a cluster. The last two must be the same: Java adds nothing to compute.
 */
final class CpuBench implements Benchmark {
    private static final double RATIO_MAX = 1.05;
    private static final int TURNS = 4;
    private static final String BATCHES = "3";
    private static final String BEST = ".best";

    private final Programs programs;

    CpuBench(Programs programs) {
        this.programs = programs;
    }

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public List<BenchTable> run() {
        Path cpu = programs.built("bench/cpu");
        Path harness = programs.built("bench/uc-harness");
        Optional<String> qemu = Programs.onPath("qemu-x86_64");
        Metrics nativeMs = new Metrics();
        Metrics qemuMs = new Metrics();
        Metrics harnessMs = new Metrics();
        Metrics oursMs = new Metrics();
        for (int turn = 0; turn < TURNS; turn++) {
            nativeMs.keepLeast(programs.onHost(List.of(cpu.toString(), BATCHES)));
            qemu.ifPresent(command -> qemuMs.keepLeast(programs.onHost(List.of(command, cpu.toString(), BATCHES))));
            oursMs.keepLeast(programs.inCluster(cpu, BATCHES));
            harnessMs.keepLeast(programs.onHost(List.of(harness.toString(), engineLibrary(), cpu.toString(), BATCHES)));
        }
        BenchTable table = new BenchTable(
                "cpu: compute kernels, ms, best of " + TURNS + " x " + BATCHES + " (baseline: the same engine driven from C)",
                "kernel", "native", "qemu-x86_64", "engine from C", "LegoOS", "/ native", "/ engine from C", "target");
        for (String name : oursMs.names()) {
            if (name.endsWith(BEST)) {
                double ours = oursMs.get(name);
                double ratio = ours / harnessMs.get(name);
                table.row(name.substring(0, name.length() - BEST.length()), nativeMs.get(name), qemuMs.get(name), harnessMs.get(name),
                        ours, ours / nativeMs.get(name), ratio, BenchTable.target(ratio, RATIO_MAX, ""));
            }
        }
        return List.of(table);
    }

    /** The engine's library as this process has it loaded. */
    private static String engineLibrary() {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            return maps.filter(line -> line.contains("libunicorn")).map(line -> line.substring(line.indexOf('/'))).findFirst()
                    .orElseThrow(() -> new IllegalStateException("libunicorn is not loaded"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
