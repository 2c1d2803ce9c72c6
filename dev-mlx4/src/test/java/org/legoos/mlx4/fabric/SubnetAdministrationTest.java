package org.legoos.mlx4.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.time.VirtualClock;
import org.legoos.mlx4.prm.ClassPortInfo;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.PortInfo;
import org.legoos.mlx4.prm.SmInfo;
import org.legoos.mlx4.prm.mad.Gid;
import org.legoos.mlx4.prm.mad.RecordLayout;
import org.legoos.mlx4.prm.mad.Records;
import org.legoos.mlx4.prm.mad.SaMad;
import org.legoos.mlx4.sa.Notice;

/** Subnet administration by the built-in subnet manager, asked by hosts on two switches. */
class SubnetAdministrationTest {
    private static final Gid GROUP = new Gid(0xff12601bffff0000L, 0x1234);
    private static final Gid BROADCAST = new Gid(0xff12401bffff0000L, 0xffffffffL);

    private final VirtualClock clock = new VirtualClock();
    private final Fabric fabric = new Fabric(clock);
    private final SaTester a = new SaTester("a", 0x100);
    private final SaTester b = new SaTester("b", 0x200);
    private final SaTester c = new SaTester("c", 0x300);
    private Switch near;
    private Switch far;
    private Link linkOfC;

    @BeforeEach
    void cable() {
        near = fabric.addSwitch("near", 8);
        far = fabric.addSwitch("far", 4);
        fabric.connect(near.port(5), far.port(2));
        fabric.connect(a.port.port(), near.port(3));
        fabric.connect(b.port.port(), far.port(4));
        linkOfC = fabric.connect(c.port.port(), far.port(1));
    }

    private void pass(long ns) {
        clock.advanceTo(clock.nowNs() + ns);
    }

    private static long get(byte[] record, RecordLayout layout, String component) {
        return layout.component(component).get(record, 0);
    }

    @Test
    void theClassSaysWhatItCan() {
        byte[] request = SaTester.request(Mad.METHOD_GET, Records.NODE);
        Mad.ATTRIBUTE_ID.set(MemorySegment.ofArray(request), 0, Mad.ATTR_CLASS_PORT_INFO);
        MemorySegment info = MemorySegment.ofArray(SaTester.record(a.ask(request)));
        assertThat(ClassPortInfo.CLASS_VERSION.get(info, 0)).isEqualTo(2);
        assertThat(ClassPortInfo.CAPABILITY_MASK.get(info, 0) & SaMad.CAP_UD_MULTICAST).isNotZero();
    }

    @Test
    void tablesOfManySegmentsComeWhole() {
        List<byte[]> nodes = a.table(Records.NODE);
        assertThat(nodes).hasSize(5);
        assertThat(nodes).extracting(each -> get(each, Records.NODE, "NodeGUID"))
                .containsExactlyInAnyOrder(near.guid(), far.guid(), 0x100L, 0x200L, 0x300L);
        assertThat(a.table(Records.NODE, "NodeType", 2)).hasSize(2);
        assertThat(a.table(Records.NODE, "LID", 0x4321)).isEmpty();
    }

    @Test
    void everyKindOfTableIsThere() {
        assertThat(a.table(Records.PORT_INFO)).hasSize(9 + 5 + 3);
        assertThat(a.table(Records.PORT_INFO, "EndPortLID", near.port(0).lid(), "PortNum", 3)).hasSize(1);
        assertThat(a.table(Records.SWITCH_INFO)).hasSize(2);
        assertThat(a.table(Records.LINK)).hasSize(2 * 4);
        assertThat(a.table(Records.GUID_INFO, "LID", b.lid())).hasSize(1)
                .first().satisfies(record -> assertThat(get(record, Records.GUID_INFO, "GUID0")).isEqualTo(0x201));
        assertThat(a.table(Records.P_KEY_TABLE, "LID", b.lid())).hasSize(1);
        assertThat(a.table(Records.SL_TO_VL, "LID", b.lid())).hasSize(1);
        assertThat(a.table(Records.VL_ARBITRATION, "LID", b.lid())).hasSize(4);
        byte[] block = a.table(Records.LINEAR_FORWARDING, "LID", near.port(0).lid(), "BlockNum", 0).getFirst();
        assertThat(block[8 + a.lid()]).isEqualTo((byte) 3);
        assertThat(block[8 + b.lid()]).isEqualTo((byte) 5);
        byte[] manager = a.table(Records.SM_INFO).getFirst();
        assertThat(get(manager, Records.SM_INFO, "GUID")).isEqualTo(near.guid());
        assertThat(get(manager, Records.SM_INFO, "SMState")).isEqualTo(SmInfo.STATE_MASTER);
    }

