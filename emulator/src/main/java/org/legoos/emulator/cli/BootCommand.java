package org.legoos.emulator.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.ClusterNode;
import org.legoos.emulator.cluster.ClusterOptions;
import org.legoos.emulator.cluster.ConfigException;
import org.legoos.emulator.cluster.NodeSpec;
import org.legoos.emulator.cluster.Topology;
import org.legoos.emulator.control.ControlServer;
import org.legoos.emulator.nodes.NodeProcesses;
import org.legoos.isa.libc.HostIo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lego boot}: a cluster that stays up; {@code lego exec} starts programs on it. */
@Command(name = "boot", mixinStandardHelpOptions = true,
        description = "Boot a cluster that stays up until 'lego down', Ctrl-C or SIGTERM; 'lego exec' starts programs on it.")
final class BootCommand implements Callable<Integer> {
    private static final int SHELL_SIGNAL_BASE = 128;

    @Mixin
    private ClusterArguments cluster;

    @Mixin
    private NetworkArguments network;

    @Mixin
    private WireArguments wire;

    @Mixin
    private NameArgument name;

    @Option(names = {"-d", "--detach"}, description = "return when the cluster is up")
    private boolean detach;

    @Option(names = "--in-background", hidden = true, description = "this is the process that --detach leaves behind")
    private boolean inBackground;

    @Option(names = {"-q", "--quiet"}, description = "do not say that the cluster is up")
    private boolean quiet;

    @Option(names = {"-v", "--verbose"}, description = "show the first processor's kernel log on stderr")
    private boolean verbose;

    @Spec
    private CommandSpec spec;

    private Cluster assembled; // guarded by this
    private ControlServer control; // guarded by this
    private int signal; // guarded by this

    @Override
    public Integer call() {
        if (detach) {
            return Background.start(name.place(), spec.commandLine().getParseResult().originalArgs(), quiet);
        }
        Topology topology = cluster.topology();
        NodeSpec first = topology.nodes().stream().filter(NodeSpec::isProcessor).findFirst().orElseThrow(
                () -> new ConfigException(topology.nodes().getFirst().name() + " is no processor: 'lego node' starts it"));
        ClusterOptions options = cluster.options();
        network.check();
        if (verbose) {
            options.serial(first.name() + ":ttyS1", "stderr");
        }
        if (inBackground) {
            HostIo.newSession();
        }
        HostIo.giveUpTerminal(); // clients pass theirs
        HostSignals.handle(this::onSignal);
        try {
            return stayUp(topology, options);
        } finally {
            cluster.root().removeTemporary();
        }
    }

    private int stayUp(Topology topology, ClusterOptions options) {
        try (ControlServer server = new ControlServer(name.place(), line -> System.err.println("lego: " + line));
                NodeProcesses others = wire.startOthers(topology, options);
                Cluster running = Cluster.assemble(others == null ? topology : others.here(), options)) {
            synchronized (this) {
                assembled = running;
            }
            running.boot();
            try (NetworkArguments.Connected _ = network.connect(running)) {
                synchronized (this) {
                    control = server;
                    if (signal != 0) {
                        server.wantDown();
                    }
                }
                server.serve(running);
                announce(running);
                watchDepartures(running, server);
                server.awaitDown();
                server.stopAccepting();
                return exitStatus(running);
            }
        } catch (IOException e) {
            throw new UserError(Lego.FAILED, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Lego.FAILED;
        }
    }

    private void announce(Cluster running) {
        if (quiet && !inBackground) {
            return;
        }
        List<String> names = running.nodes().stream().map(ClusterNode::name).toList();
        String root = cluster.root().isGiven() ? ", " + cluster.root().describe() : "";
        String option = name.place().name().equals(org.legoos.emulator.control.ControlPlace.DEFAULT_NAME) ? ""
                : " --name " + name.place().name();
        System.out.println("lego: cluster '" + name.place().name() + "' is up: " + String.join(", ", names) + root
                + "; lego exec" + option + " PROGRAM, lego down" + option);
        System.out.flush();
    }

    /** A cluster that has lost a node is of no use any more. */
    private static void watchDepartures(Cluster running, ControlServer server) {
        for (ClusterNode node : running.nodes()) {
            Thread.ofPlatform().daemon().name(node.name() + "/departures").start(() -> {
                node.fit().awaitAbandoned(Long.MAX_VALUE);
                server.wantDown();
            });
        }
    }

    private int exitStatus(Cluster running) {
        synchronized (this) {
            if (signal != 0) {
                return SHELL_SIGNAL_BASE + signal;
            }
        }
        String departure = running.processor().fit().lastDeparture();
        if (departure != null) {
            System.err.println("lego: " + departure);
            return 1;
        }
        return 0;
    }

    /** The first signal ends the cluster in order, the second one at once. */
    private void onSignal(int number) {
        synchronized (this) {
            boolean isFirst = signal == 0;
            signal = number;
            if (isFirst && control != null) {
                control.wantDown();
                return;
            }
            if (assembled != null) {
                assembled.flushLogs();
            }
        }
        cluster.root().removeTemporary();
        Runtime.getRuntime().halt(SHELL_SIGNAL_BASE + number);
    }
}
