package org.legoos.emulator.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.legoos.emulator.fuzz.FuzzRun;
import org.legoos.emulator.fuzz.FuzzWatch;
import org.legoos.emulator.fuzz.Fuzzer;
import org.legoos.emulator.fuzz.Fuzzers;
import org.legoos.isa.time.Clock;
import org.legoos.isa.time.HostClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lego fuzz [WHAT...]}: seeded attacks, as long as one likes. */
@Command(name = "fuzz", mixinStandardHelpOptions = true,
        description = "Attack the parts that take bytes from strangers. A finding ends with status 1 and the command that repeats it.")
final class FuzzCommand implements Callable<Integer> {
    private static final int FOUND = 1;

    @Parameters(paramLabel = "WHAT", arity = "0..*", description = "names of fuzzers (default: all; --list shows them)")
    private List<String> names = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "where the random numbers begin (default: another one each time)")
    private Long seed;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "10", description = "time for each fuzzer (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--rounds", paramLabel = "N", description = "end each fuzzer after so many rounds")
    private Long rounds;

    @Option(names = "--hang", paramLabel = "SECONDS", defaultValue = "300",
            description = "a round that lasts longer is a finding, with the stacks of the nodes' threads (default: ${DEFAULT-VALUE})")
    private int hangS;

    @Option(names = {"-v", "--verbose"}, description = "print all that is known of what was reached")
    private boolean verbose;

    @Option(names = "--list", description = "show the fuzzers")
    private boolean list;

    @Override
    public Integer call() {
        if (list) {
            Fuzzers.ALL.forEach(fuzzer -> System.out.printf("%-12s %s%n", fuzzer.name(), fuzzer.description()));
            return 0;
        }
        for (String name : names) {
            if (Fuzzers.ALL.stream().noneMatch(fuzzer -> fuzzer.name().equals(name))) {
                throw new UserError(Lego.FAILED, "no fuzzer '" + name + "': there are "
                        + String.join(", ", Fuzzers.ALL.stream().map(Fuzzer::name).toList()));
            }
        }
        int status = 0;
        for (Fuzzer fuzzer : Fuzzers.ALL) {
            if (names.isEmpty() || names.contains(fuzzer.name())) {
                status |= attack(fuzzer);
            }
        }
        return status;
    }

    /** Nobody can be asked to go on any more. */
    private static void hangs(Fuzzer fuzzer, FuzzRun run, String report) {
        System.out.printf("%-12s seed %d: %s%n", fuzzer.name(), run.seed(), report);
        System.out.printf("repeat with: lego fuzz %s --seed %d --rounds %d%n", fuzzer.name(), run.seed(), run.rounds());
        System.out.flush();
        Runtime.getRuntime().halt(FOUND);
    }

    private int attack(Fuzzer fuzzer) {
        Clock clock = HostClock.instance();
        long used = seed != null ? seed : clock.wallTimeNs();
        long startNs = clock.nowNs();
        long budgetNs = rounds != null ? Long.MAX_VALUE - startNs : seconds * 1_000_000_000L;
        FuzzRun run = new FuzzRun(clock, used, rounds != null ? rounds : Long.MAX_VALUE, startNs + budgetNs);
        try (FuzzWatch _ = new FuzzWatch(run, hangS, report -> hangs(fuzzer, run, report))) {
            fuzzer.run(run);
        } catch (RuntimeException | Error e) {
            System.out.printf("%-12s seed %d: %s%n", fuzzer.name(), used, e instanceof FuzzRun.FuzzFinding ? e.getMessage() : e.toString());
            if (!(e instanceof FuzzRun.FuzzFinding)) {
                e.printStackTrace(System.out);
            }
            System.out.printf("repeat with: lego fuzz %s --seed %d --rounds %d%n", fuzzer.name(), used, run.rounds());
            return FOUND;
        }
        System.out.printf("%-12s seed %d: %d rounds in %.1f s, nothing found%n", fuzzer.name(), used, run.rounds(), (clock.nowNs() - startNs) / 1e9);
        run.remarks().forEach(remark -> System.out.printf("%-12s %s%n", fuzzer.name(), remark));
        if (verbose) {
            run.details().forEach(System.out::println);
        }
        return 0;
    }
}
