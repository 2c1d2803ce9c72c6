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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.legoos.emulator.nodes.FreePorts;
import org.legoos.emulator.peer.PeerNode;
import org.legoos.emulator.peer.RecordedExchange;
import org.legoos.emulator.peer.TwoPeers;
import org.legoos.isa.time.HostClock;
import org.legoos.mlx4.prm.mad.Gid;

/** Two nodes play both ends of ibv_*_pingpong, on a switch and on an Ethernet; and what is none of these programs. */
class PingPongTest {
    private static final int TIMEOUT_S = 60;
    private static final int ITERATIONS = 20;

    @RegisterExtension
    static final TwoPeers TWO = new TwoPeers();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);

    private static PingPongPlan plan(Transport transport, boolean sleeps) {
        return new PingPongPlan(transport, 1024, ITERATIONS, 1024, transport.defaultQueuePairs(), sleeps);
    }

    private PingPong pingPong(PeerNode node, Transport transport, boolean sleeps) {
        return new PingPong(node, plan(transport, sleeps), print);
    }

    @ParameterizedTest
    @CsvSource({"RC,false", "RC,true", "UC,false", "UD,true", "SRQ,false", "SRQ,true"})
    void bothEndsOnASwitch(Transport transport, boolean sleeps) throws Exception {
        List<RecordedExchange> said = TWO.talk(pingPong(TWO.calling, transport, sleeps), pingPong(TWO.called, transport, sleeps));
        assertThat(said).hasSize(3);
        assertThat(said.get(0).bytes()).hasSize(PingPongAddress.WIRE_BYTES * transport.addresses);
        assertThat(said.get(2).bytes()).asString(StandardCharsets.US_ASCII).isEqualTo("done\0");
        assertThat(out.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith(ITERATIONS + " iters in "))).hasSize(2);
        assertThat(out.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("  remote address: LID 0x00")))
                .hasSize(2 * transport.defaultQueuePairs());
    }

    @ParameterizedTest
    @CsvSource({"RC", "UD"})
    void bothEndsOverFrames(Transport transport) throws Exception {
        List<InetSocketAddress> ports = FreePorts.onLoopback(2);
        InetAddress a = InetAddress.getByName("192.168.77.9");
        InetAddress b = InetAddress.getByName("192.168.77.10");
        try (PeerNode called = PeerNode.onEthernet(a, ports.get(0), ports.get(1), 1024, HostClock.instance(), line -> { });
                PeerNode calling = PeerNode.onEthernet(b, ports.get(1), ports.get(0), 1024, HostClock.instance(), line -> { });
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = TwoPeers.serve(pingPong(called, transport, false), server);
            pingPong(calling, transport, false).call(new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort()));
            served.get(TIMEOUT_S, TimeUnit.SECONDS);
            assertThat(called.wire().counters().received).isGreaterThanOrEqualTo(ITERATIONS);
            assertThat(called.wire().counters().badIcrc + called.wire().counters().malformed).isZero();
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).contains(ITERATIONS + " iters in ").contains("GID ::ffff:192.168.77.9");
    }

    @Test
    void addressesAreThoseOfTheVerbsExamples() throws IOException {
        byte[] wire = new PingPongAddress(7, 0x48, 0xabcdef, Gid.mapped(InetAddress.getByName("10.1.2.3"))).toWire();
        assertThat(new String(wire, StandardCharsets.US_ASCII)).isEqualTo("0007:000048:abcdef:00000000000000000000ffff0a010203\0");
        int checked = 0;
        for (Map.Entry<String, List<RecordedExchange>> each : RecordedExchange.all().entrySet()) {
            if (each.getKey().startsWith("ibv_")) {
                for (RecordedExchange said : each.getValue().subList(0, 2)) {
                    assertThat(PingPongAddress.parse(said.bytes()).toWire()).isEqualTo(said.bytes());
                    checked++;
                }
            }
        }
        assertThat(checked).isEqualTo(6);
    }

    @Test
    void whatIsNoAddressIsShown() {
        for (String text : List.of("GET / HTTP/1.1\r\n", "", "::::", "0001:00001:00001:00\0", "ffffffff:000001:000001:" + "0".repeat(32) + "\0")) {
            assertThatThrownBy(() -> PingPongAddress.parse(text.getBytes(StandardCharsets.US_ASCII)))
                    .isInstanceOf(IOException.class).hasMessageContaining("not the address of an ibv_*_pingpong");
        }
    }

    @Test
    void garbageAndAPeerWithoutQueuePairsEndTheTalk() throws Exception {
        assertThatThrownBy(() -> answered(TWO.calling, "x".repeat(PingPongAddress.WIRE_BYTES)))
                .isInstanceOf(IOException.class).hasMessageContaining("sent 'xxx");
        String none = new String(PingPongAddress.NONE.toWire(), StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> answered(TWO.calling, none)).isInstanceOf(IOException.class).hasMessageContaining("0 queue pairs, not 1");
        assertThatThrownBy(() -> answered(TWO.calling, "0000" + none.substring(4, 10) + "1" + none.substring(11)))
                .isInstanceOf(IOException.class).hasMessageContaining("no LID");
        assertThatThrownBy(() -> answered(TWO.calling, "")).isInstanceOf(IOException.class).hasMessageContaining("hung up");
    }

    private void answered(PeerNode node, String answer) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Socket here = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
            try (Socket there = server.accept()) {
                there.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                there.shutdownOutput();
                pingPong(node, Transport.RC, false).call(here);
            }
        }
    }
}
