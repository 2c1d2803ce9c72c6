package org.legoos.emulator.rdma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.legoos.emulator.bench.BareNode;
import org.legoos.isa.time.Clock;
import org.legoos.isa.time.HostClock;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.ib.mad.MadDrops.Reason;
import org.legoos.kernel.ib.rdmacm.RdmaConnection;
import org.legoos.kernel.syscall.Errno;
import org.legoos.mlx4.fabric.Fabric;
import org.legoos.mlx4.fabric.ManagementPacket;
import org.legoos.mlx4.fabric.ManagementPort;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.mad.CmMad;
import org.legoos.mlx4.prm.mad.VendorMad;

/** Two nodes on one switch with the built-in subnet manager: what rping and ibping need, driver on card model on both sides. */
class RdmaNodesTest {
    private static final int IP_A = IpAddress.parse("10.0.0.1");
    private static final int IP_B = IpAddress.parse("10.0.0.2");
    private static final int PORT = 7174;
    private static final int TIMEOUT_S = 120;
    private static final long NS_PER_S = 1_000_000_000L;

    private final Clock clock = HostClock.instance();
    private final Fabric fabric = Fabric.ofOneSwitch(clock, 4);
    private final BareNode nodeA = new BareNode(1, clock);
    private final BareNode nodeB = new BareNode(2, clock);
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
    private RdmaNode a;
    private RdmaNode b;

    @BeforeEach
    void boot() {
        fabric.attach(nodeA.hca.port(1));
        fabric.attach(nodeB.hca.port(1));
        nodeA.probe();
        nodeB.probe();
        a = RdmaNode.on(nodeA, "lego-1", IP_A);
        b = RdmaNode.on(nodeB, "lego-2", IP_B);
        assertThat(a.awaitActive() && b.awaitActive()).isTrue();
    }

    @AfterEach
    void powerOff() {
        a.close();
        b.close();
        fabric.close();
        nodeA.close();
        nodeB.close();
    }

    private String text() {
        return text.toString(StandardCharsets.UTF_8);
    }

    @Test
    void pingByLidAndByGuid() {
        int lid = b.services().port().state().lid();
        assertThat(new IbPing(a, out).run(lid, false, 1, TIMEOUT_S)).isTrue();
        assertThat(new IbPing(a, out).run(b.services().port().gid().low(), true, 1, TIMEOUT_S)).isTrue();
        assertThat(text()).contains("Pong from lego-2 (Lid " + lid + ")").contains("1 packets transmitted, 1 received, 0% packet loss");
        assertThatThrownBy(() -> new IbPing(a, out).run(0x1234, true, 1, 0)).hasMessageContaining("knows no way");
    }

    @Test
    void dataGoThereAndBack() throws Exception {
        CompletableFuture<Void> server = CompletableFuture.runAsync(
                () -> new RpingServer(b, PORT, new PingPlan(0, 64, false, true), out, out).run(false));
        new RpingClient(a, new PingPlan(3, 3000, true, true), out).run(IP_B, PORT, TIMEOUT_S * NS_PER_S);
        server.get(TIMEOUT_S, TimeUnit.SECONDS);
        assertThat(text()).contains("server ping data: rdma-ping-2: CDEF", "ping data: rdma-ping-0: ABCDEFG", "10.0.0.1: 3 exchanges");
    }

    @Test
    void whereNobodyIsOrListens() {
        try (RdmaConnection connection = RdmaConnection.create(a.services())) {
            assertThatThrownBy(() -> connection.connect(IP_B, 1, TIMEOUT_S * NS_PER_S))
                    .isInstanceOfSatisfying(IbException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ECONNREFUSED))
                    .hasMessageContaining("reason 8");
        }
        try (RdmaConnection connection = RdmaConnection.create(a.services())) {
            assertThatThrownBy(() -> connection.connect(IpAddress.parse("10.0.0.77"), PORT, TIMEOUT_S * NS_PER_S))
                    .isInstanceOfSatisfying(IbException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EHOSTUNREACH));
        }
    }

    @Test
    void aStrangerMaySendWhatItLikes() {
        SplittableRandom random = new SplittableRandom(5);
        try (ManagementPort stranger = new ManagementPort("stranger", 0x99, (mad, slid, dlid, from, to) -> { })) {
            fabric.attach(stranger.port());
            stranger.port().setEnabled(true);
            int lid = b.services().port().state().lid();
            int[] classes = {Mad.CLASS_PERF, CmMad.CLASS_COMM_MGT, VendorMad.CLASS_PING, 3, 9};
            for (int i = 0; i < 500; i++) {
                byte[] mad = new byte[Mad.SIZE_BYTES];
                random.nextBytes(mad);
                mad[0] = (byte) (random.nextInt(8) == 0 ? 2 : 1);
                mad[1] = (byte) classes[random.nextInt(classes.length)];
                mad[2] = (byte) (1 + random.nextInt(2));
                mad[3] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : 1 + random.nextInt(3));
                mad[17] = (byte) (0x0f + random.nextInt(9));
                stranger.send(mad, lid, ManagementPacket.QP1, ManagementPacket.QP1);
            }
            assertThat(new IbPing(a, out).run(lid, false, 1, TIMEOUT_S)).isTrue();
            assertThat(b.services().port().drops().get(Reason.BASE_VERSION)).isPositive();
            assertThat(b.services().port().drops().get(Reason.UNEXPECTED)).isPositive();
        }
    }
}
