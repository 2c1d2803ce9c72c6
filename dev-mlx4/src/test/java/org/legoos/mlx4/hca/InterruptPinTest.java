package org.legoos.mlx4.hca;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.time.VirtualClock;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.CqContext;
import org.legoos.mlx4.prm.CqDoorbell;
import org.legoos.mlx4.prm.EqContext;
import org.legoos.mlx4.prm.EqEntry;
import org.legoos.mlx4.prm.EventType;
import org.legoos.mlx4.prm.MapEq;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.WqeOpcode;

/** Interrupts without MSI-X: the pin, its status bit, and the register that ends it; and event queues that overflow. */
class InterruptPinTest {
    private static final int COMMAND = 4;
    private static final int STATUS = 6;
    private static final int PIN = 0x3d;
    private static final int STATUS_INTERRUPT = 1 << 3;
    private static final int INTX_DISABLE = 1 << 10;
    private static final int MEMORY_AND_MASTER = 6;
    private static final int TOKEN = 0x1234;
    private static final int ASYNC_EQN = 5;

    private final MiniDriver d = new MiniDriver("a", 0x10, new VirtualClock());

    @BeforeEach
    void bringUp() {
        d.bringUp();
        d.createEq(4);
    }

    @AfterEach
    void close() {
        d.close();
    }

    private void nop() {
        d.post(Opcode.NOP, 0x1f, 0, 0, 0, TOKEN, 1);
    }

    private void clearInterrupt() {
        d.writeDcs(DcsBar.CLR_INT + 4, 1 << Interrupts.INTA_PIN);
    }

    private boolean isStatusSet() {
        return (d.hca.configRead(STATUS, 2) & STATUS_INTERRUPT) != 0;
    }

    @Test
    void thePinStaysAssertedUntilSoftwareClearsIt() {
        assertThat(d.hca.configRead(PIN, 1)).isEqualTo(1);
        assertThat(d.isPinAsserted).isFalse();
        nop();
        assertThat(d.isPinAsserted).isTrue();
        assertThat(isStatusSet()).isTrue();
        d.writeDcs(DcsBar.CLR_INT, 1); // the other half: pins 32 to 63
        d.writeDcs(DcsBar.CLR_INT + 4, 2); // another pin
        assertThat(d.isPinAsserted).isTrue();
        clearInterrupt();
        assertThat(d.isPinAsserted).isFalse();
        assertThat(isStatusSet()).isFalse();
        assertThat(EqEntry.CMD_TOKEN.get(d.m, d.pollEq())).isEqualTo(TOKEN);
        nop();
        assertThat(d.isPinAsserted).as("not armed").isFalse();
        d.armEq();
        assertThat(d.isPinAsserted).as("armed behind an event that waits").isTrue();
        assertThat(d.interrupts).as("messages").hasValue(0);
    }

    @Test
    void softwareMayDisableThePinAndMsixReplacesIt() {
        d.hca.configWrite(COMMAND, 2, MEMORY_AND_MASTER | INTX_DISABLE);
        nop();
        assertThat(d.isPinAsserted).isFalse();
        assertThat(isStatusSet()).as("says so all the same").isTrue();
        d.hca.configWrite(COMMAND, 2, MEMORY_AND_MASTER);
        assertThat(d.isPinAsserted).isTrue();
        d.enableInterrupts(); // MSI-X
        assertThat(d.isPinAsserted).isFalse();
        clearInterrupt();
        d.pollEq();
        d.armEq();
        nop();
        assertThat(d.interrupts).hasValue(1);
        assertThat(d.isPinAsserted).isFalse();
    }

    @Test
    void aResetDropsThePin() {
        nop();
        assertThat(d.isPinAsserted).isTrue();
        d.must(Opcode.CLOSE_HCA, 0, 0, 0, 0);
        assertThat(d.isPinAsserted).isFalse();
    }

    @Test
    void anOverflowingEventQueueIsReportedOnAnotherOnce() {
        long ring = d.alloc(MiniDriver.PAGE);
        long offset = d.mtt(ring, MiniDriver.PAGE);
        d.clearIn();
        EqContext.STATE.set(d.m, d.inBox, EqContext.STATE_ARMED);
        EqContext.LOG_EQ_SIZE.set(d.m, d.inBox, 6);
        EqContext.MTT_BASE.set(d.m, d.inBox, offset);
        d.must(Opcode.SW2HW_EQ, ASYNC_EQN, 0, d.inBox, 0);
        d.must(Opcode.MAP_EQ, MapEq.EQN.of0(ASYNC_EQN), 0, 1L << EventType.EQ_OVERFLOW, 0);
        for (int i = 0; i < 1 << d.eqLogSize; i++) {
            nop();
        }
        assertThat(EqEntry.OWNER.get(d.m, ring)).as("nothing yet").isEqualTo(1);
        nop();
        nop();
        assertThat(EqEntry.TYPE.get(d.m, ring)).isEqualTo(EventType.EQ_OVERFLOW);
        assertThat(EqEntry.RESOURCE.get(d.m, ring)).isEqualTo(MiniDriver.EQN);
        assertThat(EqEntry.OWNER.get(d.m, ring)).isZero();
        assertThat(EqEntry.OWNER.get(d.m, ring + EqEntry.SIZE_BYTES)).as("once").isEqualTo(1);
        assertThat(d.hca.counters().get(HcaCounters.Kind.EQ_OVERFLOW)).isEqualTo(2);
    }

    @Test
    void aFullCompletionQueueIsNotResizedAndDoesNotBreak() {
        MiniCq cq = d.createCq(0x81, 1);
        MiniQp qp = MiniQp.rc(d, 0x52, cq);
        d.activate(1);
        qp.connect(1, 0x52, 0, 0);
        qp.send(WqeOpcode.NOP, 0, 0, 0);
        qp.send(WqeOpcode.NOP, 0, 0, 0);
        assertThat(resize(cq, 3)).isEqualTo(CmdStatus.BAD_SIZE);
        assertThat(cq.poll()).isNotNegative();
        assertThat(resize(cq, 3)).isEqualTo(CmdStatus.OK);
        assertThat(CqDoorbell.RECORD_CONSUMER.get(d.m, cq.dbRecordPa)).isEqualTo(1);
    }

    private CmdStatus resize(MiniCq cq, int logSize) {
        long ring = d.alloc(MiniDriver.PAGE);
        long offset = d.mtt(ring, MiniDriver.PAGE);
        d.clearIn();
        CqContext.LOG_CQ_SIZE.set(d.m, d.inBox, logSize);
        CqContext.MTT_BASE.set(d.m, d.inBox, offset);
        return d.command(Opcode.MODIFY_CQ, cq.cqn, 0, d.inBox, 0);
    }
}
