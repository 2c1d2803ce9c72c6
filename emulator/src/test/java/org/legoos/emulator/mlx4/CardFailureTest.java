package org.legoos.emulator.mlx4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.legoos.emulator.bench.BareNode;
import org.legoos.fit.Fit;
import org.legoos.isa.time.VirtualClock;
import org.legoos.kernel.ib.QpType;
import org.legoos.kernel.ib.SendWorkRequest.Opcode;
import org.legoos.kernel.ib.WcOpcode;
import org.legoos.kernel.ib.WcStatus;
import org.legoos.kernel.ib.WorkCompletion;
import org.legoos.mlx4.fabric.Fabric;

/** A card that stops by an internal error: its driver notices, says so in one line, and nobody waits for it. */
@Timeout(120)
class CardFailureTest {
    private static final int EIO = 5;
    private static final int EHOSTUNREACH = 113;
    private static final long SECONDS_60 = 60_000_000_000L;

    private static long linesOf(BareNode node, String text) {
        return node.log.dump().lines().filter(line -> line.contains(text)).count();
    }

    @Test
    void whatWasPostedComesBackFlushedAndNothingNewIsTaken() {
        VirtualClock clock = new VirtualClock();
        Fabric fabric = new Fabric(clock);
        BareNode nodeA = new BareNode(1, clock);
        BareNode nodeB = new BareNode(2, clock);
        fabric.connect(nodeA.hca.port(1), nodeB.hca.port(1));
        nodeA.probe();
        nodeB.probe();
        Verbs a = new Verbs(nodeA, QpType.RC, 16);
        Verbs b = new Verbs(nodeB, QpType.RC, 16);
        a.attributes.rnrRetry = 7;
        Verbs.connect(a, b);
        a.receive(11, 0, 64);
        a.receive(12, 0, 64);
        assertThat(a.post(Opcode.SEND, 0, 64)).as("for which there is no receive").isZero();
        a.cq.requestNotification(false);
        int events = a.events;
        nodeA.hca.failInternally();
        assertThat(a.events).as("told").isGreaterThan(events);
        expectFlushed(a.completion(), 1, WcOpcode.SEND);
        expectFlushed(a.completion(), 11, WcOpcode.RECV);
        expectFlushed(a.completion(), 12, WcOpcode.RECV);
        assertThat(a.isIdle()).isTrue();
        assertThat(a.post(Opcode.SEND, 0, 64)).isEqualTo(-EIO);
        assertThat(a.qp.toError()).as("as good as done").isZero();
        assertThat(a.cq.setModeration(1, 1)).isEqualTo(-EIO);
        a.qp.close();
        a.cq.close();
        assertThat(linesOf(nodeA, "Internal error detected")).isEqualTo(1);
        nodeA.device.close();
        fabric.close();
        nodeA.close();
        nodeB.close();
    }

    private static void expectFlushed(WorkCompletion completion, long id, WcOpcode opcode) {
        assertThat(completion.workRequestId).isEqualTo(id);
        assertThat(completion.status).isEqualTo(WcStatus.WR_FLUSH_ERR);
        assertThat(completion.opcode).isEqualTo(opcode);
    }

    /** Both ends: who waits on the dead card's node, and who waits for that node. */
    @Test
    void callsOverADeadCardFailInsteadOfWaiting() throws InterruptedException {
        try (FitNodes two = new FitNodes(2, config -> config)) {
            Fit here = two.fits[0];
            AtomicInteger arrived = new AtomicInteger();
            two.fits[1].registerHandler(12, "never answers", message -> arrived.incrementAndGet());
            long buffer = two.pages(0, 1);
            AtomicInteger result = new AtomicInteger();
            Thread caller = Thread.ofPlatform().start(
                    () -> result.set(here.sendReplyTimeout(1, 12, buffer, 8, buffer + 64, 64, SECONDS_60)));
            while (arrived.get() == 0) {
                Thread.onSpinWait();
            }
            two.nodes.get(0).hca.failInternally();
            caller.join();
            assertThat(result).as("not a time-out").hasValue(-EHOSTUNREACH);
            assertThat(here.sendReplyImm(1, 12, buffer, 8, buffer + 64, 64)).isNegative();
            assertThat(here.isConnected(1)).isFalse();
            assertThat(linesOf(two.nodes.get(0), "Internal error detected")).isEqualTo(1);
            long farBuffer = two.pages(1, 1);
            assertThat(two.fits[1].sendReplyTimeout(0, 12, farBuffer, 8, farBuffer + 64, 64, SECONDS_60))
                    .isEqualTo(-EHOSTUNREACH);
        }
    }
}
