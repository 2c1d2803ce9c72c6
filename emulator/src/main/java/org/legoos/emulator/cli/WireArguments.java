package org.legoos.emulator.cli;

import java.io.IOException;
import org.legoos.emulator.cluster.ClusterOptions;
import org.legoos.emulator.cluster.ConfigException;
import org.legoos.emulator.cluster.HostErrors;
import org.legoos.emulator.cluster.Topology;
import org.legoos.emulator.nodes.NodeProcesses;
import picocli.CommandLine.Option;

/** Whether the nodes that run no programs are in this process or each in one of its own. */
final class WireArguments {
    @Option(names = "--wire", paramLabel = "WIRE", defaultValue = "jvm",
            description = "jvm: all nodes in this process; shm, udp: each other node in a process of its own, "
                    + "joined by shared memory or by UDP (default: ${DEFAULT-VALUE})")
    private String wire;

    /** The other nodes in processes of their own, or null when they are in this one or said to be elsewhere. */
    NodeProcesses startOthers(Topology topology, ClusterOptions options) {
        if (wire.equals("jvm")) {
            return null;
        }
        boolean isKnown = wire.equals("udp") || wire.equals("shm");
        if (!isKnown || topology.isOnUdp()) {
            throw new ConfigException("--wire " + wire + ": expected "
                    + (isKnown ? "a topology without CONFIG_FIT_NODE_ADDRESSES" : "jvm, shm or udp"));
        }
        Topology joined = topology.mapConfigs(config -> config.with("FIT_SHARED_MEMORY", wire.equals("shm") ? "y" : "n"));
        try {
            NodeProcesses others = NodeProcesses.start(joined, options);
            options.keepSerialPortsOf(name -> others.here().nodes().stream().anyMatch(node -> node.name().equals(name)));
            return others;
        } catch (IOException e) {
            throw new UserError(Lego.FAILED, "cannot start the other nodes: " + HostErrors.reason(e));
        }
    }
}
