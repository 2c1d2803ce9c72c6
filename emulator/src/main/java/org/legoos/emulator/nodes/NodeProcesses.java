package org.legoos.emulator.nodes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.legoos.emulator.cluster.ClusterOptions;
import org.legoos.emulator.cluster.NodeSpec;
import org.legoos.emulator.cluster.TemporaryDirectory;
import org.legoos.emulator.cluster.Topology;

/**
 * The nodes of a cluster that run no program, each in a process of its own on this host. They end when the processor has
 * left, when this is closed, and when this JVM is gone: then their stdin ends.
 */
public final class NodeProcesses implements AutoCloseable {
    private static final long END_S = 5;

    private final TemporaryDirectory directory;
    private final Topology here;
    private final List<Process> processes = new ArrayList<>();

    private NodeProcesses(TemporaryDirectory directory, Topology here) {
        this.directory = directory;
        this.here = here;
    }

    /** Starts them; they boot at the same time as the nodes of {@link #here}. */
    public static NodeProcesses start(Topology topology, ClusterOptions options) throws IOException {
        List<InetSocketAddress> free = FreePorts.onLoopback(topology.nodes().size());
        List<String> addresses = free.stream().map(each -> each.getHostString() + ":" + each.getPort()).toList();
        Topology spread = topology.withAddresses(addresses);
        TemporaryDirectory directory = TemporaryDirectory.create("nodes");
        NodeProcesses started = new NodeProcesses(directory, spread.only(NodeSpec::isProcessor));
        try {
            spread.write(directory.path());
            for (NodeSpec node : spread.nodes()) {
                if (!node.isProcessor()) {
                    started.processes.add(ChildJvm.lego(arguments(directory.path(), node, options))
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.INHERIT).start());
                }
            }
            return started;
        } catch (IOException | RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private static List<String> arguments(Path directory, NodeSpec node, ClusterOptions options) {
        List<String> arguments = new ArrayList<>(List.of("node", "--topology", directory.toString(), "--node", node.name(),
                "--once", "--with-stdin", "--serial-dir", options.serialDir().toString(), "--cpus", "" + options.cores()));
        options.files().forEach((guestPath, hostFile) -> arguments.addAll(List.of("--file", hostFile + ":" + guestPath)));
        options.serialPorts(node.name()).forEach((port, backend) -> arguments.addAll(List.of("--serial", port + "=" + backend)));
        return arguments;
    }

    /** What is left for this process: the processor nodes, with everybody's address. */
    public Topology here() {
        return here;
    }

    @Override
    public void close() {
        try {
            for (Process process : processes) {
                process.getOutputStream().close(); // they have a moment to complete their logs
            }
            for (Process process : processes) {
                if (!process.waitFor(END_S, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            }
            directory.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            processes.forEach(Process::destroyForcibly);
        }
    }
}
