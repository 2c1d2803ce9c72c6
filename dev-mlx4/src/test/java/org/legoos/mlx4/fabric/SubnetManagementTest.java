package org.legoos.mlx4.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.time.VirtualClock;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.NodeInfo;
import org.legoos.mlx4.prm.PortCountersMad;
import org.legoos.mlx4.prm.PortInfo;
import org.legoos.mlx4.prm.SmInfo;
import org.legoos.mlx4.prm.SwitchInfo;

/** Management datagrams by directed route and by LID, through two switches to a port that answers for itself. */
class SubnetManagementTest {
    private static final int DATA = Mad.DATA;

    private final Fabric fabric = new Fabric(new VirtualClock());
    private final List<MemorySegment> arrived = new ArrayList<>();
    private final ManagementPort here = new ManagementPort("here", 0x100, (mad, slid, dlid, from, to) -> arrived.add(MemorySegment.ofArray(mad)));
    private final ManagementPort there = new ManagementPort("there", 0x200, (mad, slid, dlid, from, to) -> { });
    private Switch near;
    private Switch far;

    @BeforeEach
    void cable() {
        near = fabric.addSwitch("near", 8);
        far = fabric.addSwitch("far", 4);
        here.port().setEnabled(true);
        there.port().setEnabled(true);
        fabric.connect(here.port(), near.port(3));
        fabric.connect(near.port(5), far.port(2));
        fabric.connect(there.port(), far.port(4));
    }

    private static MemorySegment request(int method, int mgmtClass, int attribute, int modifier) {
        MemorySegment m = MemorySegment.ofArray(new byte[Mad.SIZE_BYTES]);
        Mad.BASE_VERSION.set(m, 0, 1);
        Mad.MGMT_CLASS.set(m, 0, mgmtClass);
        Mad.CLASS_VERSION.set(m, 0, 1);
        Mad.METHOD.set(m, 0, method);
        Mad.ATTRIBUTE_ID.set(m, 0, attribute);
        Mad.ATTRIBUTE_MODIFIER.set(m, 0, modifier);
        return m;
    }

    private static MemorySegment directed(int method, int attribute, int modifier, int... hops) {
        MemorySegment m = request(method, Mad.CLASS_SUBN_DIRECTED, attribute, modifier);
        Mad.HOP_COUNT.set(m, 0, hops.length);
        for (int i = 0; i < hops.length; i++) {
            m.set(ValueLayout.JAVA_BYTE, Mad.INITIAL_PATH + i + 1, (byte) hops[i]);
        }
        return m;
    }

    /** Sends and gives the answer, or null when there is none. */
    private MemorySegment ask(MemorySegment m, int dlid, int qp) {
        arrived.clear();
        byte[] bytes = m.toArray(ValueLayout.JAVA_BYTE);
        assertThat(here.send(bytes, dlid, qp, qp)).isTrue();
        assertThat(arrived).hasSizeLessThan(2);
        return arrived.isEmpty() ? null : arrived.getFirst();
    }

    @Test
    void directedRoutesReachSwitchesAndThePortBehindThemAndComeBack() {
        int[][] routes = {{1}, {1, 5}, {1, 5, 4}};
        long[] guids = {near.guid(), far.guid(), 0x200};
        int[] entries = {3, 2, 1};
        for (int i = 0; i < routes.length; i++) {
            MemorySegment answer = ask(directed(Mad.METHOD_GET, Mad.ATTR_NODE_INFO, 0, routes[i]), 0xffff, 0);
            assertThat(answer).as("route %d", i).isNotNull();
            assertThat(Mad.STATUS.get(answer, 0)).isEqualTo(Mad.STATUS_DIRECTION);
            assertThat(Mad.METHOD.get(answer, 0)).isEqualTo(Mad.METHOD_GET_RESP);
            assertThat(NodeInfo.NODE_GUID.get(answer, DATA)).isEqualTo(guids[i]);
            assertThat(NodeInfo.LOCAL_PORT.get(answer, DATA)).isEqualTo(entries[i]);
        }
    }

    @Test
    void routesThatLeadNowhereAreNotAnswered() {
        for (int[] hops : new int[][] {{1, 7}, {1, 0, 4}, {1, 200}, {1, 5, 4, 1}, {1, 5, 1}}) {
            assertThat(ask(directed(Mad.METHOD_GET, Mad.ATTR_NODE_INFO, 0, hops), 0xffff, 0)).isNull();
        }
    }

