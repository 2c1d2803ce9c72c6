package org.legoos.emulator.mlx4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.legoos.emulator.bench.BareNode;
import org.legoos.isa.time.VirtualClock;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.ib.QpType;
import org.legoos.kernel.ib.SendWorkRequest.Opcode;
import org.legoos.kernel.ib.WcStatus;
import org.legoos.kernel.ib.WorkCompletion;
import org.legoos.mlx4.fabric.Fabric;
import org.legoos.mlx4.fabric.Link;

/** What callers get when something is wrong: the right status, and no hang. */
class ErrorPathTest {
    private final VirtualClock clock = new VirtualClock();
    private final Fabric fabric = Fabric.ofOneSwitch(clock, 8);
    private final BareNode nodeA = new BareNode(1, clock);
    private final BareNode nodeB = new BareNode(2, clock);
    private Link cableB;
    private Verbs a;
    private Verbs b;

    @BeforeEach
    void boot() {
        fabric.attach(nodeA.hca.port(1));
        cableB = fabric.attach(nodeB.hca.port(1));
        nodeA.probe();
        nodeB.probe();
        a = new Verbs(nodeA, QpType.RC, 8);
        b = new Verbs(nodeB, QpType.RC, 8);
        a.attributes.rnrRetry = 2;
        a.attributes.retryCount = 2;
    }

    @AfterEach
    void powerOff() {
        fabric.close();
        nodeA.close();
        nodeB.close();
    }

    private void assertNextFlushes(Verbs side) {
        assertThat(side.post(Opcode.RDMA_WRITE, 0, 8)).isZero();
        assertThat(side.completion().status).isEqualTo(WcStatus.WR_FLUSH_ERR);
    }

    @Test
    void badRemoteKey() {
        Verbs.connect(a, b);
        a.target(b, 0);
        a.request.remoteKey ^= 0x40;
        a.post(Opcode.RDMA_WRITE, 0, 64);
        assertThat(a.completion().status).isEqualTo(WcStatus.REM_ACCESS_ERR);
        assertNextFlushes(a);
        assertThat(nodeA.device.queryPort(1).active()).as("the node goes on").isTrue();
    }

    @Test
    void regionWithoutRemoteAccess() {
        Verbs.connect(a, b);
        a.request.remoteAddress = b.buffer;
        a.request.remoteKey = b.pd.dmaRegion(false).remoteKey();
        a.post(Opcode.RDMA_READ, 0, 64);
        assertThat(a.completion().status).isEqualTo(WcStatus.REM_ACCESS_ERR);
    }

    @Test
    void badLocalKey() {
        Verbs.connect(a, b);
        b.receive(1, 0, 64);
        a.request.opcode = Opcode.SEND;
        a.request.signaled = true;
        a.request.single(a.buffer, 64, 0x4242_4200);
        a.qp.postSend(a.request);
        assertThat(a.completion().status).isEqualTo(WcStatus.LOC_PROT_ERR);
    }

    @Test
    void addressesBeyondMemory() {
        Verbs.connect(a, b);
        a.request.remoteAddress = 1L << 45;
        a.request.remoteKey = b.all.remoteKey();
        a.post(Opcode.RDMA_WRITE, 0, 64);
        assertThat(a.completion().status).isIn(WcStatus.REM_ACCESS_ERR, WcStatus.REM_OP_ERR);
    }

    @Test
    void noReceivePosted() {
        Verbs.connect(a, b);
        a.post(Opcode.SEND, 0, 64);
        assertThat(a.completion().status).isEqualTo(WcStatus.RNR_RETRY_EXC_ERR);
    }

    @Test
    void aReceiveThatComesLateIsStillInTime() {
        a.attributes.rnrRetry = 7;
        Verbs.connect(a, b);
        a.post(Opcode.SEND, 0, 64);
        for (int i = 0; i < 20; i++) {
            clock.advanceToNextTimer();
        }
        b.receive(5, 0, 64);
        assertThat(b.completion().workRequestId).isEqualTo(5);
        assertThat(a.completion().status).isEqualTo(WcStatus.SUCCESS);
    }

