package org.legoos.mlx4.hca;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.CqContext;
import org.legoos.mlx4.prm.CqDoorbell;
import org.legoos.mlx4.prm.CqEntry;
import org.legoos.mlx4.prm.Dcs;
import org.legoos.mlx4.prm.DiagRprt;
import org.legoos.mlx4.prm.EqEntry;
import org.legoos.mlx4.prm.EventType;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.OptParam;
import org.legoos.mlx4.prm.QpContext;
import org.legoos.mlx4.prm.Syndrome;
import org.legoos.mlx4.prm.WqeOpcode;

/** Moderated events, drained queues, error counters, and what a card does whose own logic fails. */
class EventsAndErrorsTest extends TwoCards {
    private static final int MODERATE = 1;
    private static final int PERIOD_US = 100;
    private static final int COUNT = 3;
    private static final int SQD_EVENT = 1 << 31;

    @BeforeEach
    void connect() {
        connectReliably();
    }

    private void exchange() {
        qpB.receive(keyB, bufB, 64);
        qpA.send(WqeOpcode.SEND, keyA, bufA, 8);
        assertThat(cqA.poll()).isNotNegative();
    }

    private void moderate(int periodUs, int count) {
        b.clearIn();
        CqContext.MODERATION_PERIOD_US.set(b.m, b.inBox, periodUs);
        CqContext.MODERATION_COUNT.set(b.m, b.inBox, count);
        b.must(Opcode.MODIFY_CQ, 0x80, MODERATE, b.inBox, 0);
    }

    // ---- moderation ----

    @Test
    void anEventWaitsForItsCountOfCompletions() {
        moderate(PERIOD_US, COUNT);
        cqB.arm(CqDoorbell.CMD_NEXT_ANY);
        exchange();
        exchange();
        assertThat(b.pollEq()).isNegative();
        exchange();
        assertThat(EqEntry.RESOURCE.get(b.m, b.pollEq())).isEqualTo(0x80);
        assertThat(b.pollEq()).isNegative();
    }

    @Test
    void anEventComesWhenItsPeriodEnds() {
        moderate(PERIOD_US, COUNT);
        cqB.arm(CqDoorbell.CMD_NEXT_ANY);
        exchange();
        clock.advanceTo(clock.nowNs() + PERIOD_US * 1000L - 1);
        assertThat(b.pollEq()).isNegative();
        clock.advanceTo(clock.nowNs() + 1);
        assertThat(b.pollEq()).isNotNegative();
        clock.advanceTo(clock.nowNs() + PERIOD_US * 10_000L);
        assertThat(b.pollEq()).as("one event an arming").isNegative();
    }

    @Test
    void whatAnEventToldOfIsNotToldOfAgain() {
        cqB.arm(CqDoorbell.CMD_NEXT_ANY);
        exchange();
        assertThat(b.pollEq()).isNotNegative();
        cqB.nextSn();
        cqB.arm(CqDoorbell.CMD_NEXT_ANY); // the entry is not taken yet
        assertThat(b.pollEq()).as("no new entry").isNegative();
        exchange();
        assertThat(b.pollEq()).as("a new entry").isNotNegative();
        exchange();
        cqB.nextSn();
        cqB.arm(CqDoorbell.CMD_NEXT_ANY);
        assertThat(b.pollEq()).as("an entry between event and arming").isNotNegative();
    }

    @Test
    void whatWaitsComesWhenModerationEnds() {
        moderate(PERIOD_US, COUNT);
        cqB.arm(CqDoorbell.CMD_NEXT_ANY);
        exchange();
        moderate(0, 0);
        assertThat(b.pollEq()).isNotNegative();
    }

    @Test
    void aQueueThatWasTakenBackTellsNothing() {
        moderate(PERIOD_US, COUNT);
        cqB.arm(CqDoorbell.CMD_NEXT_ANY);
        exchange();
        b.must(Opcode.TO_RST_QP, 0x51, 2, 0, 0);
        b.must(Opcode.HW2SW_CQ, 0x80, 1, 0, 0);
        clock.advanceTo(clock.nowNs() + PERIOD_US * 10_000L);
        assertThat(b.pollEq()).isNegative();
    }

    // ---- queue pair states ----

    @Test
    void aDrainedSendQueueTellsWhoAskedForIt() {
        assertThat(qpA.modify(Opcode.RTS2SQD_QP)).isEqualTo(CmdStatus.OK);
        assertThat(a.pollEq()).isNegative();
        qpA.modify(Opcode.SQD2RTS_QP);
        assertThat(a.command(Opcode.RTS2SQD_QP, 0x50 | SQD_EVENT, 0, a.inBox, 0)).isEqualTo(CmdStatus.OK);
        long event = a.pollEq();
        assertThat(EqEntry.TYPE.get(a.m, event)).isEqualTo(EventType.SQ_DRAINED);
        a.must(Opcode.QUERY_QP, 0x50, 0, 0, a.outBox);
        assertThat(QpContext.STATE.get(a.m, a.outBox + QpContext.MAILBOX_OFFSET)).isEqualTo(5);
    }

