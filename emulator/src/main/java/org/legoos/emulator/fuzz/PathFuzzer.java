package org.legoos.emulator.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.ClusterOptions;
import org.legoos.emulator.cluster.TemporaryDirectory;
import org.legoos.emulator.cluster.Topology;
import org.legoos.emulator.usr.UsrTree;
import org.legoos.isa.time.HostClock;
import org.legoos.managers.processor.core.CapturedStdio;
import org.legoos.managers.processor.core.RunningProgram;

/**
 * A program that makes random calls on random paths ({@code usr/fuzzpaths.c}) in a root directory whose links lead out of it, while
 * the host exchanges directories for such links: nothing outside is read, changed or seen. Writable, overlay and read-only in turn.
 */
final class PathFuzzer implements Fuzzer {
    private static final int CALLS = 300;
    private static final int ROUNDS_OF_A_ROOT = 6;
    private static final int DONE = 77;
    private static final long HANG_NS = 120_000_000_000L;
    private static final byte[] NO_INPUT = {};

    private enum Mode { WRITABLE, OVERLAY, READ_ONLY }

    @Override
    public String name() {
        return "paths";
    }

    @Override
    public String description() {
        return "random paths through links that lead out of a root directory, raced by renames: nothing outside is reached";
    }

    @Override
    public void run(FuzzRun run) {
        try {
            Path program = UsrTree.ofHome().built("fuzzpaths");
            Mode[] modes = Mode.values();
            int turn = run.random().nextInt(modes.length);
            while (run.more()) {
                try (TemporaryDirectory base = TemporaryDirectory.create("fuzz-paths")) {
                    attackRoot(run, modes[turn++ % modes.length], PathFuzzRoot.build(base.path(), program), base.path());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void attackRoot(FuzzRun run, Mode mode, PathFuzzRoot root, Path base) throws IOException {
        String overlay = mode == Mode.OVERLAY ? Files.createDirectory(base.resolve("changes")).toString() : "";
        Topology topology = Topology.load(Topology.WITH_STORAGE).withMemoryRam(256L << 20)
                .withRoot(root.directory().toString(), mode == Mode.READ_ONLY, overlay);
        try (Cluster cluster = Cluster.start(topology, new ClusterOptions().serialDir(base.resolve("serial")))) {
            try (PathFuzzRoot.Race _ = root.race()) {
                int rounds = 0;
                do {
                    attack(run, cluster, mode, run.random().nextInt() & 0x7fffffffL);
                } while (++rounds < ROUNDS_OF_A_ROOT && run.more());
            }
            run.require(root.isOutsideUntouched(), mode + ": the outside was changed: " + root.difference());
        }
    }

    private static void attack(FuzzRun run, Cluster cluster, Mode mode, long seed) {
        String what = mode + ": fuzzpaths " + seed + " " + CALLS;
        CapturedStdio stdio = new CapturedStdio(NO_INPUT);
        RunningProgram program = cluster.start(PathFuzzRoot.PROGRAM,
                List.of(PathFuzzRoot.PROGRAM, Long.toString(seed), Integer.toString(CALLS)), Cluster.DEFAULT_ENVIRONMENT, stdio);
        boolean isEnded = program.awaitExit(HostClock.instance().nowNs() + HANG_NS);
        run.require(isEnded, what + " hangs" + (isEnded ? "" : Stacks.ofNodes()));
        run.require(program.exitStatus().shellCode() == DONE, what + " ends with " + program.exitStatus().shellCode() + ": "
                + new String(stdio.outBytes(), java.nio.charset.StandardCharsets.ISO_8859_1) + program.failure());
        for (String node : List.of("processor0", "memory0", "storage0")) {
            String log = cluster.node(node).kernel().log().dump();
            int bug = log.indexOf("BUG");
            run.require(bug < 0, what + ": " + node + ": " + (bug < 0 ? "" : log.substring(bug, Math.min(log.length(), bug + 1500))));
        }
    }
}
