package org.legoos.emulator.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.ClusterNode;
import org.legoos.emulator.cluster.ClusterOptions;
import org.legoos.emulator.cluster.ConfigException;
import org.legoos.emulator.cluster.Deaths;
import org.legoos.emulator.cluster.HostErrors;
import org.legoos.emulator.cluster.GuestPaths;
import org.legoos.emulator.cluster.NodeSpec;
import org.legoos.emulator.cluster.Topology;
import org.legoos.emulator.nodes.NodeProcesses;
import org.legoos.emulator.stats.StatsReport;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.managers.processor.core.RunningProgram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lego run PROGRAM [ARG...]}: boots a cluster, runs one program as if natively, ends with its exit status. */
@Command(name = "run", mixinStandardHelpOptions = true,
        description = "Boot a cluster and run a static Linux program on it; stdin, stdout, stderr and the exit status are the program's.",
        footer = "Exit status: the program's; 128+N if signal N killed it; 126 if it cannot be run, 127 if it is not there, 125 if LegoOS failed.")
final class RunCommand implements Callable<Integer> {
    private static final int NOT_RUNNABLE = 126;
    private static final int NOT_FOUND = 127;

    @Mixin
    private ClusterArguments cluster;

    @Mixin
    private NetworkArguments network;

    @Option(names = "--strace", arity = "0..1", preprocessor = AttachedValue.class, paramLabel = "FILE",
            description = "trace system calls to stderr or FILE (--strace=FILE), with a summary at the end")
    private String strace;

    @Option(names = "--stats", paramLabel = "FILE", description = "write all counters and latency histograms as JSON ('-' = stderr)")
    private String stats;

    @Option(names = "--screenshot", paramLabel = "NODE:FILE", description = "dump a node's VGA screen at the end, as text or .png")
    private String screenshot;

    @Mixin
    private WireArguments wire;

    @Mixin
    private EnvironmentArguments environment;

    @Option(names = {"-t", "--tty"}, description = "give the program a terminal of its own, connected to yours: for shells and editors")
    private boolean terminal;

    @Option(names = {"-q", "--quiet"}, description = "say nothing but what the program says")
    private boolean quiet;

    @Option(names = {"-v", "--verbose"}, description = "show the processor's kernel log on stderr")
    private boolean verbose;

    @Parameters(index = "0", arity = "0..1", paramLabel = "PROGRAM",
            description = "a static ELF program of the host; without it, the one that CONFIG_RAMFS_OBJECT_FILE names")
    private String program;

