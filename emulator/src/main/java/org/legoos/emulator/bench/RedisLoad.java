package org.legoos.emulator.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.ClusterOptions;
import org.legoos.emulator.cluster.TemporaryDirectory;
import org.legoos.emulator.cluster.Topology;
import org.legoos.emulator.net.NettyNetwork;
import org.legoos.isa.time.HostClock;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.managers.processor.core.CapturedStdio;
import org.legoos.managers.processor.core.RunningProgram;
import org.legoos.managers.processor.inet.InetStack;

/**
 * The host's own redis-server, unmodified, under redis-benchmark of the host: native, under qemu-x86_64, and in a cluster whose root is
 * this machine's tree, through a published port.
 */
final class RedisLoad {
    private static final double REQUESTS_S_MIN = 20_000;
    private static final String REQUESTS = "100000";
    private static final String PIPELINED = "16";
    private static final int GUEST_PORT = 6379;
    private static final int SIGTERM = 15;
    private static final long START_MAX_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int ANSWER_MAX_MS = 10_000;

    private final String server;
    private final String client;

    private RedisLoad(String server, String client) {
        this.server = server;
        this.client = client;
    }

    /** Nothing where redis is not installed (Debian: apt install redis-server redis-tools). */
    static Optional<RedisLoad> installed() {
        return Programs.onPath("redis-server").flatMap(server ->
                Programs.onPath("redis-benchmark").map(client -> new RedisLoad(server, client)));
    }

    BenchTable run() {
        Metrics host = onHost(List.of());
        Metrics qemu = Programs.onPath("qemu-x86_64").map(command -> onHost(List.of(command))).orElseGet(Metrics::new);
        Metrics ours = inCluster();
        BenchTable table = new BenchTable("redis: requests/s, pipelining " + PIPELINED + " (baseline: native)",
                "what", "native", "qemu-x86_64", "LegoOS", "/ native", "target");
        for (String name : ours.names()) {
            double value = ours.get(name);
            table.row(name, host.get(name), qemu.get(name), value, value / host.get(name),
                    ">= " + (int) REQUESTS_S_MIN + ": " + (value >= REQUESTS_S_MIN ? "met" : "missed"));
        }
        return table;
    }

    private static List<String> arguments(int port) {
        return List.of("--port", Integer.toString(port), "--save", "", "--appendonly", "no", "--protected-mode", "no");
    }

    private Metrics onHost(List<String> emulator) {
        try {
            int port = freePort();
            List<String> command = new ArrayList<>(emulator);
            command.add(server);
            command.addAll(arguments(port));
            Process process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try {
                awaitPong(port);
                return load(port);
            } finally {
                process.destroy();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Metrics inCluster() {
        Topology topology = Topology.load(Topology.WITH_STORAGE).withRoot("/", true, "");
        try (TemporaryDirectory logs = TemporaryDirectory.create("bench");
                Cluster cluster = Cluster.start(topology, new ClusterOptions().serialDir(logs.path()))) {
            InetStack stack = cluster.processor().manager().sockets().inet();
            NettyNetwork network = new NettyNetwork(stack, false);
            stack.connectTo(network);
            List<String> argv = new ArrayList<>(List.of(server));
            argv.addAll(arguments(GUEST_PORT));
            RunningProgram running = cluster.start(server, argv, Cluster.DEFAULT_ENVIRONMENT, new CapturedStdio(new byte[0]));
            try {
                int port = network.publish(InetAddress.getLoopbackAddress(), 0, GUEST_PORT);
                awaitPong(port);
                return load(port);
            } finally {
                running.signal(SIGTERM);
                running.awaitExit(WaitQueue.FOREVER);
                network.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitPong(int port) throws IOException {
        long giveUpNs = HostClock.instance().nowNs() + START_MAX_NS;
        while (!answers(port)) {
            if (HostClock.instance().nowNs() > giveUpNs) {
                throw new IOException("redis-server does not answer at port " + port);
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MAX_MS);
            socket.setSoTimeout(ANSWER_MAX_MS);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == '+';
        } catch (IOException e) {
            return false; // not yet
        }
    }

    /** One warm-up run, then the one that counts. */
    private Metrics load(int port) {
        List<String> command = List.of(client, "-p", Integer.toString(port), "-P", PIPELINED, "-n", REQUESTS, "-t", "set,get", "--csv");
        Programs.run(command);
        return Metrics.parse(Programs.run(command).replace("\"", "").replace(',', ' '));
    }
}