    @Test
    void byLidTheSwitchTellsItsPortsTablesAndWhoManages() {
        int lid = far.port(0).lid();
        MemorySegment port = ask(request(Mad.METHOD_GET, Mad.CLASS_SUBN_LID, Mad.ATTR_PORT_INFO, 2), lid, 0);
        assertThat(PortInfo.PORT_STATE.get(port, DATA)).isEqualTo(PortState.ACTIVE.ordinal());
        MemorySegment unused = ask(request(Mad.METHOD_GET, Mad.CLASS_SUBN_LID, Mad.ATTR_PORT_INFO, 1), lid, 0);
        assertThat(PortInfo.PORT_STATE.get(unused, DATA)).isEqualTo(PortState.DOWN.ordinal());
        MemorySegment table = ask(request(Mad.METHOD_GET, Mad.CLASS_SUBN_LID, Mad.ATTR_LINEAR_FORWARDING, 0), lid, 0);
        assertThat(table.get(ValueLayout.JAVA_BYTE, DATA + here.port().lid())).isEqualTo((byte) 2);
        assertThat(table.get(ValueLayout.JAVA_BYTE, DATA + there.port().lid())).isEqualTo((byte) 4);
        MemorySegment manager = ask(request(Mad.METHOD_GET, Mad.CLASS_SUBN_LID, Mad.ATTR_SM_INFO, 0), near.port(0).lid(), 0);
        assertThat(SmInfo.STATE.get(manager, DATA)).isEqualTo(SmInfo.STATE_MASTER);
        assertThat(SmInfo.GUID.get(manager, DATA)).isEqualTo(near.guid());
        MemorySegment bad = ask(request(Mad.METHOD_GET, Mad.CLASS_SUBN_LID, Mad.ATTR_PORT_INFO, 99), lid, 0);
        assertThat(Mad.STATUS.get(bad, 0)).isEqualTo(Mad.STATUS_BAD_FIELD);
    }

    @Test
    void anExternalManagerSetsTablesAndStates() {
        fabric.setManaged(false);
        MemorySegment table = directed(Mad.METHOD_SET, Mad.ATTR_LINEAR_FORWARDING, 3, 1);
        for (int i = 0; i < Mad.LIDS_PER_BLOCK; i++) {
            table.set(ValueLayout.JAVA_BYTE, DATA + i, (byte) (i == 8 ? 5 : Switch.NO_PORT));
        }
        assertThat(ask(table, 0xffff, 0)).isNotNull();
        assertThat(near.outPort(3 * Mad.LIDS_PER_BLOCK + 8)).isEqualTo(5);
        MemorySegment groups = directed(Mad.METHOD_SET, Mad.ATTR_MULTICAST_FORWARDING, 0, 1);
        groups.set(ValueLayout.JAVA_BYTE, DATA + 3, (byte) 0b1010);
        assertThat(ask(groups, 0xffff, 0)).isNotNull();
        assertThat(near.multicast()[1]).isEqualTo(0b1010);
        MemorySegment info = directed(Mad.METHOD_SET, Mad.ATTR_SWITCH_INFO, 0, 1);
        SwitchInfo.PORT_STATE_CHANGE.set(info, DATA, 1);
        assertThat(SwitchInfo.PORT_STATE_CHANGE.get(ask(info, 0xffff, 0), DATA)).isZero();
        MemorySegment ownLid = directed(Mad.METHOD_SET, Mad.ATTR_PORT_INFO, 0, 1);
        PortInfo.LID.set(ownLid, DATA, 77);
        PortInfo.MASTER_SM_LID.set(ownLid, DATA, 78);
        assertThat(PortInfo.LID.get(ask(ownLid, 0xffff, 0), DATA)).isEqualTo(77);
        assertThat(near.port(0).smLid()).isEqualTo(78);
    }

    @Test
    void portCountersCountWhatPasses() {
        MemorySegment counters = request(Mad.METHOD_GET, Mad.CLASS_PERF, Mad.ATTR_PORT_COUNTERS, 0);
        PortCountersMad.PORT_SELECT.set(counters, DATA, 3);
        int before = PortCountersMad.RCV_PACKETS.get(ask(counters, near.port(0).lid(), 1), DATA);
        assertThat(before).isPositive();
        assertThat(PortCountersMad.RCV_PACKETS.get(ask(counters, near.port(0).lid(), 1), DATA)).isEqualTo(before + 1);
    }

    @Test
    void randomDatagramsDoNoHarm() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] mad = new byte[Mad.SIZE_BYTES];
            random.nextBytes(mad);
            MemorySegment m = MemorySegment.ofArray(mad);
            Mad.BASE_VERSION.set(m, 0, 1);
            Mad.MGMT_CLASS.set(m, 0, random.nextBoolean() ? Mad.CLASS_SUBN_DIRECTED : random.nextInt(5));
            Mad.METHOD.set(m, 0, 1 + random.nextInt(2));
            Mad.ATTRIBUTE_ID.set(m, 0, 0x10 + random.nextInt(0x12));
            Mad.HOP_COUNT.set(m, 0, random.nextInt(5));
            Mad.STATUS.set(m, 0, random.nextInt(4) == 0 ? Mad.STATUS_DIRECTION : 0);
            for (int hop = 1; hop < 5; hop++) {
                m.set(ValueLayout.JAVA_BYTE, Mad.INITIAL_PATH + hop, (byte) random.nextInt(10));
            }
            here.send(mad, random.nextInt(0x10000), random.nextInt(3), random.nextInt(3));
        }
        near.port(0).setLids(9, 0, 9);
        assertThat(ask(directed(Mad.METHOD_GET, Mad.ATTR_NODE_INFO, 0, 1), 0xffff, 0)).isNotNull();
    }
}
