package org.legoos.emulator.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The Linux ABI beyond single calls: processes, pipes and what else usr/bench/abi.c measures, and a server under load where redis is installed. */
final class AbiBench implements Benchmark {
    /** What is to be reached, by the name that the program prints, whose end is the unit. */
    private static final Map<String, Double> TARGETS = Map.of(
            "getpid_ns", 400.0,
            "pipe_pingpong_us", 40.0,
            "futex_pingpong_us", 15.0,
            "thread_create_join_us", 300.0,
            "fork_exit_wait_ms", 3.0,
            "fork_exec_hello_ms", 15.0);

    private final Programs programs;

    AbiBench(Programs programs) {
        this.programs = programs;
    }

    @Override
    public String name() {
        return "abi";
    }

    @Override
    public List<BenchTable> run() {
        Path program = programs.built("bench/abi");
        List<String> command = List.of(program.toString());
        Metrics host = programs.onHost(command);
        Metrics qemu = Programs.onPath("qemu-x86_64").map(emulator -> programs.onHost(List.of(emulator, program.toString())))
                .orElseGet(Metrics::new);
        Metrics ours = programs.inCluster(program);
        host.keepLeast(programs.onHost(command));
        BenchTable table = new BenchTable("abi: medians when warm (baseline: native)", "what", "native", "qemu-x86_64",
                "LegoOS", "first round", "/ native", "target");
        for (String name : ours.warmNames()) {
            Double target = TARGETS.get(name);
            String unit = name.substring(name.lastIndexOf('_') + 1);
            table.row(name, host.get(name), qemu.get(name), ours.get(name), ours.first(name), ours.get(name) / host.get(name),
                    target == null ? "" : BenchTable.target(ours.get(name), target, unit));
        }
        List<BenchTable> tables = new ArrayList<>(List.of(table));
        RedisLoad.installed().map(RedisLoad::run).ifPresent(tables::add);
        return tables;
    }
}
