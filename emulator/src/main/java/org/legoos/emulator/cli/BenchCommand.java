package org.legoos.emulator.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.legoos.emulator.bench.BenchTable;
import org.legoos.emulator.bench.Benchmark;
import org.legoos.emulator.bench.Benchmarks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lego bench [NAME...]}: measures against a baseline of the same minute, beside what is to be reached. */
@Command(name = "bench", mixinStandardHelpOptions = true,
        description = "Measure speed against baselines run in the same minute. Nothing else should run on the machine.")
final class BenchCommand implements Callable<Integer> {
    @Option(names = "--json", description = "print JSON instead of tables")
    private boolean json;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "cpu, syscall, abi, fault, fs, miss, rpc, start or all (default: all)")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call() {
        List<Benchmark> all = Benchmarks.all(Path.of(System.getProperty("legoos.home", ".")).toAbsolutePath());
        for (String name : names) {
            if (name.equals("--json")) { // options may also stand behind names here
                json = true;
            } else if (!name.equals("all") && all.stream().noneMatch(benchmark -> benchmark.name().equals(name))) {
                throw new UserError(Lego.FAILED, "no benchmark '" + name + "': expected cpu, syscall, abi, fault, fs, miss, rpc, start or all");
            }
        }
        names.remove("--json");
        List<BenchTable> tables = new ArrayList<>();
        for (Benchmark benchmark : all) {
            if (names.isEmpty() || names.contains("all") || names.contains(benchmark.name())) {
                for (BenchTable table : benchmark.run()) {
                    tables.add(table);
                    if (!json) {
                        System.out.println(table.toText());
                    }
                }
            }
        }
        if (json) {
            System.out.println(tables.stream().map(BenchTable::toJson).collect(java.util.stream.Collectors.joining(",\n", "[", "]")));
        }
        return 0;
    }
}