    @Test
    void portsWithACapabilityAreFoundByItsBit() {
        byte[] request = SaTester.request(SaMad.METHOD_GET_TABLE, Records.PORT_INFO, "CapabilityMask", PortInfo.CAP_IS_SM);
        Mad.ATTRIBUTE_MODIFIER.set(MemorySegment.ofArray(request), 0, SaMad.MODIFIER_CAP_MASK_MATCH);
        assertThat(a.table(request)).extracting(each -> get(each, Records.PORT_INFO, "EndPortLID"))
                .containsExactly((long) near.port(0).lid());
    }

    @Test
    void pathsLeadWhereTheTablesLead() {
        byte[] path = a.ask(SaTester.request(Mad.METHOD_GET, Records.PATH, "SGID", a.gid(), "DGID", b.gid(), "NumbPath", 1, "Reversible", 1));
        assertThat(SaTester.status(path)).isZero();
        byte[] record = SaTester.record(path);
        assertThat(get(record, Records.PATH, "SLID")).isEqualTo(a.lid());
        assertThat(get(record, Records.PATH, "DLID")).isEqualTo(b.lid());
        assertThat(get(record, Records.PATH, "P_Key")).isEqualTo(0xffff);
        assertThat(get(record, Records.PATH, "Mtu")).isEqualTo(5);
        assertThat(get(record, Records.PATH, "Rate")).as("40 Gb/s").isEqualTo(7);
        assertThat(a.table(Records.PATH, "SGID", a.gid(), "NumbPath", 127)).as("to every port with a LID").hasSize(5);
        byte[] table = far.forwarding().clone();
        table[a.lid()] = (byte) Switch.NO_PORT;
        far.setForwarding(table);
        assertThat(SaTester.status(a.ask(SaTester.request(Mad.METHOD_GET, Records.PATH, "SGID", a.gid(), "DGID", b.gid()))))
                .as("the way back is cut").isEqualTo(SaMad.STATUS_NO_RECORDS);
    }

    @Test
    void pathsObeySelectorsAndPartitions() {
        Object[] ends = {"SGID", a.gid(), "DGID", b.gid()};
        Object[][] good = {{"MtuSelector", 2, "Mtu", 5}, {"MtuSelector", 0, "Mtu", 4}, {"RateSelector", 1, "Rate", 8}, {"P_Key", 0x7fff}};
        Object[][] bad = {{"MtuSelector", 2, "Mtu", 3}, {"MtuSelector", 0, "Mtu", 5}, {"RateSelector", 0, "Rate", 7}, {"P_Key", 0x8123}, {"SL", 3}};
        for (Object[] more : good) {
            assertThat(a.table(Records.PATH, concat(ends, more))).as("%s", List.of(more)).hasSize(1);
        }
        for (Object[] more : bad) {
            assertThat(a.table(Records.PATH, concat(ends, more))).as("%s", List.of(more)).isEmpty();
        }
    }

