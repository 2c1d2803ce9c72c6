package org.legoos.mlx4.hca;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.time.SerialAgent;
import org.legoos.isa.time.VirtualClock;
import org.legoos.mlx4.fabric.Link;
import org.legoos.mlx4.fabric.Port;
import org.legoos.mlx4.fabric.PortState;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.EqEntry;
import org.legoos.mlx4.prm.EventType;
import org.legoos.mlx4.prm.Field;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.NodeInfo;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.PortChangeEvent;
import org.legoos.mlx4.prm.PortCountersMad;
import org.legoos.mlx4.prm.PortInfo;
import org.legoos.mlx4.prm.SetPort;
import org.legoos.mlx4.sa.Notice;
import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.Deth;
import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.OpCode;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketPool;

/** The card's management agents: by command, and over the wire as long as no software has opened QP0 and QP1. */
class ManagementTest {
    private static final int DATA = Mad.DATA;
    private static final int RETURN_PORT = 1;

    private final VirtualClock clock = new VirtualClock();
    private final MiniDriver d = new MiniDriver("a", 0x0002c90300a1b2c0L, clock);
    private final Port manager = new Port("manager", 0x99, new SerialAgent() {
        @Override
        protected void doWork() { }
    });
    private final PacketPool packets = new PacketPool(16);
    private final MemorySegment mad = MemorySegment.ofArray(new byte[Mad.SIZE_BYTES]);

    @BeforeEach
    void bringUp() {
        Link.connect(d.hca.port(1), manager, clock);
        manager.setEnabled(true);
        d.bringUp();
        d.createEq(6);
        d.must(Opcode.INIT_PORT, 1, 0, 0, 0);
    }

    @AfterEach
    void close() {
        d.close();
    }

    // ---- over the wire ----

    @Test
    void aDirectedRoutePacketComesBackTheWayItCame() {
        smp(Mad.CLASS_SUBN_DIRECTED, Mad.METHOD_GET, Mad.ATTR_NODE_INFO, 0);
        Mad.HOP_POINTER.set(mad, 0, 1);
        Mad.HOP_COUNT.set(mad, 0, 1);
        Packet answer = ask(0xffff, 0);
        assertThat(answer.dlid()).isEqualTo(0xffff);
        assertThat(answer.isManagement()).isTrue();
        answer.copyPayload(0, mad, 0, Mad.SIZE_BYTES);
        assertThat(Mad.METHOD.get(mad, 0)).isEqualTo(Mad.METHOD_GET_RESP);
        assertThat(Mad.STATUS.get(mad, 0)).isEqualTo(Mad.STATUS_DIRECTION);
        assertThat(Mad.HOP_POINTER.get(mad, 0)).isEqualTo(1);
        assertThat(mad.get(ValueLayout.JAVA_BYTE, Mad.RETURN_PATH + 1)).isEqualTo((byte) RETURN_PORT);
        assertThat(NodeInfo.NODE_GUID.get(mad, DATA)).isEqualTo(0x0002c90300a1b2c0L);
        answer.release();
    }

    @Test
    void aManagerBringsThePortUpByPackets() {
        setPortState(PortState.ARMED, 7);
        assertThat(d.hca.port(1).lid()).isEqualTo(7);
        assertThat(d.hca.port(1).state()).isEqualTo(PortState.ARMED);
        setPortState(PortState.ACTIVE, 7);
        assertThat(d.hca.port(1).state()).isEqualTo(PortState.ACTIVE);
        setPortState(PortState.INIT, 7); // no way back but through DOWN
        assertThat(Mad.STATUS.get(mad, 0)).isEqualTo(Mad.STATUS_BAD_FIELD);
        setPortState(PortState.DOWN, 7);
        assertThat(d.hca.port(1).state()).as("trained anew").isEqualTo(PortState.INIT);
    }

    private void setPortState(PortState to, int lid) {
        smp(Mad.CLASS_SUBN_LID, Mad.METHOD_SET, Mad.ATTR_PORT_INFO, 1);
        PortInfo.LID.set(mad, DATA, lid);
        PortInfo.MASTER_SM_LID.set(mad, DATA, 1);
        PortInfo.PORT_STATE.set(mad, DATA, to.ordinal());
        Packet answer = ask(0xffff, 0);
        answer.copyPayload(0, mad, 0, Mad.SIZE_BYTES);
        answer.release();
    }