    @Test
    void messageLongerThanItsReceive() {
        Verbs.connect(a, b);
        b.receive(1, 0, 32);
        a.post(Opcode.SEND, 0, 64);
        assertThat(a.completion().status).isEqualTo(WcStatus.REM_INV_REQ_ERR);
        assertThat(b.completion().status).isEqualTo(WcStatus.LOC_LEN_ERR);
    }

    @Test
    void aPeerThatDoesNotAnswer() {
        Verbs.connect(a, b);
        fabric.setUp(cableB, false);
        a.target(b, 0);
        a.post(Opcode.RDMA_WRITE, 0, 64);
        assertThat(a.completion().status).isEqualTo(WcStatus.RETRY_EXC_ERR);
        assertThat(nodeB.log.dump()).contains("port 1 down");
    }

    @Test
    void toErrorFlushesWhatIsOutstanding() {
        Verbs.connect(a, b);
        a.receive(10, 0, 64);
        a.receive(11, 0, 64);
        assertThat(a.qp.toError()).isZero();
        for (long id = 10; id <= 11; id++) {
            WorkCompletion flushed = a.completion();
            assertThat(flushed.status).isEqualTo(WcStatus.WR_FLUSH_ERR);
            assertThat(flushed.workRequestId).isEqualTo(id);
        }
        assertNextFlushes(a);
        a.receive(12, 0, 64);
        a.post(Opcode.SEND, 0, 8);
        assertThat(a.completion().status).isEqualTo(WcStatus.WR_FLUSH_ERR);
    }

    @Test
    void callsInTheWrongStateAreRefused() {
        assertThat(a.post(Opcode.SEND, 0, 8)).isEqualTo(-22);
        assertThat(a.receive(1, 0, 8)).isEqualTo(-22);
        assertThat(a.qp.toReadyToSend(a.attributes)).isEqualTo(-22);
        assertThat(a.qp.toInit(a.attributes)).isZero();
        assertThat(a.receive(1, 0, 8)).isZero();
        assertThat(a.post(Opcode.SEND, 0, 8)).isEqualTo(-22);
    }

    @Test
    void requestsThatDoNotFitTheQueuePairAreRefused() {
        Verbs.connect(a, b);
        a.request.inline = true;
        assertThat(a.post(Opcode.SEND, 0, 257)).isEqualTo(-22);
        assertThat(a.post(Opcode.RDMA_READ, 0, 8)).as("reads cannot be inline").isEqualTo(-22);
        a.request.inline = false;
        a.request.sgeCount = 5;
        assertThat(a.qp.postSend(a.request)).isEqualTo(-22);
    }

    @Test
    void aClosedQueuePairLeavesNothingBehind() {
        Verbs.connect(a, b);
        b.receive(1, 0, 64);
        a.post(Opcode.SEND, 0, 64);
        long freeBefore = nodeB.frames.freeBytes();
        b.qp.close();
        assertThat(nodeB.frames.freeBytes()).isGreaterThan(freeBefore);
        assertThat(b.isIdle()).as("its completion is gone").isTrue();
        assertThatThrownBy(a.cq::close).as("in use").isInstanceOf(IbException.class);
        a.qp.close();
        a.cq.close();
        assertThat(nodeA.device.queryPort(1).active()).isTrue();
    }

    @Test
    void completionQueueOverrunIsAnEventAndTheNodeGoesOn() {
        List<Verbs> many = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Verbs from = new Verbs(nodeA, QpType.RC, 8, a.cq);
            Verbs to = new Verbs(nodeB, QpType.RC, 8);
            Verbs.connect(from, to);
            from.target(to, 0);
            many.add(from);
        }
        for (Verbs from : many) { // 16 times 11 sends, into a CQ of 128 entries that nobody polls
            while (from.post(Opcode.RDMA_WRITE, 0, 8) == 0) { }
        }
        assertThat(nodeA.log.dump()).contains("error: syndrome 1");
        assertThat(nodeA.device.queryPort(1).active()).isTrue();
    }
}
