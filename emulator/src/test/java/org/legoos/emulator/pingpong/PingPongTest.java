package org.legoos.emulator.pingpong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.legoos.emulator.nodes.FreePorts;
import org.legoos.emulator.peer.PeerNode;
import org.legoos.emulator.perftest.PerfPlan;
import org.legoos.isa.time.HostClock;

/** Two nodes on an Ethernet play both ends of ibv_rc_pingpong; and what is no ibv_rc_pingpong. */
class PingPongTest {
    private static final int TIMEOUT_S = 60;
    private static final int ITERATIONS = 20;
    private static final PerfPlan PLAN = new PerfPlan(PerfPlan.Verb.SEND, PerfPlan.Kind.LAT, 4096, ITERATIONS, 1024, 0, false);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);

    private PingPong pingPong(PeerNode node) {
        return new PingPong(node.node(), node.wire(), node.ip(), PLAN, print);
    }

    @Test
    void bothEndsOverFrames() throws Exception {
        List<InetSocketAddress> ports = FreePorts.onLoopback(2);
        InetAddress a = InetAddress.getByName("192.168.77.9");
        InetAddress b = InetAddress.getByName("192.168.77.10");
        try (PeerNode called = PeerNode.onEthernet(a, ports.get(0), ports.get(1), 1024, HostClock.instance(), line -> { });
                PeerNode calling = PeerNode.onEthernet(b, ports.get(1), ports.get(0), 1024, HostClock.instance(), line -> { });
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
                try {
                    pingPong(called).serve(server.accept());
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            pingPong(calling).call(new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort()));
            served.get(TIMEOUT_S, TimeUnit.SECONDS);
            assertThat(called.wire().counters().received).isGreaterThanOrEqualTo(4 * ITERATIONS);
            assertThat(called.wire().counters().badIcrc + called.wire().counters().malformed).isZero();
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).contains(ITERATIONS + " iters in ").contains("00:00:ff:ff:c0:a8:4d:09");
    }

    @Test
    void addressesAreThoseOfTheVerbsExample() throws IOException {
        byte[] gid = PingPongAddress.mapped(InetAddress.getByName("10.1.2.3"));
        byte[] wire = new PingPongAddress(7, 0x48, 0xabcdef, gid).toWire();
        assertThat(wire).hasSize(52);
        assertThat(new String(wire, StandardCharsets.US_ASCII)).isEqualTo("0007:000048:abcdef:00000000000000000000ffff0a010203\0");
        PingPongAddress back = PingPongAddress.parse(wire);
        assertThat(back.ip()).isEqualTo(InetAddress.getByName("10.1.2.3"));
        assertThat(back.psn()).isEqualTo(0xabcdef);
        assertThatThrownBy(() -> PingPongAddress.parse("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(IOException.class).hasMessageContaining("not the address of an ibv_rc_pingpong");
        assertThatThrownBy(() -> new PingPongAddress(1, 1, 1, new byte[16]).ip()).hasMessageContaining("needs -g");
    }
}
