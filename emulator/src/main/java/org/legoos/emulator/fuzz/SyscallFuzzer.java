package org.legoos.emulator.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.ClusterOptions;
import org.legoos.emulator.cluster.Topology;
import org.legoos.emulator.stdio.CapturedStdio;
import org.legoos.emulator.usr.UsrTree;
import org.legoos.isa.time.HostClock;
import org.legoos.managers.processor.core.RunningProgram;

/**
 * A program that makes random system calls with hostile arguments ({@code usr/fuzz.c}) on a cluster: each run ends, no call
 * meets a bug of ours (they are logged as "BUG"), and what the dead left behind is taken away.
 */
final class SyscallFuzzer implements Fuzzer {
    private static final int CALLS = 400;
    private static final int EXPECTED_STATUS = 77;
    private static final long HANG_NS = 60_000_000_000L;
    private static final String GUEST_PATH = "/usr/fuzz";
    private static final byte[] NO_INPUT = {};

    @Override
    public String name() {
        return "syscalls";
    }

    @Override
    public String description() {
        return "system calls with random numbers and arguments: an errno, never an exception of ours, never a hang";
    }

    @Override
    public void run(FuzzRun run) {
        try {
            Path serialDir = Files.createTempDirectory("legoos-fuzz");
            ClusterOptions options = new ClusterOptions().serialDir(serialDir).file(GUEST_PATH, UsrTree.ofHome().built("fuzz"));
            try (Cluster cluster = Cluster.start(Topology.load("1P-1M").withMemoryRam(256L << 20), options)) {
                while (run.more()) {
                    attack(run, cluster, run.random().nextInt() & 0xffffffffL);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void attack(FuzzRun run, Cluster cluster, long seed) {
        String what = "usr/fuzz " + seed + " " + CALLS;
        RunningProgram program = cluster.start(GUEST_PATH, List.of(GUEST_PATH, Long.toString(seed), Integer.toString(CALLS)),
                Cluster.DEFAULT_ENVIRONMENT, new CapturedStdio(NO_INPUT));
        run.require(program.awaitExit(HostClock.instance().nowNs() + HANG_NS), what + " hangs");
        String log = cluster.processor().kernel().log().dump() + cluster.node("memory0").kernel().log().dump();
        int bug = log.indexOf("BUG");
        run.require(bug < 0, what + ": " + (bug < 0 ? "" : log.substring(bug, Math.min(log.length(), bug + 1500))));
        run.require(program.exitStatus().shellCode() == EXPECTED_STATUS, what + " ends with " + program.exitStatus().shellCode());
        run.require(cluster.processor().manager().processes().isEmpty(), what + " leaves processes behind");
    }
}
