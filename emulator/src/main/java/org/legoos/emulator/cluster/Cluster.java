package org.legoos.emulator.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.legoos.emulator.vfiouser.VfioUserCards;
import org.legoos.isa.time.Clock;
import org.legoos.isa.time.HostClock;
import org.legoos.isa.unicorn.UnicornEngine;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.managers.processor.core.CapturedStdio;
import org.legoos.managers.processor.core.RunningProgram;
import org.legoos.managers.processor.core.Stdio;
import org.legoos.mlx4.fabric.Fabric;

/**
 * A running cluster in this JVM: the nodes of a topology, joined by one switch. The public way to use
 * LegoOS from Java:
 * <pre>{@code
 * try (Cluster cluster = Cluster.start(Topology.load("1P-1M"), new ClusterOptions().file("/hello", hello))) {
 *     RunResult result = cluster.run("/hello", List.of("hello"), new byte[0]);
 * }
 * }</pre>
 */
public final class Cluster implements AutoCloseable {
    /** The original's environment of a first process. */
    public static final List<String> DEFAULT_ENVIRONMENT = List.of(
            "HOME=/", "TERM=linux", "LANG=C", "PATH=/sbin:/usr/sbin:/bin:/usr/bin", "USER=root", "PWD=/");

    private static final int SWITCH_PORTS_MIN = 8;
    private static final long SHUTDOWN_NS = 700_000_000L;

    private final List<ClusterNode> nodes;
    private final Fabric fabric;
    private final Captures captures;
    private final UdpCabling cabling; // null: all nodes are in this JVM, on one switch
    private final VfioUserCards guestCards; // null: none for virtual machines
    private boolean closed; // guarded by this

    private Cluster(List<ClusterNode> nodes, Fabric fabric, Captures captures, UdpCabling cabling,
            VfioUserCards guestCards) {
        this.nodes = List.copyOf(nodes);
        this.fabric = fabric;
        this.captures = captures;
        this.cabling = cabling;
        this.guestCards = guestCards;
    }

    /** Builds the machines, boots all nodes at once and waits for them; a ConfigException says what is wrong. */
    public static Cluster start(Topology topology, ClusterOptions options) {
        Cluster cluster = assemble(topology, options);
        cluster.boot();
        return cluster;
    }

    /** Checks everything and builds the machines, powered off; a ConfigException says what is wrong. */
    public static Cluster assemble(Topology topology, ClusterOptions options) {
        TopologyCheck.check(topology, options);
        checkFiles(options);
        Clock clock = HostClock.instance();
        DeferredEngine engine = DeferredEngine.load(UnicornEngine::create);
        int cards = topology.nodes().size() + options.virtualMachineCards().size();
        Fabric fabric = Fabric.ofOneSwitch(clock, Math.max(SWITCH_PORTS_MIN, cards));
        List<ClusterNode> nodes = new ArrayList<>();
        UdpCabling cabling = UdpCabling.install(topology, fabric, line -> System.err.println("lego: " + line));
        Captures captures = new Captures(clock, cabling);
        VfioUserCards guestCards = null;
        try {
            for (NodeSpec spec : topology.nodes()) {
                nodes.add(spec.isProcessor() ? new ProcessorNode(spec, options, engine, clock, fabric)
                        : spec.isStorage() ? new StorageNode(spec, options, engine, clock, fabric)
                        : new MemoryNode(spec, options, engine, clock, fabric));
            }
            captures.start(options.captures(), nodes);
            guestCards = guestCards(options.virtualMachineCards(), fabric, clock);
            if (options.ibsimPort() != 0) {
                if (cabling != null) {
                    throw new ConfigException("--ibsim: nodes on the UDP wire have no subnet");
                }
                captures.serveIbsim(fabric, options.ibsimPort());
            }
        } catch (RuntimeException | Error e) {
            new Cluster(nodes, fabric, captures, cabling, guestCards).close();
            throw e;
        }
        return new Cluster(nodes, fabric, captures, cabling, guestCards);
    }

    private static VfioUserCards guestCards(List<Path> sockets, Fabric fabric, Clock clock) {
        try {
            return sockets.isEmpty() ? null
                    : VfioUserCards.on(fabric, sockets, clock, line -> System.err.println("lego: " + line));
        } catch (IOException e) {
            throw new ConfigException("--vfio-user: " + e.getMessage());
        }
    }

