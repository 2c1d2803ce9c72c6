package org.legoos.mlx4.transport;

import java.util.function.Function;
import java.util.function.Predicate;
import org.legoos.isa.time.VirtualClock;
import org.legoos.mlx4.fabric.Fabric;
import org.legoos.mlx4.fabric.Link;
import org.legoos.mlx4.wire.Packet;

/** Two cards on one switch in virtual time, each with one QP. */
final class TestNet {
    static final int MEMORY_BYTES = 5 << 19;

    final VirtualClock clock = new VirtualClock();
    final Fabric fabric = Fabric.ofOneSwitch(clock, 4);
    final TestCard cardA = new TestCard("card A", clock);
    final TestCard cardB = new TestCard("card B", clock);
    final Link linkA;
    final TestHost a;
    final TestHost b;

    TestNet(Function<QpHost, TransportQp> make) {
        linkA = fabric.attach(cardA.port);
        fabric.attach(cardB.port);
        cardA.port.setEnabled(true);
        cardB.port.setEnabled(true);
        a = new TestHost(cardA, 0x11, MEMORY_BYTES, make);
        b = new TestHost(cardB, 0x800022, MEMORY_BYTES, make);
        join(a, b);
        join(b, a);
    }

    static TestNet rc() {
        return new TestNet(RcQp::new);
    }

    private static void join(TestHost one, TestHost other) {
        QpAttributes attributes = one.qp.attributes;
        attributes.remoteQpn = other.qp.attributes.localQpn;
        attributes.path.dlid = other.card.port.lid();
        attributes.mtuBytes = 1024;
        attributes.ackTimeoutExponent = 14;
        attributes.retryCount = 7;
        attributes.rnrRetryCount = 7;
        attributes.minRnrTimerCode = 12;
        attributes.initiatorDepth = 4;
        attributes.responderResources = 4;
        attributes.remoteReadEnabled = true;
        attributes.remoteWriteEnabled = true;
        attributes.remoteAtomicEnabled = true;
        attributes.qKey = 0x11111111;
    }

    TestNet mtu(int bytes) {
        a.qp.attributes.mtuBytes = bytes;
        b.qp.attributes.mtuBytes = bytes;
        return this;
    }

    TestNet psn(int ofA, int ofB) {
        a.qp.attributes.sendPsn = ofA;
        b.qp.attributes.receivePsn = ofA;
        b.qp.attributes.sendPsn = ofB;
        a.qp.attributes.receivePsn = ofB;
        return this;
    }

    TestNet up() {
        b.move(QpState.INIT, QpState.RTR, QpState.RTS);
        a.move(QpState.INIT, QpState.RTR, QpState.RTS);
        return this;
    }

    /** Fires timers until nothing is armed any more; false when the limit was reached first. */
    boolean settle(int timersMax) {
        for (int i = 0; i < timersMax; i++) {
            if (!clock.advanceToNextTimer()) {
                return true;
            }
        }
        return false;
    }

    /** Fires timers until the condition holds. */
    boolean until(int timersMax, Predicate<TestNet> condition) {
        for (int i = 0; i < timersMax && !condition.test(this); i++) {
            if (!clock.advanceToNextTimer()) {
                break;
            }
        }
        return condition.test(this);
    }

    /** Puts a packet that a test made into B's card, as if it had come from the wire. */
    void inject(Packet packet) {
        cardA.port.transmit(packet);
    }
}
