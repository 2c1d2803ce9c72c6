package org.legoos.mlx4.hca;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.CqEntry;
import org.legoos.mlx4.prm.DataSegment;
import org.legoos.mlx4.prm.EqEntry;
import org.legoos.mlx4.prm.EventType;
import org.legoos.mlx4.prm.MemKey;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.RqDoorbell;
import org.legoos.mlx4.prm.SrqContext;
import org.legoos.mlx4.prm.SrqNextSegment;
import org.legoos.mlx4.prm.WqeOpcode;

/** Unreliable datagrams, and receives from a shared receive queue. */
class DatagramAndSrqTest extends TwoCards {
    private static final int QKEY = 0x1234;
    private static final int SRQN = 0x48;
    private static final int SRQ_STRIDE = 32;

    @Test
    void datagramsArriveBehindTheirHeaderArea() {
        MiniQp from = datagramQp(a, 0x50, cqA);
        MiniQp to = datagramQp(b, 0x51, cqB);
        to.receive(keyB, bufB, 512);
        a.m.set(ValueLayout.JAVA_INT, bufA, 0x11223344);
        sendDatagram(from, LID_B, null, 0x51, QKEY, 256);
        assertThat(CqEntry.OPCODE.get(a.m, cqA.poll())).isEqualTo(WqeOpcode.SEND);
        long cqe = cqB.poll();
        assertThat(CqEntry.BYTE_COUNT.get(b.m, cqe)).isEqualTo(256 + 40);
        assertThat(CqEntry.REMOTE_QPN.get(b.m, cqe)).isEqualTo(0x50);
        assertThat(CqEntry.REMOTE_LID.get(b.m, cqe)).isEqualTo(1);
        assertThat(CqEntry.GRH.get(b.m, cqe)).isZero();
        assertThat(b.m.get(ValueLayout.JAVA_INT, bufB + 40)).isEqualTo(0x11223344);
    }

    @Test
    void aWrongQKeyIsCountedAndDropped() {
        MiniQp from = datagramQp(a, 0x50, cqA);
        MiniQp to = datagramQp(b, 0x51, cqB);
        to.receive(keyB, bufB, 512);
        sendDatagram(from, LID_B, null, 0x51, QKEY + 1, 64);
        assertThat(cqB.poll()).isNegative();
        sendDatagram(from, LID_B, null, 0x51, 0x80000000, 64); // the context's own
        assertThat(cqB.poll()).isNotNegative();
    }

    @Test
    void anSrqServesItsListInTheOrderOfTheLinksAndWarnsAtItsLimit() {
        long ring = b.alloc(4096);
        long record = b.alloc(4096);
        createSrq(ring, record);
        int[] order = {0, 3, 1, 2}; // first is always 0
        for (int i = 0; i < order.length; i++) {
            long at = ring + (long) order[i] * SRQ_STRIDE;
            SrqNextSegment.NEXT_WQE_INDEX.set(b.m, at, order[(i + 1) % order.length]);
            DataSegment.COUNT_WORD.set(b.m, at + 16, 256);
            DataSegment.LKEY.set(b.m, at + 16, keyB);
            DataSegment.ADDRESS.set(b.m, at + 16, bufB + order[i] * 1024L);
        }
        RqDoorbell.POSTED.set(b.m, record, order.length);
        MiniQp from = MiniQp.rc(a, 0x50, cqA);
        MiniQp to = MiniQp.rcOnSrq(b, 0x51, cqB, SRQN);
        from.connect(2, 0x51, 0, 0);
        to.connect(1, 0x50, 0, 0);
        b.must(Opcode.ARM_SRQ, SRQN, 0, 2, 0);
        for (int expected : order) {
            from.send(WqeOpcode.SEND, keyA, bufA, 8);
            long cqe = cqB.poll();
            assertThat(CqEntry.WQE_INDEX.get(b.m, cqe)).isEqualTo(expected);
        }
        long event = b.pollEq();
        while (EqEntry.TYPE.get(b.m, event) != EventType.SRQ_LIMIT) {
            event = b.pollEq();
        }
        assertThat(EqEntry.RESOURCE.get(b.m, event)).isEqualTo(SRQN);
        b.must(Opcode.QUERY_SRQ, SRQN, 0, 0, b.outBox);
        assertThat(SrqContext.LIMIT.get(b.m, b.outBox)).isZero();
        assertThat(SrqContext.WQE_COUNTER.get(b.m, b.outBox)).isEqualTo(4);
        assertThat(b.command(Opcode.HW2SW_SRQ, SRQN, 1, 0, 0)).isEqualTo(CmdStatus.RESOURCE_BUSY);
        b.must(Opcode.TO_RST_QP, 0x51, 2, 0, 0);
        b.must(Opcode.HW2SW_SRQ, SRQN, 1, 0, 0);
        assertThat(MemKey.index(keyB)).isPositive();
    }

    private void createSrq(long ring, long record) {
        long offset = b.mtt(ring, 4096);
        b.clearIn();
        SrqContext.LOG_SRQ_SIZE.set(b.m, b.inBox, 6);
        SrqContext.LOG_STRIDE.set(b.m, b.inBox, 1);
        SrqContext.PD.set(b.m, b.inBox, MiniDriver.PD);
        SrqContext.MTT_BASE.set(b.m, b.inBox, offset);
        SrqContext.DB_RECORD.set(b.m, b.inBox, record);
        b.must(Opcode.SW2HW_SRQ, SRQN, 0, b.inBox, 0);
    }
}
