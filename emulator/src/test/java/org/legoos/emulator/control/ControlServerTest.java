package org.legoos.emulator.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.ClusterOptions;
import org.legoos.emulator.cluster.ProcessorNode;
import org.legoos.emulator.cluster.Topology;
import org.legoos.emulator.programs.UsrPrograms;
import org.legoos.emulator.usr.UsrTree;
import org.legoos.isa.libc.Descriptor;
import org.legoos.isa.libc.UnixSocket;

/** A cluster that stays up and its clients, friendly and other. */
class ControlServerTest {
    private static final long SEED = 20_261_121;

    @TempDir
    private static Path directory;

    private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
    private ControlPlace place;
    private ControlServer server;
    private Cluster cluster;

    @BeforeEach
    void boot() throws Exception {
        UsrTree.ofHome().make("hello", "stdin", "exit");
        place = new ControlPlace("test", directory.resolve("run"));
        server = new ControlServer(place, log::add);
        ClusterOptions options = new ClusterOptions().serialDir(directory.resolve("serial"));
        for (String name : List.of("hello", "stdin", "exit")) {
            options.file("/bin/" + name, UsrPrograms.path(name));
        }
        cluster = Cluster.start(Topology.load("2P-1M"), options);
        server.serve(cluster);
    }

    @AfterEach
    void down() {
        server.stopAccepting();
        cluster.close();
        server.close();
        assertThat(place.socket()).doesNotExist();
    }

    private static ExecRequest request(String node, String... argv) {
        List<byte[]> words = new ArrayList<>();
        for (String word : argv) {
            words.add(word.getBytes(StandardCharsets.UTF_8));
        }
        return new ExecRequest(node, words, List.of("PATH=/sbin:/bin".getBytes(StandardCharsets.UTF_8)),
                "/".getBytes(StandardCharsets.UTF_8), 7, false, 0, 0);
    }

    private static String content(int fd) throws IOException {
        return Files.readString(Path.of("/proc/self/fd/" + fd));
    }