    /** Boots all nodes at once and waits for them; a ConfigException says what went wrong, and the cluster is closed. */
    public void boot() {
        try {
            bootAll();
        } catch (NodeMissingException e) {
            close();
            String hint = e.isSilent() && cabling != null ? cabling.whySilent() : "";
            throw new NodeMissingException(e.getMessage() + hint, e.isSilent());
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Puts what the serial ports still hold on the host, at any time and without waiting for anything. */
    public void flushLogs() {
        nodes.forEach(ClusterNode::powerOff);
        captures.close();
    }

    private static void checkFiles(ClusterOptions options) {
        options.files().forEach((guestPath, hostFile) -> {
            if (!guestPath.startsWith("/")) {
                throw new ConfigException("file " + guestPath + ": the path in the cluster must be absolute");
            }
            if (!Files.isRegularFile(hostFile) || !Files.isReadable(hostFile)) {
                throw new ConfigException("--file " + hostFile + ": " + whyUnreadable(hostFile));
            }
        });
    }

    private static String whyUnreadable(Path file) {
        return !Files.exists(file) ? "No such file or directory"
                : Files.isRegularFile(file) ? "Permission denied" : "not a regular file";
    }

    /** Boots every node on a thread of its own: each waits for the others to join. */
    private void bootAll() {
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        for (ClusterNode node : nodes) {
            threads.add(Thread.ofPlatform().name(node.name() + "/boot").start(() -> {
                try {
                    node.boot();
                } catch (Throwable t) {
                    failures.add(t);
                }
            }));
        }
        for (Thread thread : threads) {
            joinUninterrupted(thread);
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst() instanceof RuntimeException e ? e : new IllegalStateException(failures.getFirst());
        }
    }

    private static void joinUninterrupted(Thread thread) {
        while (true) {
            try {
                thread.join();
                return;
            } catch (InterruptedException e) {
                // Booting ends by itself; an interrupt changes nothing.
                Thread.interrupted();
            }
        }
    }

    public List<ClusterNode> nodes() {
        return nodes;
    }

    /** The node of that name; IllegalArgumentException if there is none. */
    public ClusterNode node(String name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no node " + name));
    }

    /** The first processor node. */
    public ProcessorNode processor() {
        return nodes.stream().filter(ProcessorNode.class::isInstance).map(ProcessorNode.class::cast).findFirst()
                .orElseThrow(() -> new ConfigException("the topology has no processor node"));
    }

    public Fabric fabric() {
        return fabric;
    }

    /** Starts a program on the first processor node. */
    public RunningProgram start(String guestPath, List<String> argv, List<String> environment, Stdio stdio) {
        return startRaw(guestPath, bytes(argv), environment, stdio);
    }

    /** As {@link #start}, with arguments that need not be text. */
    public RunningProgram startRaw(String guestPath, List<byte[]> argv, List<String> environment, Stdio stdio) {
        return processor().manager().run(GuestPaths.bytesAsChars(guestPath), argv, bytes(environment), "/", stdio);
    }

    /** Runs a program to its end with input from memory. */
    public RunResult run(String guestPath, List<String> argv, byte[] input) {
        CapturedStdio stdio = new CapturedStdio(input);
        RunningProgram program = start(guestPath, argv, DEFAULT_ENVIRONMENT, stdio);
        program.awaitExit(WaitQueue.FOREVER);
        if (program.failure() != null) {
            return new RunResult(program.exitStatus().shellCode(), new byte[0], program.failure().getBytes(StandardCharsets.UTF_8));
        }
        return new RunResult(program.exitStatus().shellCode(), stdio.outBytes(), stdio.errBytes());
    }

    private static List<byte[]> bytes(List<String> strings) {
        return strings.stream().map(string -> string.getBytes(StandardCharsets.UTF_8)).toList();
    }

    /** Kills what runs, leaves the network, stops every node; serial logs are complete afterwards. Any thread, more than once. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        long deadlineNs = HostClock.instance().nowNs() + SHUTDOWN_NS;
        for (ClusterNode node : nodes) {
            node.stopManager(deadlineNs);
        }
        for (ClusterNode node : nodes) {
            node.shutDown(deadlineNs);
        }
        if (guestCards != null) {
            guestCards.close();
        }
        // Cables before power: a card that sees its link go down writes an event into its machine's memory.
        fabric.close();
        if (cabling != null) {
            cabling.close();
        }
        for (ClusterNode node : nodes) {
            node.powerOff();
        }
        captures.close();
    }
}