    @Test
    void whatIsNoRequestToTheCardIsDropped() {
        smp(Mad.CLASS_SUBN_DIRECTED, Mad.METHOD_GET_RESP, Mad.ATTR_NODE_INFO, 0);
        assertThat(ask(0xffff, 0)).as("a response").isNull();
        smp(Mad.CLASS_SUBN_DIRECTED, Mad.METHOD_GET, Mad.ATTR_NODE_INFO, 0);
        Mad.HOP_COUNT.set(mad, 0, 3); // goes on, but not through a card
        assertThat(ask(0xffff, 0)).isNull();
        smp(Mad.CLASS_PERF, Mad.METHOD_GET, Mad.ATTR_PORT_COUNTERS, 0);
        assertThat(ask(0xffff, 0)).as("not QP0's").isNull();
        assertThat(d.hca.counters().get(HcaCounters.Kind.PACKETS_UNDELIVERED)).isEqualTo(3);
    }

    @Test
    void countersAreToldOnQp1() {
        setPortState(PortState.ARMED, 7);
        setPortState(PortState.ACTIVE, 7);
        manager.setState(PortState.ACTIVE);
        smp(Mad.CLASS_PERF, Mad.METHOD_GET, Mad.ATTR_PORT_COUNTERS, 0);
        Packet answer = ask(7, 1);
        answer.copyPayload(0, mad, 0, Mad.SIZE_BYTES);
        assertThat(Mad.STATUS.get(mad, 0)).isZero();
        assertThat(PortCountersMad.RCV_PACKETS.get(mad, DATA)).isEqualTo(3);
        assertThat(PortCountersMad.XMIT_PACKETS.get(mad, DATA)).isEqualTo(2);
        answer.release();
    }

    /** Sends the MAD to the card; the answer, or null. */
    private Packet ask(int dlid, int qpn) {
        Packet packet = packets.take();
        java.util.Arrays.fill(packet.header, (byte) 0);
        packet.bthAt = Lrh.SIZE;
        packet.headerLength = Lrh.SIZE + Bth.SIZE + Deth.SIZE;
        Lrh.VL.set(packet.header, 0, qpn == 0 ? Lrh.VL_MANAGEMENT : 0);
        Lrh.LNH.set(packet.header, 0, Lrh.LNH_IBA_LOCAL);
        Lrh.DLID.set(packet.header, 0, dlid);
        Lrh.SLID.set(packet.header, 0, qpn == 0 ? 0xffff : 1);
        Bth.OPCODE.set(packet.header, Lrh.SIZE, OpCode.UD_SEND_ONLY);
        Bth.P_KEY.set(packet.header, Lrh.SIZE, 0xffff);
        Bth.DEST_QP.set(packet.header, Lrh.SIZE, qpn);
        Deth.Q_KEY.set(packet.header, packet.extensionAt(), qpn == 0 ? 0 : 0x80010000);
        Deth.SRC_QP.set(packet.header, packet.extensionAt(), qpn);
        packet.appendCopy(mad, 0, Mad.SIZE_BYTES);
        packet.finish();
        manager.transmit(packet);
        return manager.poll();
    }

    private void smp(int mgmtClass, int method, int attribute, int modifier) {
        mad.fill((byte) 0);
        Mad.BASE_VERSION.set(mad, 0, 1);
        Mad.MGMT_CLASS.set(mad, 0, mgmtClass);
        Mad.CLASS_VERSION.set(mad, 0, 1);
        Mad.METHOD.set(mad, 0, method);
        Mad.ATTRIBUTE_ID.set(mad, 0, attribute);
        Mad.ATTRIBUTE_MODIFIER.set(mad, 0, modifier);
    }

    // ---- by command ----

    private CmdStatus madIfc(int opModifier) {
        MemorySegment.copy(mad, 0, d.m, d.inBox, Mad.SIZE_BYTES);
        CmdStatus status = d.command(Opcode.MAD_IFC, 1, opModifier, d.inBox, d.outBox);
        if (status == CmdStatus.OK) {
            MemorySegment.copy(d.m, d.outBox, mad, 0, Mad.SIZE_BYTES);
        }
        return status;
    }

