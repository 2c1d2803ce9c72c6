package org.legoos.mlx4.hca;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.time.VirtualClock;
import org.legoos.mlx4.fabric.Link;
import org.legoos.mlx4.fabric.PortState;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.CqEntry;
import org.legoos.mlx4.prm.InlineSegment;
import org.legoos.mlx4.prm.MlxCtrlSegment;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.ServiceType;
import org.legoos.mlx4.prm.WqeOpcode;

/** QP0 and QP1, whose packets software makes: with WQEs as Linux's mlx4_ib lays them out. */
class SpecialQpTest {
    private static final int BASE = 0x48;
    private static final int QP0 = BASE;
    private static final int QP1 = BASE + 2;
    private static final int MAD_BYTES = 256;
    /** LRH to DETH of a directed-route SMP: lane 15, DLID and SLID permissive, QP0 to QP0. */
    private static final String SMP_HEADERS =
            "F002FFFF0048FFFF" + "6400FFFF0000000000000000" + "0000000000000000";
    /** QP1 to QP1 of LID 2, default partition's limited key, the general services' Q_Key. */
    private static final String GMP_HEADERS =
            "0002000200480000" + "64007FFF0000000100000000" + "8001000000000001";

    private final VirtualClock clock = new VirtualClock();
    private final MiniDriver a = new MiniDriver("a", 0x10, clock);
    private final MiniDriver b = new MiniDriver("b", 0x20, clock);
    private MiniCq cqA;
    private MiniCq cqB;
    private long buffer;
    private int key;
    private long bufferB;
    private int keyB;

    @BeforeEach
    void bringUp() {
        Link.connect(a.hca.port(1), b.hca.port(1), clock);
        for (MiniDriver d : new MiniDriver[] {a, b}) {
            d.bringUp();
            d.createEq(6);
            d.activate(d == a ? 1 : 2);
            d.must(Opcode.CONF_SPECIAL_QP, BASE, 0, 0, 0);
        }
        cqA = a.createCq(0x80, 6);
        cqB = b.createCq(0x80, 6);
        buffer = a.alloc(4096);
        key = a.registerAll(buffer, 4096);
        bufferB = b.alloc(4096);
        keyB = b.registerAll(bufferB, 4096);
        a.m.set(ValueLayout.JAVA_INT, buffer, 0x11223344);
    }

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    @Test
    void aSubnetManagementPacketPassesLinksThatAreNotActive() {
        assertThat(a.hca.port(1).state()).isEqualTo(PortState.INIT);
        MiniQp from = special(a, QP0, cqA);
        MiniQp to = special(b, QP0, cqB);
        to.receive(keyB, bufferB, MAD_BYTES + 40);
        sendMad(from, SMP_HEADERS, true);
        assertThat(CqEntry.OPCODE.get(a.m, cqA.poll())).isEqualTo(WqeOpcode.SEND);
        long cqe = cqB.poll();
        assertThat(CqEntry.QPN.get(b.m, cqe)).isEqualTo(QP0);
        assertThat(CqEntry.BYTE_COUNT.get(b.m, cqe)).isEqualTo(MAD_BYTES + 40);
        assertThat(CqEntry.REMOTE_QPN.get(b.m, cqe)).isZero();
        assertThat(CqEntry.REMOTE_LID.get(b.m, cqe)).isEqualTo(0xffff);
        assertThat(b.m.get(ValueLayout.JAVA_INT, bufferB + 40)).isEqualTo(0x11223344);
    }

    @Test
    void generalServicesPacketsGetTheSourceLidAndSayTheirPartition() {
        a.setActive();
        b.setActive();
        MiniQp from = special(a, QP1, cqA);
        MiniQp to = special(b, QP1, cqB);
        to.receive(keyB, bufferB, MAD_BYTES + 40);
        sendMad(from, GMP_HEADERS, false);
        long cqe = cqB.poll();
        assertThat(CqEntry.REMOTE_QPN.get(b.m, cqe)).isEqualTo(1);
        assertThat(CqEntry.REMOTE_LID.get(b.m, cqe)).isEqualTo(1);
        assertThat(CqEntry.IMMEDIATE.get(b.m, cqe)).as("P_Key index").isZero();
    }

    @Test
    void aPartitionThatThePortIsNotInIsAViolation() {
        a.setActive();
        b.setActive();
        MiniQp from = special(a, QP1, cqA);
        MiniQp to = special(b, QP1, cqB);
        to.receive(keyB, bufferB, MAD_BYTES + 40);
        sendMad(from, GMP_HEADERS.replace("7FFF", "8123"), false);
        assertThat(cqB.poll()).isNegative();
    }

    @Test
    void headersBySoftwareAreForTheSpecialQueuePairsAndNothingElseIs() {
        assertThat(create(a, 0x60, ServiceType.MLX)).isEqualTo(CmdStatus.BAD_PARAM);
        assertThat(create(a, QP0, ServiceType.UD)).isEqualTo(CmdStatus.BAD_PARAM);
        assertThat(create(a, QP0 + 1, ServiceType.MLX)).as("port 2 of a one-port card").isEqualTo(CmdStatus.BAD_PARAM);
        a.must(Opcode.CONF_SPECIAL_QP, 0, 0, 0, 0);
        assertThat(create(a, QP0, ServiceType.MLX)).isEqualTo(CmdStatus.BAD_PARAM);
    }

    @Test
    void brokenHeadersAreAnErrorOfTheSender() {
        MiniQp from = special(a, QP0, cqA);
        sendMad(from, SMP_HEADERS.replaceFirst("F002", "F000"), true); // raw: no transport header follows
        assertThat(CqEntry.OPCODE.get(a.m, cqA.poll())).isEqualTo(CqEntry.OP_ERROR);
    }

    private CmdStatus create(MiniDriver d, int qpn, int serviceType) {
        return MiniQp.tryCreate(d, qpn, serviceType, cqA);
    }

    private static MiniQp special(MiniDriver d, int qpn, MiniCq cq) {
        MiniQp qp = MiniQp.of(d, qpn, ServiceType.MLX, cq, cq);
        qp.connect(0, 0, 0, 0);
        return qp;
    }

    /** Header inline, MAD by reference, room for the ICRC inline: 80 bytes, two slots. */
    private void sendMad(MiniQp qp, String headers, boolean isLane15) {
        long at = qp.nextSend();
        a.ram.zero(at + 64, 64);
        byte[] bytes = HexFormat.of().parseHex(headers);
        InlineSegment.INLINE.set(a.m, at + 16, 1);
        InlineSegment.BYTE_COUNT.set(a.m, at + 16, bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            a.m.set(ValueLayout.JAVA_BYTE, at + 20 + i, bytes[i]);
        }
        qp.data(at + 48, key, buffer, MAD_BYTES);
        InlineSegment.INLINE.set(a.m, at + 64, 1);
        InlineSegment.BYTE_COUNT.set(a.m, at + 64, 4);
        MlxCtrlSegment.VL15.set(a.m, at, isLane15 ? 1 : 0);
        MlxCtrlSegment.SLR.set(a.m, at, isLane15 ? 1 : 0);
        qp.post(at, WqeOpcode.SEND, 5, 0, 0);
        qp.sendHead++;
    }
}
