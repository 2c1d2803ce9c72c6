package org.legoos.emulator.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.legoos.emulator.cluster.ConfigException;
import org.legoos.emulator.cluster.Topology;
import org.legoos.emulator.conformance.ConformanceReport;
import org.legoos.emulator.conformance.TestCase;
import org.legoos.emulator.conformance.TestResult;
import org.legoos.emulator.conformance.TestRunner;
import org.legoos.emulator.conformance.TestSuite;
import org.legoos.emulator.usr.UsrTree;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lego conformance [CLASS[/NAME]...]}: the C tests of usr/tests, natively and in the guest. */
@Command(name = "conformance", mixinStandardHelpOptions = true,
        description = "Run the C tests of usr/tests on this machine's Linux and on LegoOS, and compare.",
        footer = "Exit status: 0 when every test passed or is listed in usr/tests/outcomes, 1 otherwise.")
final class ConformanceCommand implements Callable<Integer> {
    /** Before each line on a terminal, where the progress stands; nothing elsewhere. */
    private static final String CLEAR_LINE = System.console() != null && System.console().isTerminal() ? "\r\033[K" : "";

    @Option(names = "--json", description = "print JSON instead of a table")
    private boolean json;

    @Option(names = "--list", description = "only print the names of the tests")
    private boolean list;

    @Option(names = "--topology", paramLabel = "NAME", description = "the cluster's topology (default: 1P-1M-1S with --root, else 1P-1M)")
    private String topology;

    @Option(names = "--root", description = "the tests' files are on a storage node, in a directory of this machine made for it")
    private boolean root;

    @Parameters(paramLabel = "CLASS[/NAME]", arity = "0..*", description = "which tests (default: all)")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        try {
            TestSuite suite = TestSuite.read(UsrTree.ofHome());
            List<TestCase> chosen = chosen(suite);
            if (list) {
                chosen.forEach(test -> System.out.println(test.id()));
                return 0;
            }
            suite.build();
            return run(suite, chosen);
        } catch (IOException e) {
            throw new UserError(Lego.FAILED, e.getMessage());
        }
    }

    private List<TestCase> chosen(TestSuite suite) {
        if (names.isEmpty()) {
            return suite.cases();
        }
        List<TestCase> chosen = new ArrayList<>();
        for (String name : names) {
            List<TestCase> found = suite.named(name);
            if (found.isEmpty()) {
                throw new UserError(Lego.FAILED, "no test or class '" + name + "': there are " + String.join(", ", suite.classes()));
            }
            chosen.addAll(found);
        }
        return chosen;
    }

    private int run(TestSuite suite, List<TestCase> chosen) throws IOException, InterruptedException {
        ConformanceReport report = new ConformanceReport();
        try (TestRunner runner = new TestRunner(suite, chosenTopology(), Path.of("serial"))) {
            int done = 0;
            for (TestCase test : chosen) {
                progress(++done, chosen.size(), test);
                TestResult result = runner.run(test);
                report.add(result);
                tell(result);
            }
        }
        System.err.print(CLEAR_LINE);
        System.out.print(json ? report.toJson() : report.toText());
        return report.isClean() ? 0 : 1;
    }

    private Topology chosenTopology() {
        Topology chosen = Topology.load(topology != null ? topology : root ? Topology.WITH_STORAGE : Topology.IN_MEMORY);
        if (root != chosen.hasStorage()) {
            throw new ConfigException("topology " + chosen.name() + (root ? " has no storage node: --root needs one"
                    : " has a storage node: --root gives it a directory"));
        }
        return chosen;
    }

    private static void progress(int number, int count, TestCase test) {
        if (!CLEAR_LINE.isEmpty()) {
            System.err.print(CLEAR_LINE + number + "/" + count + " " + test.id());
        }
    }

    private void tell(TestResult result) {
        if (result.isUnexpectedPass()) {
            System.err.println(CLEAR_LINE + result.test().id() + " passes: take it off usr/tests/outcomes");
        } else if (result.kind() == TestResult.Kind.KNOWN_FAILURE) {
            System.err.println(CLEAR_LINE + result.test().id() + " fails as known: " + result.test().knownFailing());
        } else if (result.kind() != TestResult.Kind.PASS) {
            System.err.println(CLEAR_LINE + result.test().id() + " fails:\n" + result.detail().indent(2).stripTrailing());
        }
    }
}
