package org.legoos.mlx4.hca;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.legoos.mlx4.prm.AtomicSegment;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.CqEntry;
import org.legoos.mlx4.prm.EqEntry;
import org.legoos.mlx4.prm.EventType;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.RemoteAddrSegment;
import org.legoos.mlx4.prm.ServiceType;
import org.legoos.mlx4.prm.Syndrome;
import org.legoos.mlx4.prm.WqeOpcode;

/** Extended reliable connections: one connection into a domain, whose requests name the receive queue they are for. */
class XrcTest extends TwoCards {
    private static final int TARGET_BIT = 1 << 23; // as Linux numbers targets
    private static final int TARGET = QPN_B | TARGET_BIT;
    private static final int OTHER_PD = 9;

    private MiniCq cqX;
    private MiniSrq first;
    private MiniSrq second;

    @BeforeEach
    void connect() {
        cqX = b.createCq(0x90, 6);
        first = new MiniSrq(b, 0x48, cqX, MiniQp.XRC_DOMAIN, MiniDriver.PD);
        second = new MiniSrq(b, 0x49, cqB, MiniQp.XRC_DOMAIN, MiniDriver.PD);
        qpA = MiniQp.of(a, QPN_A, ServiceType.XRC, cqA, cqA);
        qpB = MiniQp.of(b, TARGET, ServiceType.XRC, cqB, cqB);
        qpA.connect(LID_B, TARGET, 5, 6);
        qpB.connect(LID_A, QPN_A, 6, 5);
        drainEvents();
    }

    @Test
    void sendsGoToTheQueueThatTheyNameAndCompleteThere() {
        first.post(keyB, bufB, 256);
        second.post(keyB, bufB + 4096, 16384);
        a.m.set(ValueLayout.JAVA_INT, bufA, 0x11223344);
        qpA.xrcSrqn = second.srqn;
        qpA.send(WqeOpcode.SEND, keyA, bufA, 10_000); // several packets
        qpA.xrcSrqn = first.srqn;
        qpA.send(WqeOpcode.SEND, keyA, bufA, 8);
        long cqe = cqX.poll();
        assertThat(CqEntry.OPCODE.get(b.m, cqe)).isEqualTo(CqEntry.OP_RECV_SEND);
        assertThat(CqEntry.QPN.get(b.m, cqe)).as("by its bit 23 software knows XRC").isEqualTo(TARGET);
        assertThat(CqEntry.REMOTE_QPN.get(b.m, cqe)).isEqualTo(first.srqn);
        assertThat(CqEntry.BYTE_COUNT.get(b.m, cqe)).isEqualTo(8);
        cqe = cqB.poll();
        assertThat(CqEntry.REMOTE_QPN.get(b.m, cqe)).isEqualTo(second.srqn);
        assertThat(CqEntry.BYTE_COUNT.get(b.m, cqe)).isEqualTo(10_000);
        assertThat(b.m.get(ValueLayout.JAVA_INT, bufB + 4096)).isEqualTo(0x11223344);
        assertThat(CqEntry.OPCODE.get(a.m, cqA.poll())).isEqualTo(WqeOpcode.SEND);
        assertThat(CqEntry.OPCODE.get(a.m, cqA.poll())).isEqualTo(WqeOpcode.SEND);
    }

