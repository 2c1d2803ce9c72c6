package org.legoos.emulator.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.legoos.emulator.cluster.Topology;
import org.legoos.emulator.programs.UsrPrograms;

/** What a user starts in several terminals: {@code lego ARGUMENT...} in processes of their own, all ended after each test. */
final class LegoProcesses implements BeforeAllCallback, AfterEachCallback {
    /** For a machine that has much else to do. */
    static final int JOIN_TIMEOUT_S = 120;

    private static final long END_S = 240;

    record Ended(int status, String out, String err) {}

    private final List<Process> started = new ArrayList<>();

    /** A topology, written to a directory, whose nodes have free loopback addresses. */
    static Topology write(Path directory, Topology base) throws IOException {
        List<String> addresses = FreePorts.onLoopback(base.nodes().size()).stream().map(LegoProcesses::show).toList();
        Topology topology = base.withAddresses(addresses)
                .mapConfigs(config -> config.with("FIT_INITIAL_SLEEP_TIMEOUT", "" + JOIN_TIMEOUT_S));
        topology.write(directory);
        return topology;
    }

    private static String show(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        UsrPrograms.build();
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        endAll();
    }

    /** {@code lego run} on the processor node of a topology. */
    static ProcessBuilder processor(Path topology, Path serial, String... more) {
        List<String> arguments = new ArrayList<>(List.of("run", "--topology", topology.toString(), "--node", "processor0",
                "--serial-dir", serial.toString()));
        arguments.addAll(List.of(more));
        return ChildJvm.lego(arguments);
    }

    /** Starts it; stderr is ours. */
    Process start(String... arguments) throws IOException {
        return start(ChildJvm.lego(List.of(arguments)).redirectError(ProcessBuilder.Redirect.INHERIT));
    }

    Process start(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        started.add(process);
        return process;
    }

    /** Starts a node that runs no program. */
    Process node(Path topology, String name, Path serial, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("node", "--config", topology.resolve(name + ".config").toString(),
                "--serial-dir", serial.toString(), "--wait", "" + JOIN_TIMEOUT_S));
        arguments.addAll(List.of(more));
        return start(arguments.toArray(String[]::new));
    }

    Ended run(String... arguments) throws Exception {
        return run(ChildJvm.lego(List.of(arguments)));
    }

    /** Runs it to its end. */
    Ended run(ProcessBuilder builder) throws Exception {
        Process process = start(builder);
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

    void endAll() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly();
            process.waitFor();
        }
        started.clear();
    }
}
