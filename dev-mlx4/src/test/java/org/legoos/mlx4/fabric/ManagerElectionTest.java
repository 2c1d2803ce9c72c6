package org.legoos.mlx4.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.time.VirtualClock;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.SmInfo;
import org.legoos.mlx4.prm.mad.Records;

/** The built-in subnet manager and another one, which the test plays. */
class ManagerElectionTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final VirtualClock clock = new VirtualClock();
    private final Fabric fabric = new Fabric(clock);
    private final SaTester host = new SaTester("host", 0x100);
    private final Rival rival = new Rival(0x200);
    private Switch only;

    /** A subnet manager that says what it is told to say. */
    private static final class Rival {
        final ManagementPort port;
        final long guid;
        final List<Integer> sets = new ArrayList<>();
        int priority = 3;
        int state = SmInfo.STATE_STANDBY;
        boolean isSilent;
        boolean isGone; // the host answers that it has no manager

        Rival(long guid) {
            this.guid = guid;
            port = new ManagementPort("rival", guid, this::received);
            port.port().setEnabled(true);
        }

        private void received(byte[] mad, int slid, int dlid, int from, int to) {
            MemorySegment m = MemorySegment.ofArray(mad);
            int method = Mad.METHOD.get(m, 0);
            if (isSilent || Mad.ATTRIBUTE_ID.get(m, 0) != Mad.ATTR_SM_INFO || (method & Mad.METHOD_RESPONSE_BIT) != 0) {
                return;
            }
            if (method == Mad.METHOD_SET) {
                sets.add(Mad.ATTRIBUTE_MODIFIER.get(m, 0));
            }
            Mad.METHOD.set(m, 0, Mad.METHOD_GET_RESP);
            SmInfo.GUID.set(m, Mad.DATA, guid);
            SmInfo.PRIORITY.set(m, Mad.DATA, priority);
            SmInfo.STATE.set(m, Mad.DATA, state);
            Mad.STATUS.set(m, 0, isGone ? Mad.STATUS_BAD_METHOD_ATTR : 0);
            port.send(mad, slid, 0, 0);
        }

        void set(int switchLid, int modifier) {
            port.send(smInfo(Mad.METHOD_SET, modifier), switchLid, 0, 0);
        }
    }

    private static byte[] smInfo(int method, int modifier) {
        byte[] mad = new byte[Mad.SIZE_BYTES];
        MemorySegment m = MemorySegment.ofArray(mad);
        Mad.BASE_VERSION.set(m, 0, 1);
        Mad.MGMT_CLASS.set(m, 0, Mad.CLASS_SUBN_LID);
        Mad.CLASS_VERSION.set(m, 0, 1);
        Mad.METHOD.set(m, 0, method);
        Mad.ATTRIBUTE_ID.set(m, 0, Mad.ATTR_SM_INFO);
        Mad.ATTRIBUTE_MODIFIER.set(m, 0, modifier);
        return mad;
    }

    @BeforeEach
    void cable() {
        only = fabric.addSwitch("only", 8);
        fabric.connect(host.port.port(), only.port(1));
        fabric.connect(rival.port.port(), only.port(2));
    }

    private void pass(long seconds) {
        clock.advanceTo(clock.nowNs() + seconds * SECOND_NS);
    }

    private int state() {
        host.smps.clear();
        host.port.send(smInfo(Mad.METHOD_GET, 0), only.port(0).lid(), 0, 0);
        return SmInfo.STATE.get(MemorySegment.ofArray(host.smps.getFirst()), Mad.DATA);
    }

    private void appears() {
        rival.port.setSubnetManager(true);
        fabric.noteChange();
    }

    @Test
    void aBetterManagerGetsTheSubnetAndItComesBackWhenThatOneDies() {
        assertThat(state()).isEqualTo(SmInfo.STATE_MASTER);
        rival.state = SmInfo.STATE_DISCOVERING;
        appears();
        assertThat(rival.sets).as("it is not ready").isEmpty();
        rival.state = SmInfo.STATE_STANDBY;
        pass(2);
        assertThat(rival.sets).contains(SmInfo.HANDOVER);
        rival.state = SmInfo.STATE_MASTER;
        rival.set(only.port(0).lid(), SmInfo.ACKNOWLEDGE);
        assertThat(state()).isEqualTo(SmInfo.STATE_STANDBY);
        assertThat(fabric.isManaged()).isFalse();
        assertThat(host.ask(SaTester.request(Mad.METHOD_GET, Records.SM_INFO))).as("administration is the master's").isNull();
        pass(100);
        assertThat(state()).isEqualTo(SmInfo.STATE_STANDBY);
        rival.isSilent = true;
        pass(1 + ManagerPolls.SILENCES_MAX);
        assertThat(state()).isEqualTo(SmInfo.STATE_MASTER);
        assertThat(host.ask(SaTester.request(Mad.METHOD_GET, Records.SM_INFO))).isNotNull();
    }

    @Test
    void aMasterThatAppearsGetsTheSubnet() {
        rival.state = SmInfo.STATE_MASTER;
        appears();
        pass(2);
        assertThat(state()).isEqualTo(SmInfo.STATE_STANDBY);
    }

    @Test
    void aManagerThatIsTurnedOffLeavesTheSubnetAtOnce() {
        appears();
        rival.set(only.port(0).lid(), SmInfo.ACKNOWLEDGE);
        assertThat(state()).isEqualTo(SmInfo.STATE_STANDBY);
        rival.port.setSubnetManager(false);
        fabric.noteChange();
        assertThat(state()).isEqualTo(SmInfo.STATE_MASTER);
    }

    @Test
    void aBetterManagerThatTakesTheSubnetAndDoesNothingLosesIt() {
        appears();
        assertThat(state()).isEqualTo(SmInfo.STATE_STANDBY);
        rival.port.setSubnetManager(true);
        rival.sets.clear();
        pass(ManagerPolls.MASTERLESS_MAX + 3);
        assertThat(rival.sets).as("it was offered again").contains(SmInfo.HANDOVER);
    }

    @Test
    void aHostThatAnswersForItsDeadManagerDoesNotKeepTheSubnet() {
        rival.state = SmInfo.STATE_MASTER;
        appears();
        pass(2);
        assertThat(state()).isEqualTo(SmInfo.STATE_STANDBY);
        rival.isGone = true;
        pass(ManagerPolls.SILENCES_MAX);
        assertThat(state()).isEqualTo(SmInfo.STATE_MASTER);
    }

    @Test
    void aCapabilityThatIsGoneIsNoticedThoughNobodyTells() {
        appears();
        assertThat(state()).isEqualTo(SmInfo.STATE_STANDBY);
        rival.port.setSubnetManager(false);
        pass(2);
        assertThat(state()).isEqualTo(SmInfo.STATE_MASTER);
    }

    @Test
    void amongEqualsTheLowerGuidWins() {
        rival.priority = 0;
        appears();
        assertThat(rival.sets).containsExactly(SmInfo.HANDOVER);
    }

    @Test
    void ordersThatTheStateDoesNotAllowAreRefused() {
        int lid = only.port(0).lid();
        for (int order : new int[] {SmInfo.ACKNOWLEDGE, SmInfo.DISABLE, SmInfo.STANDBY, SmInfo.DISCOVER, 6, 0, -1}) {
            host.smps.clear();
            host.port.send(smInfo(Mad.METHOD_SET, order), lid, 0, 0);
            assertThat(Mad.STATUS.get(MemorySegment.ofArray(host.smps.getFirst()), 0)).as("order %d", order).isEqualTo(Mad.STATUS_BAD_FIELD);
            assertThat(state()).isEqualTo(SmInfo.STATE_MASTER);
        }
    }

    @Test
    void lidsThatTheOtherGaveStayAndHostsAreAskedToRegisterAgain() {
        appears();
        rival.set(only.port(0).lid(), SmInfo.ACKNOWLEDGE);
        host.port.port().setLids(44, 0, 9);
        assertThat(host.port.port().takeReregister()).isFalse();
        rival.port.setSubnetManager(false);
        fabric.noteChange();
        assertThat(host.lid()).isEqualTo(44);
        assertThat(host.port.port().smLid()).isEqualTo(only.port(0).lid());
        assertThat(host.port.port().takeReregister()).isTrue();
    }

    @Test
    void whateverTheOtherDoesSomebodyIsMasterInTheEnd() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 300; round++) {
            switch (random.nextInt(6)) {
                case 0 -> rival.isSilent = random.nextBoolean();
                case 1 -> rival.state = random.nextInt(4);
                case 2 -> rival.set(only.port(0).lid(), random.nextInt(7));
                case 3 -> {
                    rival.port.setSubnetManager(random.nextBoolean());
                    fabric.noteChange();
                }
                case 4 -> rival.priority = random.nextInt(16);
                default -> clock.advanceTo(clock.nowNs() + random.nextLong(3 * SECOND_NS));
            }
        }
        rival.set(only.port(0).lid(), SmInfo.STANDBY); // were it disabled: nobody else may wake it
        rival.isSilent = true;
        pass(20);
        assertThat(state()).isEqualTo(SmInfo.STATE_MASTER);
    }
}