    @Parameters(index = "1..*", paramLabel = "ARG", description = "its arguments")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
        Topology topology = cluster.topology();
        if (topology.nodes().stream().noneMatch(NodeSpec::isProcessor)) {
            throw new ConfigException(topology.nodes().getFirst().name() + " is no processor: 'lego node' starts it");
        }
        boolean isTyped = program != null;
        if (!isTyped) {
            program = configuredProgram(topology);
        }
        ClusterOptions options = cluster.options();
        String guestPath = guestPath(options);
        ProgramConsole.check(terminal);
        network.check();
        if (verbose) {
            options.serial("processor0:ttyS1", "stderr");
        }
        try (StraceOutput trace = StraceOutput.open(strace)) {
            options.traceSink(trace == null ? null : trace);
            Interruption interruption = Interruption.install(cluster.root()::removeTemporary);
            try (NodeProcesses others = wire.startOthers(topology, options);
                    Cluster running = Cluster.assemble(others == null ? topology : others.here(), options)) {
                interruption.cluster(running);
                checkOutputs(running);
                running.boot();
                announce(running);
                return runOn(running, guestPath, interruption, isTyped);
            }
        } finally {
            cluster.root().removeTemporary();
        }
    }

    /** Where the program is in the cluster: below --root, or where the launcher puts the host's file. */
    private String guestPath(ClusterOptions options) {
        List<String> environment = this.environment.all(terminal); // what is wrong with it is said before boot
        if (!cluster.root().isGiven()) {
            String path = GuestPaths.of(program);
            options.file(path, checkedProgram());
            return path;
        }
        String path = cluster.root().find(program, environment);
        if (path == null) {
            throw new UserError(NOT_FOUND, program + ": no such file below --root");
        }
        return path;
    }

    /** What the memory node's image holds in the original: an object file of usr/, here the program made of it. */
    private static String configuredProgram(Topology topology) {
        String object = topology.nodes().stream().filter(node -> !node.isProcessor()).findFirst()
                .map(node -> node.config().string("RAMFS_OBJECT_FILE")).orElse("");
        if (object.isEmpty()) {
            throw new ConfigException("no PROGRAM is given and CONFIG_RAMFS_OBJECT_FILE names none");
        }
        return object.endsWith(".o") ? object.substring(0, object.length() - 2) : object;
    }

    /** The program file, or a UserError with the shell's exit status for what is wrong. */
    private Path checkedProgram() {
        Path file;
        try {
            file = Path.of(program);
        } catch (InvalidPathException e) {
            throw new UserError(NOT_FOUND, program + ": not a file name in this locale (" + e.getReason() + ")");
        }
        if (!Files.exists(file)) {
            throw new UserError(NOT_FOUND, program + ": no such file");
        }
        if (Files.isDirectory(file)) {
            throw new UserError(NOT_RUNNABLE, program + ": is a directory");
        }
        if (!Files.isReadable(file)) {
            throw new UserError(NOT_RUNNABLE, program + ": permission denied");
        }
        return file;
    }

    private void announce(Cluster running) {
        if (quiet) {
            return;
        }
        if (cluster.root().isGiven()) {
            System.err.println("lego: " + cluster.root().describe());
        }
        for (ClusterNode node : running.nodes()) {
            for (int i = 0; i < 2; i++) {
                String location = node.machine().serialLocation(i);
                if (!location.isEmpty()) {
                    System.err.println("lego: " + node.name() + " ttyS" + i + " is at " + location);
                }
            }
        }
    }

    /** What will be written at the end is checked before anything runs. */
    private void checkOutputs(Cluster assembled) {
        if (stats != null && !stats.equals("-")) {
            writeFile(stats, "");
        }
        if (screenshot != null) {
            Screenshots.check(assembled, screenshot);
        }
    }

    private int runOn(Cluster running, String guestPath, Interruption interruption, boolean isTyped) {
        List<byte[]> argv = isTyped ? RawArguments.last(1 + arguments.size()) : null;
        RunningProgram started;
        try (NetworkArguments.Connected _ = network.connect(running);
                ProgramConsole console = ProgramConsole.open(terminal, interruption)) {
            started = running.startRaw(guestPath, argv == null ? utf8Argv() : argv, environment.all(terminal), console.stdio());
            interruption.program(started);
            started.awaitExit(WaitQueue.FOREVER);
        }
        String departure = running.processor().fit().lastDeparture();
        if (departure != null) {
            System.err.println("lego: " + departure);
        }
        explain(running, started, guestPath);
        if (stats != null) {
            writeStats(running);
        }
        if (screenshot != null) {
            Screenshots.write(running, screenshot);
        }
        return started.exitStatus().shellCode();
    }

    private List<byte[]> utf8Argv() {
        List<byte[]> argv = new ArrayList<>();
        argv.add(program.getBytes(StandardCharsets.UTF_8));
        arguments.forEach(argument -> argv.add(argument.getBytes(StandardCharsets.UTF_8)));
        return argv;
    }

    /** One line on stderr when the program could not be run, or when a shell would say how it died. */
    private void explain(Cluster running, RunningProgram ended, String guestPath) {
        String failure = ended.failure();
        if (failure != null) {
            String prefix = GuestPaths.bytesAsChars(guestPath) + ": ";
            System.err.println("lego: " + program + ": " + (failure.startsWith(prefix) ? failure.substring(prefix.length()) : failure));
        } else if (!quiet) {
            String death = Deaths.describe(ended.exitStatus().signal());
            if (death != null) {
                String log = running.processor().consoleLog();
                System.err.println("lego: " + program + ": " + death + (log.isEmpty() ? "" : "; see " + log));
            }
        }
    }

    private void writeStats(Cluster running) {
        String json = StatsReport.of(running);
        if (stats.equals("-")) {
            System.err.print(json);
            return;
        }
        writeFile(stats, json);
    }

    private static void writeFile(String file, String text) {
        try {
            Files.writeString(Path.of(file), text);
        } catch (IOException e) {
            throw new UserError(Lego.FAILED, "cannot write " + file + ": " + HostErrors.reason(e));
        }
    }
}
