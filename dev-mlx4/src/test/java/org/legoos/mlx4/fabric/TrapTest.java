package org.legoos.mlx4.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.time.VirtualClock;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.sa.Notice;

/** Traps of a switch at a subnet manager that the test plays. */
class TrapTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final VirtualClock clock = new VirtualClock();
    private final Fabric fabric = new Fabric(clock);
    private final SaTester manager = new SaTester("manager", 0x100);
    private final SaTester other = new SaTester("other", 0x200);
    private Switch only;
    private Link link;

    @BeforeEach
    void cable() {
        only = fabric.addSwitch("only", 4);
        fabric.connect(manager.port.port(), only.port(1));
        link = fabric.connect(other.port.port(), only.port(2));
        fabric.setManaged(false);
        only.port(0).setLids(only.port(0).lid(), 0, manager.lid());
        clock.advanceTo(100 * SECOND_NS);
        manager.smps.clear();
    }

    private List<MemorySegment> traps() {
        return manager.smps.stream().map(MemorySegment::ofArray).filter(m -> Mad.METHOD.get(m, 0) == Mad.METHOD_TRAP).toList();
    }

    private void pass(long seconds) {
        clock.advanceTo(clock.nowNs() + seconds * SECOND_NS);
    }

    @Test
    void aLinkThatFailsIsToldAtOnceAndAgainUntilRepressed() {
        fabric.setUp(link, false);
        assertThat(traps()).hasSize(1);
        MemorySegment trap = traps().getFirst();
        assertThat(Notice.TRAP_NUMBER.get(trap, Mad.DATA)).isEqualTo(Notice.TRAP_LINK_STATE);
        assertThat(Notice.LINK_STATE_LID.get(trap, Mad.DATA)).isEqualTo(only.port(0).lid());
        assertThat(Notice.PRODUCER_TYPE.get(trap, Mad.DATA)).isEqualTo(Notice.PRODUCER_SWITCH);
        pass(2);
        assertThat(traps()).hasSize(3);
        byte[] repress = manager.smps.getLast().clone();
        Mad.METHOD.set(MemorySegment.ofArray(repress), 0, Mad.METHOD_TRAP_REPRESS);
        manager.port.send(repress, only.port(0).lid(), 0, 0);
        pass(20);
        assertThat(traps()).hasSize(3);
    }

    @Test
    void notMoreThanOneASecondHoweverOften() {
        for (int i = 0; i < 50; i++) {
            fabric.setUp(link, i % 2 == 1);
        }
        assertThat(traps()).hasSize(1);
        pass(1);
        assertThat(traps()).hasSize(2);
    }

    @Test
    void aManagerThatNeverAnswersIsNotToldForEver() {
        fabric.setUp(link, false);
        pass(1000);
        assertThat(traps()).hasSize(TrapSender.TRIES_MAX);
    }
}