    @Test
    void tablesAreSetAndSoftwareIsTold() {
        while (d.pollEq() >= 0) { }
        smp(Mad.CLASS_SUBN_LID, Mad.METHOD_SET, Mad.ATTR_PKEY_TABLE, 0);
        Field.word16(0).set(mad, DATA, 0xffff);
        Field.word16(2).set(mad, DATA, 0x8001);
        assertThat(madIfc(3)).isEqualTo(CmdStatus.OK);
        assertEvent(EventType.CHANGE_PKEY_TABLE);
        smp(Mad.CLASS_SUBN_LID, Mad.METHOD_GET, Mad.ATTR_PKEY_TABLE, 0);
        madIfc(3);
        assertThat(Field.word16(2).get(mad, DATA)).isEqualTo(0x8001);
        smp(Mad.CLASS_SUBN_LID, Mad.METHOD_SET, Mad.ATTR_GUID_INFO, 1);
        Field.word32(0).set(mad, DATA, 0x12345678);
        madIfc(3);
        assertEvent(EventType.CHANGE_GUID_INFO);
        smp(Mad.CLASS_SUBN_LID, Mad.METHOD_SET, Mad.ATTR_SL_TO_VL, 0);
        mad.set(ValueLayout.JAVA_BYTE, DATA, (byte) 0x10);
        madIfc(3);
        assertEvent(EventType.CHANGE_SL_TO_VL);
        smp(Mad.CLASS_SUBN_LID, Mad.METHOD_GET, Mad.ATTR_SL_TO_VL, 0);
        madIfc(3);
        assertThat(mad.get(ValueLayout.JAVA_BYTE, DATA)).isEqualTo((byte) 0x10);
        smp(Mad.CLASS_SUBN_LID, Mad.METHOD_SET, Mad.ATTR_VL_ARBITRATION, 3 << 16);
        mad.set(ValueLayout.JAVA_BYTE, DATA + 1, (byte) 99);
        madIfc(3);
        smp(Mad.CLASS_SUBN_LID, Mad.METHOD_GET, Mad.ATTR_VL_ARBITRATION, 3 << 16);
        madIfc(3);
        assertThat(mad.get(ValueLayout.JAVA_BYTE, DATA + 1)).isEqualTo((byte) 99);
        smp(Mad.CLASS_SUBN_LID, Mad.METHOD_GET, Mad.ATTR_VL_ARBITRATION, 5 << 16);
        madIfc(3);
        assertThat(Mad.STATUS.get(mad, 0)).isEqualTo(Mad.STATUS_BAD_FIELD);
    }

    private void assertEvent(int subtype) {
        long event = d.pollEq();
        assertThat(EqEntry.TYPE.get(d.m, event)).isEqualTo(EventType.PORT_MNG_CHANGE);
        assertThat(EqEntry.SUBTYPE.get(d.m, event)).isEqualTo(subtype);
        assertThat(PortChangeEvent.PORT.get(d.m, event)).isEqualTo(1);
    }

    @Test
    void aWrongManagementKeyIsIgnoredUntilItsLeaseEnds() {
        smp(Mad.CLASS_SUBN_LID, Mad.METHOD_SET, Mad.ATTR_PORT_INFO, 1);
        PortInfo.M_KEY.set(mad, DATA, 0x1234);
        PortInfo.M_KEY_LEASE_S.set(mad, DATA, 15);
        madIfc(0);
        smp(Mad.CLASS_SUBN_LID, Mad.METHOD_SET, Mad.ATTR_PORT_INFO, 1);
        assertThat(madIfc(0)).as("key 0").isEqualTo(CmdStatus.BAD_PKT);
        assertThat(madIfc(1)).as("the local host's word").isEqualTo(CmdStatus.OK);
        smp(Mad.CLASS_SUBN_LID, Mad.METHOD_SET, Mad.ATTR_PORT_INFO, 1);
        PortInfo.M_KEY.set(mad, DATA, 0x1234);
        PortInfo.M_KEY_LEASE_S.set(mad, DATA, 15);
        madIfc(1);
        smp(Mad.CLASS_SUBN_LID, Mad.METHOD_GET, Mad.ATTR_PORT_INFO, 1);
        assertThat(madIfc(0)).as("a Get needs none at this level").isEqualTo(CmdStatus.OK);
        smp(Mad.CLASS_SUBN_LID, Mad.METHOD_SET, Mad.ATTR_PORT_INFO, 1);
        assertThat(madIfc(0)).isEqualTo(CmdStatus.BAD_PKT);
        clock.advanceTo(clock.nowNs() + 16_000_000_000L);
        assertThat(madIfc(0)).as("the lease is over").isEqualTo(CmdStatus.OK);
    }

    @Test
    void aManagerThatAsksForItGetsClientsToRegisterAnew() {
        while (d.pollEq() >= 0) { }
        smp(Mad.CLASS_SUBN_LID, Mad.METHOD_SET, Mad.ATTR_PORT_INFO, 1);
        PortInfo.CLIENT_REREGISTER.set(mad, DATA, 1);
        madIfc(3);
        assertThat(PortInfo.CLIENT_REREGISTER.get(mad, DATA)).isEqualTo(1);
        long event = d.pollEq();
        assertThat(PortChangeEvent.CHANGED.get(d.m, event)).isEqualTo(EventType.CHANGED_CLIENT_REREGISTER);
        smp(Mad.CLASS_SUBN_LID, Mad.METHOD_GET, Mad.ATTR_PORT_INFO, 1);
        madIfc(3);
        assertThat(PortInfo.CLIENT_REREGISTER.get(mad, DATA)).isZero();
    }