    private static Object[] concat(Object[] first, Object[] second) {
        List<Object> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(second));
        return all.toArray();
    }

    @Test
    void badRequestsGetTheirStatus() {
        byte[] unknown = SaTester.request(Mad.METHOD_GET, Records.PATH, "SGID", a.gid(), "DGID", new Gid(1, 2));
        assertThat(SaTester.status(a.ask(unknown))).isEqualTo(SaMad.STATUS_INVALID_GID);
        assertThat(SaTester.status(a.ask(SaTester.request(Mad.METHOD_GET, Records.NODE)))).isEqualTo(SaMad.STATUS_TOO_MANY_RECORDS);
        assertThat(SaTester.status(a.ask(SaTester.request(Mad.METHOD_GET, Records.NODE, "LID", 999)))).isEqualTo(SaMad.STATUS_NO_RECORDS);
        assertThat(SaTester.status(a.ask(SaTester.request(Mad.METHOD_SET, Records.NODE)))).isEqualTo(Mad.STATUS_BAD_METHOD_ATTR);
        assertThat(SaTester.status(a.ask(SaTester.request(0x33, Records.NODE)))).isEqualTo(Mad.STATUS_BAD_METHOD);
        byte[] old = SaTester.request(Mad.METHOD_GET, Records.NODE);
        Mad.CLASS_VERSION.set(MemorySegment.ofArray(old), 0, 1);
        assertThat(SaTester.status(a.ask(old))).isEqualTo(Mad.STATUS_BAD_VERSION);
    }

    private static byte[] join(int method, SaTester who, Gid group, boolean creates) {
        Object[] least = {"MGID", group, "PortGID", who.gid(), "JoinState", 1};
        Object[] all = {"Q_Key", 0x1b, "P_Key", 0xffff, "SL", 0, "FlowLabel", 0, "TClass", 0};
        return SaTester.request(method, Records.MC_MEMBER, creates ? concat(least, all) : least);
    }

    @Test
    void groupsAreMadeJoinedAndLeftAndTheSwitchesKnow() {
        assertThat(SaTester.status(b.ask(join(Mad.METHOD_SET, b, GROUP, false)))).isEqualTo(SaMad.STATUS_INSUFFICIENT_COMPONENTS);
        byte[] made = SaTester.record(a.ask(join(Mad.METHOD_SET, a, GROUP, true)));
        int mlid = (int) get(made, Records.MC_MEMBER, "MLID");
        assertThat(mlid).isGreaterThan(0xc000);
        assertThat(SaTester.status(b.ask(join(Mad.METHOD_SET, b, GROUP, false)))).isZero();
        assertThat(near.multicast()[mlid - 0xc000]).isEqualTo(1 << 3 | 1 << 5);
        assertThat(far.multicast()[mlid - 0xc000]).isEqualTo(1 << 4 | 1 << 2);
        assertThat(SaTester.status(c.ask(join(Mad.METHOD_SET, b, GROUP, false)))).as("for somebody else").isEqualTo(SaMad.STATUS_DENIED);
        assertThat(SaTester.status(a.ask(join(SaMad.METHOD_DELETE, a, GROUP, false)))).isZero();
        assertThat(SaTester.status(a.ask(join(SaMad.METHOD_DELETE, a, GROUP, false)))).isEqualTo(SaMad.STATUS_REQ_INVALID);
        assertThat(near.multicast()).as("one member, one switch").isEmpty();
        assertThat(far.multicast()[mlid - 0xc000]).isEqualTo(1 << 4);
        assertThat(a.table(Records.MC_MEMBER, "MGID", GROUP)).hasSize(1);
        b.ask(join(SaMad.METHOD_DELETE, b, GROUP, false));
        assertThat(a.table(Records.MC_MEMBER, "MGID", GROUP)).isEmpty();
    }

    @Test
    void theBroadcastGroupOfIpoibIsThereAlways() {
        byte[] record = SaTester.record(a.ask(join(Mad.METHOD_SET, a, BROADCAST, false)));
        assertThat(get(record, Records.MC_MEMBER, "MLID")).isEqualTo(0xc000);
        assertThat(get(record, Records.MC_MEMBER, "Q_Key")).isEqualTo(0x0b1b);
        a.ask(join(SaMad.METHOD_DELETE, a, BROADCAST, false));
        assertThat(a.table(Records.MC_MEMBER, "MGID", BROADCAST)).hasSize(1);
    }

    private static byte[] inform(int subscribe) {
        byte[] mad = SaTester.request(Mad.METHOD_SET, Records.INFORM_INFO, "LIDRangeBegin", 0xffff, "IsGeneric", 1, "Subscribe", subscribe,
                "Type", Notice.TYPE_SUBNET, "TrapNumber", 0xffff, "QPN", 1, "ProducerType", 0xffffff);
        SaMad.COMPONENT_MASK.set(MemorySegment.ofArray(mad), 0, 0);
        return mad;
    }

    private static List<Integer> traps(SaTester who) {
        return who.arrived.stream().map(MemorySegment::ofArray).filter(m -> Mad.METHOD.get(m, 0) == SaMad.METHOD_REPORT)
                .map(m -> Notice.TRAP_NUMBER.get(m, SaMad.DATA)).toList();
    }

    @Test
    void subscribersHearWhatComesAndGoesUntilTheyAnswer() {
        assertThat(SaTester.status(a.ask(inform(1)))).isZero();
        assertThat(a.table(Records.INFORM_INFO_RECORD)).hasSize(1);
        a.arrived.clear();
        b.ask(join(Mad.METHOD_SET, b, GROUP, true));
        fabric.setUp(linkOfC, false);
        assertThat(traps(a)).containsExactly(Notice.TRAP_GROUP_CREATED, Notice.TRAP_OUT_OF_SERVICE);
        byte[] last = a.arrived.getLast();
        assertThat(Gid.at(last, SaMad.DATA + Notice.GID)).isEqualTo(c.gid());
        for (byte[] report : List.copyOf(a.arrived)) {
            byte[] answer = report.clone();
            Mad.METHOD.set(MemorySegment.ofArray(answer), 0, SaMad.METHOD_REPORT_RESP);
            a.send(answer);
        }
        a.arrived.clear();
        pass(10_000_000_000L);
        assertThat(a.arrived).as("answered: not said again").isEmpty();
        fabric.setUp(linkOfC, true);
        pass(60_000_000_000L);
        assertThat(traps(a)).as("not answered: three times").containsExactly(64, 64, 64);
        assertThat(SaTester.status(a.ask(inform(0)))).isZero();
        a.arrived.clear();
        fabric.setUp(linkOfC, false);
        assertThat(a.arrived).isEmpty();
    }

    @Test
    void aPortThatGoesLeavesItsGroups() {
        a.ask(join(Mad.METHOD_SET, a, GROUP, true));
        c.ask(join(Mad.METHOD_SET, c, GROUP, false));
        fabric.setUp(linkOfC, false);
        byte[] members = SaTester.request(SaMad.METHOD_GET_TABLE, Records.MC_MEMBER, "MGID", GROUP);
        SaMad.SM_KEY.set(MemorySegment.ofArray(members), 0, 1);
        assertThat(a.table(members)).hasSize(1);
    }

    @Test
    void servicesLiveAsLongAsTheirLease() {
        byte[] service = SaTester.request(Mad.METHOD_SET, Records.SERVICE, "ServiceID", 77, "ServiceGID", a.gid(), "ServiceP_Key", 0xffff, "ServiceLease", 5);
        assertThat(SaTester.status(a.ask(service))).isZero();
        assertThat(SaTester.status(b.ask(SaTester.request(Mad.METHOD_GET, Records.SERVICE, "ServiceID", 77)))).isZero();
        pass(6_000_000_000L);
        assertThat(SaTester.status(b.ask(SaTester.request(Mad.METHOD_GET, Records.SERVICE, "ServiceID", 77)))).isEqualTo(SaMad.STATUS_NO_RECORDS);
    }

    @Test
    void segmentsAreRepeatedUntilAcknowledgedAndThenGivenUp() {
        a.acknowledges = false;
        a.ask(SaTester.request(SaMad.METHOD_GET_TABLE, Records.NODE));
        assertThat(a.arrived).hasSize(1);
        pass(600_000_000L);
        assertThat(a.arrived).hasSize(2);
        a.acknowledges = true;
        pass(600_000_000L);
        assertThat(a.hasWholeTable()).isTrue();
        int soFar = a.arrived.size();
        pass(60_000_000_000L);
        assertThat(a.arrived).hasSize(soFar);
        a.acknowledges = false;
        a.ask(SaTester.request(SaMad.METHOD_GET_TABLE, Records.NODE));
        pass(60_000_000_000L);
        assertThat(a.arrived).as("once, and four times again").hasSize(5);
    }
}
