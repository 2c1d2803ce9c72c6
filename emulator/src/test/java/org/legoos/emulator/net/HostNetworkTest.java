package org.legoos.emulator.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.ClusterOptions;
import org.legoos.emulator.cluster.ConfigException;
import org.legoos.emulator.cluster.RunResult;
import org.legoos.emulator.cluster.Topology;
import org.legoos.emulator.usr.UsrTree;
import org.legoos.managers.processor.inet.InetStack;

/** Programs and the host's network: published ports, connections out, and nothing without leave. */
@Timeout(180)
class HostNetworkTest {
    private static final UsrTree USR = UsrTree.ofHome();
    private static final int GUEST_PORT = 7777; // of the node: nobody else has it
    private static final int CLIENT_TIMEOUT_MS = 60_000;

    /** One thread for each task: the common pool may have a single one, and these wait for each other. */
    private static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);

    @TempDir
    private static Path directory;

    private static Cluster cluster;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        USR.make("echo", "connect");
        cluster = Cluster.start(Topology.load("1P-1M").withExcache(16 << 20).withMemoryRam(128 << 20),
                new ClusterOptions().serialDir(directory.resolve("serial"))
                        .file("/echo", USR.path("echo")).file("/connect", USR.path("connect")));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static InetStack stack() {
        return cluster.processor().manager().sockets().inet();
    }

    private static NettyNetwork network(boolean mayGoOut) {
        NettyNetwork network = new NettyNetwork(stack(), mayGoOut);
        stack().connectTo(network);
        return network;
    }

    /** Connects until the program listens: before that, the connection ends without a byte. */
    private static Socket connect(int port) throws IOException {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(CLIENT_TIMEOUT_MS);
            try {
                socket.getOutputStream().write('!');
                if (socket.getInputStream().read() == '!') {
                    return socket;
                }
            } catch (IOException e) {
                // Refused: the program is not there yet.
            }
            socket.close();
            assertThat(System.nanoTime()).as("the program listens").isLessThan(endNs);
            Thread.yield();
        }
    }

    private static byte[] echoed(Socket socket, byte[] data) {
        try (socket) {
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                try {
                    socket.getOutputStream().write(data);
                    socket.shutdownOutput();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }, THREADS);
            byte[] back = socket.getInputStream().readAllBytes();
            writer.join();
            return back;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aPublishedPortCarriesConnectionsBothWays() throws Exception {
        try (NettyNetwork network = network(false)) {
            int port = network.publish(InetAddress.getLoopbackAddress(), 0, GUEST_PORT);
            CompletableFuture<RunResult> server = CompletableFuture.supplyAsync(
                    () -> cluster.run("/echo", List.of("echo", Integer.toString(GUEST_PORT), "4"), new byte[0]), THREADS);
            List<CompletableFuture<byte[]>> answers = new ArrayList<>();
            List<byte[]> questions = new ArrayList<>();
            Random random = new Random(5);
            for (int i = 0; i < 4; i++) {
                byte[] question = new byte[300_000 + random.nextInt(300_000)];
                random.nextBytes(question);
                questions.add(question);
                Socket socket = connect(port);
                answers.add(CompletableFuture.supplyAsync(() -> echoed(socket, question), THREADS));
            }
            for (int i = 0; i < 4; i++) {
                assertThat(answers.get(i).get(120, TimeUnit.SECONDS)).isEqualTo(questions.get(i));
            }
            RunResult result = server.get(60, TimeUnit.SECONDS);
            assertThat(result.stdout()).endsWith("0 connections failed\n");
            assertThat(result.status()).isZero();
        }
    }

    @Test
    void aPortThatNobodyListensToEndsConnections() throws Exception {
        try (NettyNetwork network = network(false)) {
            int port = network.publish(InetAddress.getLoopbackAddress(), 0, GUEST_PORT + 1);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(CLIENT_TIMEOUT_MS);
                int got;
                try {
                    got = socket.getInputStream().read();
                } catch (IOException e) {
                    got = -1; // reset
                }
                assertThat(got).isEqualTo(-1);
            }
        }
    }

    @Test
    void withoutLeaveNothingGetsOut() throws IOException {
        try (NettyNetwork unused = network(false); ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(unused).isNotNull();
            RunResult result = cluster.run("/connect", List.of("connect", "10.0.2.2", Integer.toString(server.getLocalPort())), new byte[0]);
            assertThat(result.stderr()).isEqualTo("connect: Network is unreachable\n");
            RunResult loopback = cluster.run("/connect", List.of("connect", "127.0.0.1", Integer.toString(server.getLocalPort())), new byte[0]);
            assertThat(loopback.stderr()).isEqualTo("connect: Connection refused\n");
        }
    }

    @Test
    void withLeaveProgramsReachTheHostAsTheirGateway() throws Exception {
        try (NettyNetwork network = network(true); ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(network).isNotNull();
            server.setSoTimeout(CLIENT_TIMEOUT_MS);
            CompletableFuture<byte[]> heard = CompletableFuture.supplyAsync(() -> {
                try (Socket socket = server.accept()) {
                    byte[] question = socket.getInputStream().readAllBytes();
                    socket.getOutputStream().write("answer".getBytes(StandardCharsets.US_ASCII));
                    return question;
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }, THREADS);
            RunResult result = cluster.run("/connect", List.of("connect", "10.0.2.2", Integer.toString(server.getLocalPort())),
                    "question".getBytes(StandardCharsets.US_ASCII));
            assertThat(result.stdout()).isEqualTo("answer");
            assertThat(heard.get(60, TimeUnit.SECONDS)).isEqualTo("question".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void aConnectionThatIsRefusedOutsideIsRefusedInside() throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        try (NettyNetwork network = network(true)) {
            assertThat(network).isNotNull();
            RunResult result = cluster.run("/connect", List.of("connect", "10.0.2.2", Integer.toString(port)), new byte[0]);
            assertThat(result.stderr()).isEqualTo("connect: Connection refused\n");
        }
    }

    @Test
    void publishOptionsAreRead() {
        assertThat(PublishedPort.parse("8080:80")).isEqualTo(new PublishedPort(InetAddress.getLoopbackAddress(), 8080, 80));
        assertThat(PublishedPort.parse("0.0.0.0:0:6379").hostAddress().isAnyLocalAddress()).isTrue();
        assertThat(PublishedPort.parse("[::1]:1:2").hostAddress().isLoopbackAddress()).isTrue();
        for (String wrong : List.of("", "80", "x:80", "80:", ":80", "1:0", "70000:80", "1:2:3:4:5", "example.org:1:2")) {
            assertThatThrownBy(() -> PublishedPort.parse(wrong)).as(wrong).isInstanceOf(ConfigException.class);
        }
    }
}