    @Test
    void unknownAttributesAndVersionsAreSaidToBe() {
        smp(Mad.CLASS_SUBN_LID, Mad.METHOD_GET, 0x7777, 0);
        madIfc(3);
        assertThat(Mad.STATUS.get(mad, 0)).isEqualTo(Mad.STATUS_BAD_METHOD_ATTR);
        smp(Mad.CLASS_SUBN_LID, Mad.METHOD_GET, Mad.ATTR_NODE_INFO, 0);
        Mad.CLASS_VERSION.set(mad, 0, 9);
        madIfc(3);
        assertThat(Mad.STATUS.get(mad, 0)).isEqualTo(Mad.STATUS_BAD_VERSION);
        smp(0x21, Mad.METHOD_GET, 1, 0);
        assertThat(madIfc(3)).as("a class that the card has no agent for").isEqualTo(CmdStatus.BAD_PKT);
    }

    @Test
    void countersBeginAnewWhereASetSaysSo() {
        setPortState(PortState.ARMED, 7);
        smp(Mad.CLASS_PERF, Mad.METHOD_SET, Mad.ATTR_PORT_COUNTERS, 0);
        PortCountersMad.COUNTER_SELECT.set(mad, DATA, PortCountersMad.SELECT_RCV_PACKETS);
        madIfc(0);
        assertThat(PortCountersMad.RCV_PACKETS.get(mad, DATA)).isZero();
        assertThat(PortCountersMad.XMIT_PACKETS.get(mad, DATA)).isEqualTo(1);
        smp(Mad.CLASS_PERF, Mad.METHOD_GET, Mad.ATTR_PORT_COUNTERS_EXTENDED, 0);
        madIfc(0);
        assertThat(Field.word32(PortCountersMad.EXTENDED_FIRST + 3 * 8 + 4).get(mad, DATA)).as("received").isOne();
    }

    // ---- traps ----

    private int trapAtManager() {
        Packet packet = manager.poll();
        while (packet != null) {
            packet.copyPayload(0, mad, 0, Mad.SIZE_BYTES);
            packet.release();
            if (Mad.METHOD.get(mad, 0) == Mad.METHOD_TRAP) {
                return Notice.TRAP_NUMBER.get(mad, DATA);
            }
            packet = manager.poll();
        }
        return 0;
    }

    @Test
    void aNewCapabilityMaskIsToldTheManagerUntilItAnswers() {
        setPortState(PortState.ARMED, 7);
        d.hca.port(1).setLids(7, 0, 9);
        d.clearIn();
        SetPort.CAPABILITY_MASK.set(d.m, d.inBox, PortInfo.CAP_IS_SM);
        d.must(Opcode.SET_PORT, 1, 0, d.inBox, 0);
        assertThat(trapAtManager()).isEqualTo(Notice.TRAP_LOCAL_CHANGE);
        assertThat(Notice.CHANGE_CAPABILITY_MASK.get(mad, DATA)).isEqualTo(PortInfo.CAP_IS_SM);
        clock.advanceTo(clock.nowNs() + 1_500_000_000L);
        assertThat(trapAtManager()).isEqualTo(Notice.TRAP_LOCAL_CHANGE);
        Mad.METHOD.set(mad, 0, Mad.METHOD_TRAP_REPRESS);
        assertThat(madIfc(3)).isEqualTo(CmdStatus.OK);
        clock.advanceTo(clock.nowNs() + 10_000_000_000L);
        assertThat(trapAtManager()).isZero();
    }

    @Test
    void aWrongMKeyIsToldTheManager() {
        setPortState(PortState.ARMED, 7);
        d.hca.port(1).setLids(7, 0, 9);
        smp(Mad.CLASS_SUBN_LID, Mad.METHOD_SET, Mad.ATTR_PORT_INFO, 1);
        PortInfo.M_KEY.set(mad, DATA, 0x77);
        madIfc(3);
        smp(Mad.CLASS_SUBN_LID, Mad.METHOD_SET, Mad.ATTR_PORT_INFO, 1);
        Mad.M_KEY.set(mad, 0, 0x1234);
        assertThat(madIfc(0)).isEqualTo(CmdStatus.BAD_PKT);
        assertThat(trapAtManager()).isEqualTo(Notice.TRAP_BAD_M_KEY);
        assertThat(Notice.M_KEY.get(mad, DATA)).isEqualTo(0x1234);
        assertThat(Notice.M_KEY_ATTRIBUTE.get(mad, DATA)).isEqualTo(Mad.ATTR_PORT_INFO);
    }
}
