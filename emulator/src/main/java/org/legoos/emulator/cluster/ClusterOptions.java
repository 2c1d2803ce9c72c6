package org.legoos.emulator.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.legoos.managers.processor.strace.TraceSink;

/**
 * How a cluster is set up beyond its topology; a mutable builder with defaults.
 *
 * <p>Serial ports: by default the port that the .config makes the console goes to {@code serialDir/NODE-ttySn.log},
 * and the other one is not connected.
 */
public final class ClusterOptions {
    private Path serialDir = Path.of("serial");
    private final Map<String, String> serialPorts = new LinkedHashMap<>();
    private final Map<String, Path> files = new LinkedHashMap<>();
    private int cores = 2;
    private TraceSink traceSink;
    private final List<Path> virtualMachineCards = new ArrayList<>();
    private int ibsimPort;
    private final Map<String, Path> captures = new LinkedHashMap<>();

    public Path serialDir() {
        return serialDir;
    }

    public ClusterOptions serialDir(Path directory) {
        serialDir = directory;
        return this;
    }

    /** Wires a port, e.g. "memory0:ttyS0", to a backend in SerialBackends.SYNTAX. */
    public ClusterOptions serial(String port, String backend) {
        serialPorts.put(port, backend);
        return this;
    }

    /** What the ports of that node are wired to, where that was said. */
    public Map<String, String> serialPorts(String node) {
        Map<String, String> ofNode = new LinkedHashMap<>(serialPorts);
        ofNode.keySet().removeIf(port -> !port.startsWith(node + ":"));
        return ofNode;
    }

    /** Forgets the ports of nodes that are elsewhere. */
    public void keepSerialPortsOf(Predicate<String> isHere) {
        serialPorts.keySet().removeIf(port -> !isHere.test(port.replaceFirst(":.*", "")));
    }

    Map<String, String> serialPorts() {
        return serialPorts;
    }

    /** Puts a file of the host into the memory node's ramfs at an absolute guest path. */
    public ClusterOptions file(String guestPath, Path hostFile) {
        files.put(guestPath, hostFile);
        return this;
    }

    public Map<String, Path> files() {
        return files;
    }

    /**
     * Records packets in a pcap file.
     *
     * @param node records both directions of that node's link; "" what all nodes send
     */
    public ClusterOptions capture(String node, Path file) {
        captures.put(node, file);
        return this;
    }

    /** Serves ibsim's protocol on that UDP port of the loopback interface and the ten behind it; 0 = not. */
    public ClusterOptions ibsim(int udpPort) {
        ibsimPort = udpPort;
        return this;
    }

    int ibsimPort() {
        return ibsimPort;
    }

    Map<String, Path> captures() {
        return captures;
    }

    /** Serves a card for a virtual machine on that socket, on the same switch as the nodes' cards. */
    public ClusterOptions virtualMachineCard(Path socket) {
        virtualMachineCards.add(socket);
        return this;
    }

    List<Path> virtualMachineCards() {
        return virtualMachineCards;
    }

    /** Where strace lines go; null when tracing is off. */
    TraceSink traceSink() {
        return traceSink;
    }

    public ClusterOptions traceSink(TraceSink sink) {
        traceSink = sink;
        return this;
    }

    public int cores() {
        return cores;
    }

    public ClusterOptions cores(int count) {
        cores = count;
        return this;
    }
}
