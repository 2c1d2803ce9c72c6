package org.legoos.mlx4.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.legoos.mlx4.fabric.Impairments;
import org.legoos.mlx4.transport.TestHost.SendDone;

/** A host with far more to do than processors: who gets none for a while is not dead, and whose peer gets none has no dead peer. */
class RcBusyHostTest {
    private static final long DELAY_NS = 1_000_000;
    private static final long TIMEOUT_NS = 4096L << 14;
    private static final int EXCUSES = 64;

    private final TestNet net = TestNet.rc();

    @BeforeEach
    void withoutRetries() {
        net.a.qp.attributes.retryCount = 0;
        net.up();
        net.linkA.impair(Impairments.delay(DELAY_NS), 1);
        net.b.postReceive(0, 100);
    }

    private void send() {
        net.a.postAndRing(request -> {
            request.operation = Operation.SEND;
            request.data.add(TestHost.KEY, 0, 100);
        });
    }

    @Test
    void anAnswerThatWaitsForItsRequesterIsNoTimeout() {
        send();
        net.cardA.stall(true);
        net.clock.advanceTo(100 * TIMEOUT_NS);
        net.cardA.stall(false);
        assertThat(net.settle(20)).isTrue();
        assertThat(net.a.sendDone).containsExactly(new SendDone(0, Status.OK));
        assertThat(net.b.receiveDone).hasSize(1);
        assertThat(net.a.qp.counters.timeouts).isZero();
        assertThat(net.a.qp.counters.timeoutsExcused).isEqualTo(1);
    }

    @Test
    void aPeerInThisProcessThatHasNotLookedYetIsNotDead() {
        net.cardB.stall(true);
        send();
        net.clock.advanceTo(20 * TIMEOUT_NS);
        assertThat(net.a.sendDone).isEmpty();
        net.cardB.stall(false);
        assertThat(net.settle(20)).isTrue();
        assertThat(net.a.sendDone).containsExactly(new SendDone(0, Status.OK));
        assertThat(net.a.qp.counters.packetsRepeated).as("it still has the first").isZero();
        assertThat(net.a.qp.counters.timeoutsExcused).isBetween(18L, 20L);
    }

    @Test
    void aPeerThatNeverLooksIsDeadInTheEnd() {
        net.cardB.stall(true);
        send();
        assertThat(net.settle(2 * EXCUSES)).isTrue();
        assertThat(net.a.sendDone).containsExactly(new SendDone(0, Status.TRANSPORT_RETRY_EXCEEDED));
        assertThat(net.clock.nowNs()).isEqualTo((EXCUSES + 1) * TIMEOUT_NS);
    }

    @Test
    void aPeerThatIsGoneIsDeadAtOnce() {
        net.linkA.impair(Impairments.PARTITION, 1);
        send();
        assertThat(net.settle(20)).isTrue();
        assertThat(net.a.sendDone).containsExactly(new SendDone(0, Status.TRANSPORT_RETRY_EXCEEDED));
        assertThat(net.a.qp.counters.timeoutsExcused).isZero();
        assertThat(net.clock.nowNs()).isEqualTo(TIMEOUT_NS);
    }
}
