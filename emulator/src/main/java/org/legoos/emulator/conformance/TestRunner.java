package org.legoos.emulator.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.ClusterOptions;
import org.legoos.emulator.cluster.TemporaryDirectory;
import org.legoos.emulator.cluster.Topology;
import org.legoos.isa.time.HostClock;
import org.legoos.managers.processor.core.CapturedStdio;
import org.legoos.managers.processor.core.RunningProgram;
import org.legoos.managers.processor.strace.FlagAudit;

/**
 * Runs tests natively and in one cluster, one after the other, and compares. A test that hangs in the guest is
 * killed; if even that does not end it, the next test gets a new cluster.
 */
public final class TestRunner implements AutoCloseable {
    private static final long HANG_NS = 60_000_000_000L;
    private static final long KILL_NS = 5_000_000_000L;
    private static final int SIGKILL = 9;
    private static final byte[] NO_INPUT = {};

    private final TestSuite suite;
    private final Topology topology;
    private final Path serialDir;
    private final TemporaryDirectory root; // null: the files are in the memory node
    private final NativeRunner reference = new NativeRunner();
    private final FlagAudit audit = new FlagAudit();
    private Cluster cluster;

    /** With all files in the memory node, or if the topology has one, on a storage node, in a directory made for it. */
    public TestRunner(TestSuite suite, Topology topology, Path serialDir) throws IOException {
        this.suite = suite;
        this.serialDir = serialDir;
        root = topology.hasStorage() ? TestRoot.make(suite) : null;
        this.topology = root == null ? topology : topology.withRoot(root.path().toString(), false, "");
    }

    /** Runs a test on both sides. */
    public TestResult run(TestCase test) throws IOException, InterruptedException {
        Outcome expected = reference.run(suite.program(test.testClass()), List.of(test.name()), NO_INPUT);
        if (expected.status() != 0) {
            return new TestResult(test, TestResult.Kind.NATIVE_FAILURE, "natively it ends with " + expected.status() + ":\n"
                    + expected.stdout() + expected.stderr());
        }
        String difference = guestDifference(test, expected);
        TestResult.Kind kind = difference.isEmpty() ? TestResult.Kind.PASS
                : test.isKnownFailing() ? TestResult.Kind.KNOWN_FAILURE : TestResult.Kind.FAILURE;
        return new TestResult(test, kind, difference);
    }

    private String guestDifference(TestCase test, Outcome expected) throws IOException {
        Cluster running = cluster();
        CapturedStdio stdio = new CapturedStdio(NO_INPUT);
        String path = guestPath(test.testClass());
        RunningProgram program = running.start(path, List.of(path, test.name()), Cluster.DEFAULT_ENVIRONMENT, stdio);
        boolean isHung = !program.awaitExit(HostClock.instance().nowNs() + HANG_NS);
        if (isHung) {
            program.signal(SIGKILL);
            if (!program.awaitExit(HostClock.instance().nowNs() + KILL_NS)) {
                cluster = null;
                running.close();
                return "hangs, and SIGKILL does not end it\n" + Outcome.of(0, stdio.outBytes(), stdio.errBytes()).differenceFrom(expected);
            }
        }
        if (program.failure() != null) {
            return program.failure();
        }
        Outcome actual = Outcome.of(program.exitStatus().shellCode(), stdio.outBytes(), stdio.errBytes());
        Set<String> undeclared = audit.take();
        return (isHung ? "hangs\n" : "") + actual.differenceFrom(expected)
                + (undeclared.isEmpty() ? "" : "uses flags that the kernel's flags.tbl does not declare done: " + undeclared + "\n");
    }

    private static String guestPath(String testClass) {
        return "/" + TestRoot.TESTS + "/" + testClass;
    }

    private Cluster cluster() throws IOException {
        if (cluster == null) {
            Files.createDirectories(serialDir);
            ClusterOptions options = new ClusterOptions().serialDir(serialDir);
            if (root == null) {
                suite.classes().forEach(testClass -> options.file(guestPath(testClass), suite.program(testClass)));
            }
            cluster = Cluster.start(topology, options);
            cluster.processor().manager().auditFlags(audit);
        }
        return cluster;
    }

    @Override
    public void close() throws IOException {
        if (cluster != null) {
            cluster.close();
        }
        if (root != null) {
            root.close();
        }
        reference.close();
    }
}
