package org.legoos.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.legoos.emulator.cluster.Topology;
import org.legoos.emulator.usr.UsrTree;

/** The C tests of usr/tests: each ends natively with status 0, and in the guest with the same output. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceTest {
    private static final UsrTree USR = UsrTree.ofHome();

    @TempDir
    private static Path serialDir;

    private TestSuite suite;
    private TestRunner runner;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        suite = TestSuite.read(USR);
        suite.build();
        runner = new TestRunner(suite, Topology.load(topology()), serialDir);
    }

    @AfterAll
    void stop() throws IOException {
        if (runner != null) {
            runner.close();
        }
    }

    String topology() {
        return Topology.IN_MEMORY;
    }

    boolean isChosen(TestCase test) {
        return true;
    }

    @TestFactory
    Stream<DynamicTest> testsOfUsr() {
        return suite.cases().stream().filter(this::isChosen).map(test -> dynamicTest(test.id(), () -> check(runner.run(test))));
    }

    private static void check(TestResult result) {
        if (result.kind() == TestResult.Kind.KNOWN_FAILURE) {
            Assumptions.abort(result.test().knownFailing() + "\n" + result.detail());
        }
        assertThat(result.detail()).as(result.test().id()).isEmpty();
    }
}
