package org.legoos.emulator.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.ClusterNode;
import org.legoos.emulator.cluster.ClusterOptions;
import org.legoos.emulator.cluster.TemporaryDirectory;
import org.legoos.emulator.cluster.Topology;
import org.legoos.emulator.usr.UsrTree;
import org.legoos.isa.time.HostClock;
import org.legoos.kernel.printk.Printk;
import org.legoos.managers.processor.core.CapturedStdio;
import org.legoos.managers.processor.core.RunningProgram;

/**
 * A program that makes random system calls with hostile arguments ({@code usr/fuzz.c}) on a cluster: each run ends, no call
 * meets a bug of ours (they are logged as "BUG"), and what the dead left behind is taken away.
 */
final class SyscallFuzzer implements Fuzzer {
    private static final int CALLS = 400;
    private static final int EXPECTED_STATUS = 77;
    private static final long HANG_NS = 120_000_000_000L;
    private static final int REPORTED_CHARS = 1500;
    private static final String PROCESSOR = "org.legoos.managers.processor";
    private static final String GUEST_PATH = "/usr/fuzz";
    private static final long NODE_RAM_BYTES = 256L << 20;
    private static final byte[] NO_INPUT = {};

    private final boolean onStorage;
    private final Map<String, Long> linesRead = new HashMap<>();

    /** @param onStorage files are on a storage node, in a temporary directory */
    SyscallFuzzer(boolean onStorage) {
        this.onStorage = onStorage;
    }

    @Override
    public String name() {
        return onStorage ? "syscalls-storage" : "syscalls";
    }

    @Override
    public String description() {
        return "system calls with random numbers and arguments" + (onStorage ? ", files on a storage node" : "")
                + ": an errno, never an exception of ours, never a hang";
    }

    @Override
    public void run(FuzzRun run) {
        try (TemporaryDirectory directory = TemporaryDirectory.create("fuzz")) {
            linesRead.clear();
            ClusterOptions options = new ClusterOptions().serialDir(directory.path().resolve("serial"));
            SyscallCoverage coverage = new SyscallCoverage();
            try (Cluster cluster = Cluster.start(topology(directory.path(), options), options)) {
                while (run.more()) {
                    attack(run, cluster, run.random().nextInt() & 0xffffffffL, coverage);
                }
                run.tell(coverage.summary(cluster.processor().manager().syscalls()));
                coverage.lines().forEach(run::tellInDetail);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Topology topology(Path directory, ClusterOptions options) throws IOException {
        if (!onStorage) {
            options.file(GUEST_PATH, UsrTree.ofHome().built("fuzz"));
            return Topology.load("1P-1M").withMemoryRam(NODE_RAM_BYTES);
        }
        Path root = directory.resolve("root");
        for (String name : new String[] {"tmp", "usr", "dev", "proc"}) {
            Files.createDirectories(root.resolve(name));
        }
        Files.copy(UsrTree.ofHome().built("fuzz"), root.resolve(GUEST_PATH.substring(1)), StandardCopyOption.COPY_ATTRIBUTES);
        return Topology.load(Topology.WITH_STORAGE).withMemoryRam(NODE_RAM_BYTES).withRoot(root.toString(), false, "");
    }

    /** The processor node's last words. */
    private static String logOf(Cluster cluster) {
        String log = cluster.processor().kernel().log().dump();
        return "\n" + log.substring(Math.max(0, log.length() - REPORTED_CHARS));
    }

    private void attack(FuzzRun run, Cluster cluster, long seed, SyscallCoverage coverage) {
        String what = "usr/fuzz " + seed + " " + CALLS;
        CapturedStdio stdio = new CapturedStdio(NO_INPUT);
        RunningProgram program = cluster.start(GUEST_PATH, List.of(GUEST_PATH, Long.toString(seed), Integer.toString(CALLS)),
                Cluster.DEFAULT_ENVIRONMENT, stdio);
        boolean isEnded = program.awaitExit(HostClock.instance().nowNs() + HANG_NS);
        run.require(isEnded, what + " hangs" + (isEnded ? "" : logOf(cluster) + Stacks.of(PROCESSOR)));
        for (ClusterNode node : cluster.nodes()) {
            Printk log = node.kernel().log();
            String news = log.syslog(linesRead.getOrDefault(node.name(), 0L));
            linesRead.put(node.name(), log.nextLine());
            int bug = news.indexOf("BUG");
            run.require(bug < 0, what + ": " + (bug < 0 ? "" : news.substring(bug, Math.min(news.length(), bug + REPORTED_CHARS))));
        }
        run.require(program.exitStatus().shellCode() == EXPECTED_STATUS, what + " ends with " + program.exitStatus().shellCode());
        run.require(cluster.processor().manager().processes().isEmpty(), what + " leaves processes behind");
        coverage.add(new String(stdio.outBytes(), java.nio.charset.StandardCharsets.ISO_8859_1));
    }
}
