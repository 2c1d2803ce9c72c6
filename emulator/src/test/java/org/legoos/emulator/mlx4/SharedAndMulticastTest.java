package org.legoos.emulator.mlx4;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.legoos.emulator.bench.BareNode;
import org.legoos.isa.time.VirtualClock;
import org.legoos.kernel.ib.QpAttributes;
import org.legoos.kernel.ib.QpCapabilities;
import org.legoos.kernel.ib.QpType;
import org.legoos.kernel.ib.QueuePair;
import org.legoos.kernel.ib.SendWorkRequest.Opcode;
import org.legoos.kernel.ib.SharedReceiveQueue;
import org.legoos.kernel.ib.WorkCompletion;

/** Shared receive queues, multicast groups and moderated completion events, driver on card model, in virtual time. */
class SharedAndMulticastTest {
    private static final int ENOMEM = 12;
    private static final int EINVAL = 22;
    private static final int PERIOD_US = 100;
    private static final long GID_HIGH = 0xff12_401b_ffff_0000L;
    private static final int GROUPS = 200; // more than the 128 buckets: chains
    private static final int MLID = 0xc000;
    private static final int MULTICAST_QPN = 0xffffff;

    private final VirtualClock clock = new VirtualClock();
    private final TwoNodes nodes = TwoNodes.onACable(clock);
    private final BareNode nodeA = nodes.a;
    private final BareNode nodeB = nodes.b;

    @AfterEach
    void powerOff() {
        nodes.close();
    }

    // ---- shared receives ----

    @Test
    void queuePairsTakeTheirReceivesFromOneQueue() {
        Verbs a1 = new Verbs(nodeA, QpType.RC, 16);
        Verbs a2 = new Verbs(nodeA, QpType.RC, 16, a1.cq);
        Verbs b = new Verbs(nodeB, QpType.RC, 16);
        int[] limits = new int[1];
        SharedReceiveQueue shared = nodeB.device.createSrq(b.pd, 7, () -> limits[0]++);
        QueuePair b1 = sharing(b, shared, a1);
        QueuePair b2 = sharing(b, shared, a2);
        assertThat(b1.postReceive(1, b.buffer, 64, b.all.localKey())).isEqualTo(-EINVAL);
        for (int i = 0; i < 7; i++) {
            assertThat(shared.postReceive(100 + i, b.buffer + i * 4096L, 4096, b.all.localKey())).isZero();
        }
        assertThat(shared.postReceive(99, b.buffer, 64, b.all.localKey())).isEqualTo(-ENOMEM);
        assertThat(shared.armLimit(5)).isZero();
        WorkCompletion received = new WorkCompletion();
        for (int i = 0; i < 20; i++) {
            Verbs from = i % 3 == 0 ? a2 : a1;
            from.fill(0, 100, i);
            assertThat(from.post(Opcode.SEND, 0, 100)).isZero();
            received = b.completion();
            assertThat(received.qpn).isEqualTo(from == a1 ? b1.qpn() : b2.qpn());
            long id = received.workRequestId;
            assertThat(b.bytes((id - 100) * 4096, 100)).isEqualTo(from.bytes(0, 100));
            a1.completion();
            if (i >= 3) {
                assertThat(shared.postReceive(id, b.buffer + (id - 100) * 4096, 4096, b.all.localKey())).isZero();
            }
        }
        assertThat(limits[0]).as("told once").isEqualTo(1);
        b1.close();
        b2.close();
        shared.close();
    }

    private static QueuePair sharing(Verbs b, SharedReceiveQueue shared, Verbs peer) {
        QueuePair qp = b.node.device.createQp(b.pd, QpType.RC, new QpCapabilities(16, 0, 4, 1, 0), b.cq, b.cq, shared);
        QpAttributes attributes = new QpAttributes();
        attributes.destinationLid = peer.lid();
        attributes.destinationQpn = peer.qp.qpn();
        assertThat(qp.toInit(attributes)).isZero();
        assertThat(qp.toReadyToReceive(attributes)).isZero();
        assertThat(qp.toReadyToSend(attributes)).isZero();
        peer.attributes.destinationLid = b.lid();
        peer.attributes.destinationQpn = qp.qpn();
        assertThat(peer.qp.toInit(peer.attributes)).isZero();
        assertThat(peer.qp.toReadyToReceive(peer.attributes)).isZero();
        assertThat(peer.qp.toReadyToSend(peer.attributes)).isZero();
        return qp;
    }

    // ---- multicast ----

    @Test
    void membersOfAGroupGetWhatIsSentToIt() {
        Verbs a = new Verbs(nodeA, QpType.UD, 16);
        Verbs b = new Verbs(nodeB, QpType.UD, 16);
        Verbs.connect(a, b);
        for (int group = 1; group <= GROUPS; group++) {
            assertThat(b.qp.attachMulticast(GID_HIGH, group)).isZero();
        }
        for (int group = 1; group <= GROUPS; group++) {
            b.receive(group, 0, 4096);
            send(a, group);
            assertThat(b.completion().workRequestId).isEqualTo(group);
            assertThat(b.isIdle()).isTrue();
            assertThat(b.qp.detachMulticast(GID_HIGH, group)).isZero();
            send(a, group);
            assertThat(b.isIdle()).as("no longer a member").isTrue();
        }
        assertThat(b.qp.detachMulticast(GID_HIGH, 1)).isEqualTo(-EINVAL);
    }

    private static void send(Verbs from, long gidLow) {
        from.request.remoteLid = MLID;
        from.request.remoteQpn = MULTICAST_QPN;
        from.request.remoteQkey = from.attributes.qkey;
        from.request.hasRemoteGid = true;
        from.request.remoteGidHigh = GID_HIGH;
        from.request.remoteGidLow = gidLow;
        assertThat(from.post(Opcode.SEND, 0, 64)).isZero();
        from.completion();
    }

    // ---- moderation ----

    @Test
    void eventsWaitForTheirCountOrTheirPeriod() {
        Verbs a = new Verbs(nodeA, QpType.RC, 16);
        Verbs b = new Verbs(nodeB, QpType.RC, 16);
        Verbs.connect(a, b);
        assertThat(b.cq.setModeration(3, PERIOD_US)).isZero();
        assertThat(b.cq.setModeration(-1, 0)).isEqualTo(-EINVAL);
        b.cq.requestNotification(false);
        exchange(a, b);
        exchange(a, b);
        assertThat(b.events).isZero();
        exchange(a, b);
        assertThat(b.events).isEqualTo(1);
        while (b.cq.poll(new WorkCompletion())) { }
        b.cq.requestNotification(false);
        exchange(a, b);
        assertThat(b.events).isEqualTo(1);
        clock.advanceTo(clock.nowNs() + PERIOD_US * 1000L);
        assertThat(b.events).isEqualTo(2);
    }

    private static void exchange(Verbs a, Verbs b) {
        b.receive(1, 0, 64);
        assertThat(a.post(Opcode.SEND, 0, 8)).isZero();
        a.completion();
    }
}