    @Test
    void aQueueThatCannotDrainYetSaysSo() {
        qpA.send(WqeOpcode.SEND, keyA, bufA, 8); // the peer has no receive: it waits
        assertThat(a.command(Opcode.RTS2SQD_QP, 0x50 | SQD_EVENT, 0, a.inBox, 0)).isEqualTo(CmdStatus.OK);
        a.must(Opcode.QUERY_QP, 0x50, 0, 0, a.outBox);
        assertThat(QpContext.STATE.get(a.m, a.outBox + QpContext.MAILBOX_OFFSET)).as("draining").isEqualTo(7);
        qpB.receive(keyB, bufB, 64);
        clock.advanceTo(clock.nowNs() + 1_000_000_000L);
        assertThat(cqA.poll()).isNotNegative();
        assertThat(EqEntry.TYPE.get(a.m, a.pollEq())).isEqualTo(EventType.SQ_DRAINED);
    }

    @Test
    void migrationIsRefusedAndNothingChanges() {
        a.clearIn();
        QpContext.OPT_PARAMS.set(a.m, a.inBox, OptParam.PATH_MIGRATION | OptParam.RETRY_COUNT);
        QpContext.RETRY_COUNT.set(a.m, a.inBox + QpContext.MAILBOX_OFFSET, 3);
        assertThat(a.command(Opcode.RTS2RTS_QP, 0x50, 0, a.inBox, 0)).isEqualTo(CmdStatus.BAD_PARAM);
        a.clearIn();
        QpContext.OPT_PARAMS.set(a.m, a.inBox, OptParam.ALT_PATH);
        assertThat(a.command(Opcode.RTS2RTS_QP, 0x50, 0, a.inBox, 0)).isEqualTo(CmdStatus.BAD_PARAM);
        a.must(Opcode.QUERY_QP, 0x50, 0, 0, a.outBox);
        assertThat(QpContext.RETRY_COUNT.get(a.m, a.outBox + QpContext.MAILBOX_OFFSET)).isEqualTo(7);
    }

    // ---- errors ----

    @Test
    void errorsAreCountedBySyndrome() {
        qpA.rdma(WqeOpcode.RDMA_WRITE, keyA, bufA, 8, keyB + 1, bufB, 0);
        assertThat(CqEntry.SYNDROME.get(a.m, cqA.poll())).isEqualTo(Syndrome.REMOTE_ACCESS);
        a.must(Opcode.TO_RST_QP, 0x50, 2, 0, 0);
        a.must(Opcode.DIAG_RPRT, 0, DiagRprt.OP_TRANSPORT_ERRORS, 0, a.outBox);
        assertThat(DiagRprt.SQ_REMOTE_ACCESS.get(a.m, a.outBox)).isEqualTo(1);
        assertThat(DiagRprt.SQ_LOCAL_PROTECTION.get(a.m, a.outBox)).isZero();
    }

    @Test
    void receiversNotReadyAreCountedOnBothSides() {
        qpA.send(WqeOpcode.SEND, keyA, bufA, 8);
        qpB.receive(keyB, bufB, 64);
        clock.advanceTo(clock.nowNs() + 1_000_000_000L);
        assertThat(cqA.poll()).isNotNegative();
        a.must(Opcode.DIAG_RPRT, 0, DiagRprt.OP_TRANSPORT_ERRORS, 0, a.outBox);
        b.must(Opcode.DIAG_RPRT, 0, DiagRprt.OP_TRANSPORT_ERRORS, 0, b.outBox);
        assertThat(DiagRprt.SQ_RNR_NAKS.get(a.m, a.outBox)).isPositive();
        assertThat(DiagRprt.RQ_RNR_NAKS.get(b.m, b.outBox)).isEqualTo(DiagRprt.SQ_RNR_NAKS.get(a.m, a.outBox));
    }

    @Test
    void aFaultInTheCardStopsItUntilAResetAndReachesNobodyElse() {
        a.hca.failInternally();
        qpA.send(WqeOpcode.SEND, keyA, bufA, 8);
        assertThat(EqEntry.TYPE.get(a.m, a.pollEq())).isEqualTo(EventType.LOCAL_CATASTROPHIC_ERROR);
        assertThat(a.readDcs(DcsBar.ERROR_BUFFER)).isNotZero();
        assertThat(a.hca.counters().get(HcaCounters.Kind.INTERNAL_ERRORS)).isEqualTo(1);
        assertThat(a.log).anyMatch(line -> line.contains("internal error"));
        exchangeFails();
        a.writeDcs(Dcs.RESET, 1);
        assertThat(a.readDcs(DcsBar.ERROR_BUFFER)).isZero();
        assertThat(a.command(Opcode.QUERY_FW, 0, 0, 0, a.outBox)).isEqualTo(CmdStatus.OK);
    }

    private void exchangeFails() {
        qpA.send(WqeOpcode.SEND, keyA, bufA, 8);
        assertThat(cqA.poll()).isNegative();
    }
}