    @Test
    void writesReadsAndAtomicsWorkInTheQueuesProtectionDomain() {
        qpA.xrcSrqn = first.srqn;
        a.m.set(ValueLayout.JAVA_INT, bufA, 0x55667788);
        qpA.rdma(WqeOpcode.RDMA_WRITE, keyA, bufA, 9000, keyB, bufB, 0);
        qpA.rdma(WqeOpcode.RDMA_READ, keyA, bufA + 0x4000, 9000, keyB, bufB, 0);
        b.ram.putLong(bufB + 8, 40);
        atomic(2);
        assertThat(CqEntry.OPCODE.get(a.m, cqA.poll())).isEqualTo(WqeOpcode.RDMA_WRITE);
        assertThat(CqEntry.OPCODE.get(a.m, cqA.poll())).isEqualTo(WqeOpcode.RDMA_READ);
        assertThat(CqEntry.OPCODE.get(a.m, cqA.poll())).isEqualTo(WqeOpcode.ATOMIC_FA);
        assertThat(a.m.get(ValueLayout.JAVA_INT, bufA + 0x4000)).isEqualTo(0x55667788);
        assertThat(b.ram.getLong(bufB + 8)).isEqualTo(42);
        MiniSrq foreign = new MiniSrq(b, 0x4a, cqX, MiniQp.XRC_DOMAIN, OTHER_PD);
        qpA.xrcSrqn = foreign.srqn;
        qpA.rdma(WqeOpcode.RDMA_WRITE, keyA, bufA, 4, keyB, bufB, 0);
        assertThat(CqEntry.SYNDROME.get(a.m, cqA.poll())).isEqualTo(Syndrome.REMOTE_ACCESS);
    }

    private void atomic(long add) {
        long at = qpA.nextSend();
        RemoteAddrSegment.ADDRESS.set(a.m, at + 16, bufB + 8);
        RemoteAddrSegment.RKEY.set(a.m, at + 16, keyB);
        AtomicSegment.SWAP_ADD.set(a.m, at + 32, add);
        qpA.data(at + 48, keyA, bufA, 8);
        qpA.post(at, WqeOpcode.ATOMIC_FA, 4, 0, 0);
    }

    @Test
    void aQueueOfAnotherDomainOrNoneIsRefused() {
        new MiniSrq(b, 0x4b, cqX, MiniQp.XRC_DOMAIN + 1, MiniDriver.PD).post(keyB, bufB, 256);
        qpA.xrcSrqn = 0x4b;
        qpA.send(WqeOpcode.SEND, keyA, bufA, 8);
        assertThat(CqEntry.SYNDROME.get(a.m, cqA.poll())).isEqualTo(Syndrome.REMOTE_INVAL_REQ);
        assertThat(cqX.poll()).isNegative();
        long event = b.pollEq();
        while (EqEntry.TYPE.get(b.m, event) == EventType.COMPLETION
                || EqEntry.TYPE.get(b.m, event) == EventType.COMM_ESTABLISHED) {
            event = b.pollEq();
        }
        assertThat(EqEntry.TYPE.get(b.m, event)).isEqualTo(EventType.WQ_INVALID_REQUEST);
        assertThat(EqEntry.RESOURCE.get(b.m, event)).isEqualTo(TARGET);
    }

    @Test
    void anOrdinaryQueueIsNotForXrcAndAMissingCompletionQueueIsRefused() {
        new MiniSrq(b, 0x4c, null, MiniQp.XRC_DOMAIN, MiniDriver.PD).post(keyB, bufB, 256);
        qpA.xrcSrqn = 0x4c;
        qpA.send(WqeOpcode.SEND, keyA, bufA, 8);
        assertThat(CqEntry.SYNDROME.get(a.m, cqA.poll())).isEqualTo(Syndrome.REMOTE_INVAL_REQ);
        assertThat(b.command(Opcode.HW2SW_CQ, cqX.cqn, 1, 0, 0)).isEqualTo(CmdStatus.RESOURCE_BUSY);
        b.must(Opcode.HW2SW_SRQ, first.srqn, 1, 0, 0);
        b.must(Opcode.HW2SW_CQ, cqX.cqn, 1, 0, 0);
    }

    @Test
    void aSenderWaitsForAReceive() {
        qpA.xrcSrqn = first.srqn;
        qpA.send(WqeOpcode.SEND, keyA, bufA, 8);
        assertThat(cqX.poll()).isNegative();
        first.post(keyB, bufB, 256);
        for (int i = 0; i < 100 && cqA.poll() < 0; i++) {
            clock.advanceTo(clock.nowNs() + 1_000_000);
        }
        assertThat(CqEntry.BYTE_COUNT.get(b.m, cqX.poll())).isEqualTo(8);
    }
}