    @Test
    void programsRunOneAfterTheOtherOnTheClientsStreams() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place.socket()))).isEqualTo("rw-------");
        for (int i = 0; i < 3; i++) {
            int in = Descriptor.newMemoryFile(0);
            int out = Descriptor.newMemoryFile(0);
            try (ControlClient client = ControlClient.connect(place)) {
                assertThat(client.processors()).containsExactly("processor0", "processor1");
                assertThat(client.otherNodes()).containsExactly("memory0");
                client.exec(request("", "hello"), in, out, out);
                assertThat(client.awaitAnswer()).isEqualTo(new ControlClient.Answer(0, "", ControlClient.Answer.Kind.EXITED));
            }
            assertThat(content(out)).isEqualTo("hello, world\n");
            Descriptor.close(in);
            Descriptor.close(out);
        }
    }

    private ControlClient.Answer answerTo(ExecRequest request) throws IOException {
        int stream = Descriptor.newMemoryFile(0);
        try (ControlClient client = ControlClient.connect(place)) {
            client.exec(request, stream, stream, stream);
            return client.awaitAnswer();
        } finally {
            Descriptor.close(stream);
        }
    }

    @Test
    void whatCannotRunIsSaid() throws IOException {
        assertThat(answerTo(request("", "nonesuch")))
                .isEqualTo(new ControlClient.Answer(127, "nonesuch: no such file", ControlClient.Answer.Kind.EXITED));
        assertThat(answerTo(request("", "/bin")).status()).isEqualTo(126);
        assertThat(answerTo(request("processor9", "hello"))).isEqualTo(new ControlClient.Answer(125,
                "no processor node 'processor9': there are processor0, processor1", ControlClient.Answer.Kind.REFUSED));
        assertThat(answerTo(request("processor0", "/bin/exit", "7")).status()).isEqualTo(7);
    }

    @Test
    void manyRunAtOnceAndAClientThatGoesTakesItsProgramAlong() throws IOException {
        int waiting = Descriptor.newEvent(); // nothing ever comes
        int out = Descriptor.newMemoryFile(0);
        List<ControlClient> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ControlClient client = ControlClient.connect(place);
            client.exec(request("", "stdin"), waiting, out, out);
            clients.add(client);
        }
        awaitProcesses(4);
        assertThat(cluster.nodes()).filteredOn(ProcessorNode.class::isInstance).as("each node has its share")
                .allMatch(node -> ((ProcessorNode) node).manager().processes().size() == 2);
        clients.getFirst().signal(15);
        assertThat(clients.getFirst().awaitAnswer().status()).isEqualTo(128 + 15);
        clients.forEach(ControlClient::close);
        awaitProcesses(0);
        Descriptor.close(waiting);
        Descriptor.close(out);
    }

    private void awaitProcesses(int count) throws IOException {
        long deadlineNs = System.nanoTime() + 60_000_000_000L;
        int seen = -1;
        while (seen != count && System.nanoTime() < deadlineNs) {
            try (ControlClient client = ControlClient.connect(place)) {
                client.list(true);
                seen = client.awaitAnswer().text().split("\"command\": \"stdin\"", -1).length - 1;
            }
        }
        assertThat(seen).isEqualTo(count);
    }

    @Test
    void aKilledProcessIsToldToItsClient() throws IOException {
        int waiting = Descriptor.newEvent();
        int out = Descriptor.newMemoryFile(0);
        try (ControlClient client = ControlClient.connect(place); ControlClient killer = ControlClient.connect(place)) {
            client.exec(request("", "stdin"), waiting, out, out);
            awaitProcesses(1);
            killer.kill("", cluster.processor().manager().processes().keySet().iterator().next(), 9);
            assertThat(killer.awaitAnswer().status()).isZero();
            assertThat(client.awaitAnswer().status()).isEqualTo(128 + 9);
            killer.kill("", 31_999, 9);
            assertThat(killer.awaitAnswer().text()).isEqualTo("no process 31999");
        }
        Descriptor.close(waiting);
        Descriptor.close(out);
    }

    @Test
    void aClusterThatGoesDownTellsItsClients() throws Exception {
        int waiting = Descriptor.newEvent();
        int out = Descriptor.newMemoryFile(0);
        ControlClient client = ControlClient.connect(place);
        client.exec(request("", "stdin"), waiting, out, out);
        awaitProcesses(1);
        ControlClient ender = ControlClient.connect(place);
        Thread asking = Thread.ofPlatform().start(() -> {
            try {
                ender.down();
            } catch (IOException e) {
                log.add("down failed");
            }
        });
        server.awaitDown();
        down();
        assertThat(client.awaitAnswer()).isEqualTo(
                new ControlClient.Answer(128 + 9, "the cluster went down", ControlClient.Answer.Kind.EXITED));
        asking.join();
        client.close();
        ender.close();
        assertThat(log).isEmpty();
        assertThatThrownBy(() -> ControlClient.connect(place)).hasMessage("no cluster 'test' is running: lego boot starts one");
        Descriptor.close(waiting);
        Descriptor.close(out);
        boot(); // the name is free again
    }

    @Test
    void aNameBelongsToOneCluster() {
        assertThatThrownBy(() -> new ControlServer(place, log::add))
                .hasMessage("a cluster 'test' is running; --name gives this one another name");
    }

    /** Random bytes, good headers with random fields, and requests that are cut off: one line in the log, and service goes on. */
    @Test
    void hostileClientsAreSentAway() throws Exception {
        Random random = new Random(SEED);
        for (int round = 0; round < 60; round++) {
            byte[] message = switch (round % 3) {
                case 0 -> noise(random, 1 + random.nextInt(200));
                case 1 -> framed(random.nextInt(12), noise(random, random.nextInt(120)));
                default -> cut(request("", "hello").toFrame().toBytes(), random);
            };
            int fd = Descriptor.newMemoryFile(0);
            UnixSocket socket = UnixSocket.connect(place.socket().toString());
            try (Arena arena = Arena.ofConfined()) {
                socket.send(arena.allocateFrom(ValueLayout.JAVA_BYTE, message), 0, message.length, random.nextBoolean() ? new int[] {fd} : new int[0]);
            }
            socket.release();
            Descriptor.close(fd);
        }
        programsRunOneAfterTheOtherOnTheClientsStreams();
        assertThat(log.stream().distinct().toList()).hasSizeLessThanOrEqualTo(1)
                .allMatch(line -> line.startsWith("control socket: a client was sent away: "));
    }

    private static byte[] noise(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] framed(int type, byte[] payload) {
        byte[] message = new byte[5 + payload.length];
        message[0] = (byte) payload.length;
        message[4] = (byte) (type == FrameType.DOWN.ordinal() ? FrameType.EXITED.ordinal() : type);
        System.arraycopy(payload, 0, message, 5, payload.length);
        return message;
    }

    private static byte[] cut(byte[] whole, Random random) {
        return java.util.Arrays.copyOf(whole, random.nextInt(whole.length));
    }
}
