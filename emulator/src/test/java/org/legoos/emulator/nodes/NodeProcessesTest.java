package org.legoos.emulator.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.legoos.emulator.cluster.Topology;
import org.legoos.emulator.programs.UsrPrograms;

/** A processor and a memory node in JVMs of their own, joined by UDP: what users start, from the outside. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class NodeProcessesTest {
    private static final int JOIN_TIMEOUT_S = 120;
    private static final long END_S = 240;

    @TempDir
    Path directory;

    private final List<Process> started = new ArrayList<>();

    @BeforeAll
    static void buildPrograms() throws Exception {
        UsrPrograms.build();
    }

    @AfterEach
    void endAll() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly();
            process.waitFor();
        }
    }

    private record Ended(int status, String out, String err) {}

    /** Runs {@code lego ARGUMENT...} to its end. */
    private Ended lego(String... arguments) throws Exception {
        Process process = ChildJvm.lego(List.of(arguments)).start();
        started.add(process);
        process.getOutputStream().close();
        StringBuilder err = new StringBuilder();
        Thread reader = Thread.ofPlatform().daemon().start(() -> err.append(text(process.getErrorStream())));
        String out = text(process.getInputStream());
        assertThat(process.waitFor(END_S, TimeUnit.SECONDS)).isTrue();
        reader.join();
        return new Ended(process.exitValue(), out, err.toString());
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** A topology whose nodes have free loopback addresses. */
    private Path topology(String name, Topology base) throws IOException {
        List<String> addresses = FreePorts.onLoopback(2).stream().map(NodeProcessesTest::show).toList();
        Path path = directory.resolve(name);
        base.withAddresses(addresses).mapConfigs(config -> config.with("FIT_INITIAL_SLEEP_TIMEOUT", "" + JOIN_TIMEOUT_S)).write(path);
        return path;
    }

    private static String show(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private String serial() {
        return directory.resolve("serial").toString();
    }

    private BufferedReader startMemoryNode(Path topology, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("node", "--topology", topology.resolve("memory0.config").toString(),
                "--serial-dir", serial(), "--wait", "" + JOIN_TIMEOUT_S));
        arguments.addAll(List.of(more));
        Process memory = ChildJvm.start(arguments);
        started.add(memory);
        return memory.inputReader(StandardCharsets.UTF_8);
    }

    @Test
    void twoProcessorsAfterEachOtherRunTheSameProgramOnOneMemoryNode() throws Exception {
        Path program = UsrPrograms.path("hello");
        Path topology = topology("two", Topology.load("1P-1M"));
        BufferedReader memory = startMemoryNode(topology, "--file", program.toString());
        for (int i = 0; i < 2; i++) {
            Ended run = lego("run", "--topology", topology.toString(), "--node", "processor0", "--serial-dir", serial(),
                    program.toString());
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).isEqualTo("hello, world\n");
            assertThat(run.status()).isZero();
            assertThat(memory.readLine()).startsWith("lego: memory0 waits at 127.0.0.1:");
            assertThat(memory.readLine()).isEqualTo("lego: memory0 has joined");
            assertThat(memory.readLine()).matches("lego: node 0 \\(processor0, LID 1, 127\\.0\\.0\\.1:[0-9]+\\) has left");
        }
    }

    @Test
    void wireUdpStartsTheOtherNodesItself() throws Exception {
        Ended run = lego("run", "--wire", "udp", "--set", "FIT_INITIAL_SLEEP_TIMEOUT=" + JOIN_TIMEOUT_S, "--serial-dir", serial(),
                UsrPrograms.path("hello").toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("hello, world\n");
        assertThat(run.status()).isZero();
    }

    @Test
    void aMissingNodeAndOneConfiguredDifferentlyAreNamed() throws Exception {
        Path topology = topology("other", Topology.load("1P-1M"));
        String hello = UsrPrograms.path("hello").toString();
        Ended alone = lego("run", "--topology", topology.toString(), "--node", "processor0", "--serial-dir", serial(),
                "--set", "FIT_INITIAL_SLEEP_TIMEOUT=1", hello);
        assertThat(alone.status()).isEqualTo(125);
        assertThat(alone.err()).matches("lego: processor0: node 1 \\(memory0, LID 2, 127\\.0\\.0\\.1:[0-9]+\\) did not join within 1 s: "
                + "nothing was heard of it\n");
        startMemoryNode(topology, "--set", "FIT_NR_QPS_PER_PAIR=8").readLine();
        Ended run = lego("run", "--topology", topology.toString(), "--node", "processor0", "--serial-dir", serial(),
                "--set", "FIT_INITIAL_SLEEP_TIMEOUT=20", hello);
        assertThat(run.status()).isEqualTo(125);
        assertThat(run.err()).startsWith("lego: processor0: node 1 (memory0, LID 2, 127.0.0.1:").endsWith(
                "did not join within 20 s: it is configured for 2 nodes, first QPN 80, 8 QPs per pair; we for 2, 80, 12\n");
    }
}
