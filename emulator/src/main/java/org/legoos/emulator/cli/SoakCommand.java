package org.legoos.emulator.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.legoos.emulator.soak.Soak;
import org.legoos.emulator.soak.SoakKind;
import org.legoos.emulator.soak.SoakReport;
import org.legoos.emulator.usr.UsrTree;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lego soak [KIND...]}: many operations of one kind, and whether anything is left of them. */
@Command(name = "soak", mixinStandardHelpOptions = true,
        description = "Repeat operations and see whether anything grows: memory, pids, descriptors, lines of any node, heap and memory of the host.",
        footer = "Exit status: 0 when nothing grew, 1 otherwise.")
final class SoakCommand implements Callable<Integer> {
    private static final int GROWN = 1;

    @Parameters(paramLabel = "KIND", arity = "0..*", description = "what to repeat (default: all; --list shows the kinds)")
    private List<String> names = new ArrayList<>();

    @Option(names = "--count", paramLabel = "N", description = "operations of each kind (default: some seconds)")
    private Long count;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "9", description = "how often to look (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--storage", description = "files are on a storage node")
    private boolean onStorage;

    @Option(names = "--json", description = "print JSON instead of tables")
    private boolean json;

    @Option(names = {"-v", "--verbose"}, description = "tell each round on stderr")
    private boolean verbose;

    @Option(names = "--list", description = "show the kinds")
    private boolean list;

    @Override
    public Integer call() throws IOException {
        if (list) {
            SoakKind.ALL.forEach(kind -> System.out.printf("%-8s %s%n", kind.name(), kind.operation()));
            return 0;
        }
        if (rounds < 3 || count != null && count < rounds) {
            throw new UserError(Lego.FAILED, "--rounds: at least 3, and no more than --count");
        }
        Soak soak = new Soak(UsrTree.ofHome(), onStorage, true, rounds,
                line -> {
                    if (verbose) {
                        System.err.println(line);
                    }
                });
        int status = 0;
        String separator = "[";
        for (SoakKind kind : chosen()) {
            SoakReport report = soak.run(kind, count == null ? kind.quickCount() : count);
            List<String> growth = report.growth();
            if (json) {
                System.out.println(separator + report.table().toJson());
                separator = ",";
            } else {
                System.out.println(report.table().toText() + (growth.isEmpty() ? "  no growth\n" : "  " + String.join("\n  ", growth) + "\n"));
            }
            status = growth.isEmpty() ? status : GROWN;
        }
        if (json) {
            System.out.println("]");
        }
        return status;
    }

    private List<SoakKind> chosen() {
        if (names.isEmpty() || names.contains("all")) {
            return SoakKind.ALL;
        }
        List<SoakKind> chosen = new ArrayList<>();
        for (String name : names) {
            chosen.add(SoakKind.ALL.stream().filter(kind -> kind.name().equals(name)).findFirst().orElseThrow(() -> new UserError(Lego.FAILED,
                    "nothing to soak by the name of '" + name + "': there are " + String.join(", ", SoakKind.ALL.stream().map(SoakKind::name).toList()))));
        }
        return chosen;
    }
}
