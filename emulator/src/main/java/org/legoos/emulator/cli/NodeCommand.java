package org.legoos.emulator.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.ClusterNode;
import org.legoos.emulator.cluster.ClusterOptions;
import org.legoos.emulator.cluster.ConfigException;
import org.legoos.emulator.cluster.NodeMissingException;
import org.legoos.emulator.cluster.NodeSpec;
import org.legoos.emulator.cluster.Topology;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lego node}: one node of a cluster whose other nodes are in other processes or on other hosts. */
@Command(name = "node", mixinStandardHelpOptions = true,
        description = {"Serve as one node of a cluster that is joined by UDP (CONFIG_FIT_NODE_ADDRESSES), until interrupted.",
            "When all processors have left, the node boots anew and serves the next. A processor node runs a program: "
            + "lego run --topology DIR --node NAME PROGRAM."})
final class NodeCommand implements Callable<Integer> {
    private static final int WAIT_MAX_S = 300;
    private static final int SHELL_SIGNAL_BASE = 128;

    @Mixin
    private ClusterArguments cluster;

    @Option(names = "--wait", paramLabel = "SECONDS", defaultValue = "60",
            description = "give up when the other nodes have not joined by then; 0 = never (default: ${DEFAULT-VALUE})")
    private int waitS;

    @Option(names = "--once", description = "end when all processors have left")
    private boolean once;

    @Option(names = "--with-stdin", hidden = true, description = "end when stdin ends")
    private boolean withStdin;

    private Cluster running; // guarded by this

    @Override
    public Integer call() {
        if (waitS < 0 || waitS > WAIT_MAX_S) {
            throw new ConfigException("--wait " + waitS + ": expected 0 to " + WAIT_MAX_S);
        }
        Topology topology = checked(cluster.topology());
        int roundS = waitS == 0 ? WAIT_MAX_S : waitS;
        Topology here = topology.mapConfigs(config -> config.with("FIT_INITIAL_SLEEP_TIMEOUT", "" + roundS));
        ClusterOptions options = cluster.options();
        HostSignals.handle(this::onSignal);
        if (withStdin) {
            Thread.ofPlatform().daemon().name("stdin").start(this::endWithStdin);
        }
        do {
            serve(here, options);
        } while (!once);
        return 0;
    }

    private static Topology checked(Topology topology) {
        if (topology.nodes().size() != 1) {
            throw new ConfigException("topology " + topology.name() + " has " + topology.nodes().size() + " nodes: --node says which");
        }
        NodeSpec node = topology.nodes().getFirst();
        if (!topology.isOnUdp()) {
            throw new ConfigException(node.name() + ": CONFIG_FIT_NODE_ADDRESSES is not set: nobody could reach it; "
                    + "see 'lego defconfig --udp'");
        }
        if (node.isProcessor()) {
            throw new ConfigException(node.name() + " is a processor: it runs a program, as in 'lego run --topology DIR --node "
                    + node.name() + " PROGRAM'");
        }
        return topology;
    }

    /** One life of the node: boots, serves until nobody is left. */
    private void serve(Topology topology, ClusterOptions options) {
        try (Cluster assembled = Cluster.assemble(topology, options)) {
            synchronized (this) {
                running = assembled;
            }
            ClusterNode node = assembled.nodes().getFirst();
            System.out.println("lego: " + node.name() + " waits at " + topology.addressOf(node.spec()));
            System.out.flush();
            assembled.boot();
            System.out.println("lego: " + node.name() + " has joined");
            node.fit().awaitAbandoned(Long.MAX_VALUE);
            System.out.println("lego: " + node.fit().lastDeparture());
        } catch (NodeMissingException e) {
            if (waitS != 0) {
                throw e;
            }
            System.err.println("lego: " + e.getMessage()); // and waits on
        }
    }

    private void onSignal(int number) {
        end(SHELL_SIGNAL_BASE + number);
    }

    private void endWithStdin() {
        try {
            while (System.in.read() >= 0) {
                // Nobody writes there; it only ends.
            }
        } catch (IOException e) {
            // As good as its end.
        }
        end(0);
    }

    /** Whatever the node is doing: its logs are completed and the process ends. */
    private void end(int status) {
        Cluster ending;
        synchronized (this) {
            ending = running;
        }
        if (ending != null) {
            ending.flushLogs();
        }
        Runtime.getRuntime().halt(status);
    }
}
