package org.legoos.mlx4.hca;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.legoos.isa.time.VirtualClock;
import org.legoos.mlx4.fabric.Link;
import org.legoos.mlx4.prm.AddressVector;
import org.legoos.mlx4.prm.CtrlSegment;
import org.legoos.mlx4.prm.DatagramSegment;
import org.legoos.mlx4.prm.ServiceType;
import org.legoos.mlx4.prm.WqeOpcode;
import org.legoos.mlx4.prm.mad.Gid;

/** Two cards with a cable between them, up, with a completion queue and a registered buffer each. */
abstract class TwoCards {
    static final int QPN_A = 0x50;
    static final int QPN_B = 0x51;
    static final int LID_A = 1;
    static final int LID_B = 2;

    final VirtualClock clock = new VirtualClock();
    final MiniDriver a = new MiniDriver("a", 0x10, clock);
    final MiniDriver b = new MiniDriver("b", 0x20, clock);
    private final int bufferBytes;
    MiniCq cqA;
    MiniCq cqB;
    /** A reliable connection, once {@link #connectReliably()} has made it. */
    MiniQp qpA;

    MiniQp qpB;
    /** Buffers, with keys of all rights; windows may be bound to B's. */
    long bufA;

    int keyA;
    long bufB;
    int keyB;

    TwoCards() {
        this(1 << 16);
    }

    TwoCards(int bufferBytes) {
        this.bufferBytes = bufferBytes;
    }

    @BeforeEach
    final void bringUpCards() {
        Link.connect(a.hca.port(1), b.hca.port(1), clock);
        for (MiniDriver d : new MiniDriver[] {a, b}) {
            d.bringUp();
            d.createEq(6);
            d.activate(d == a ? LID_A : LID_B);
        }
        a.setActive();
        b.setActive();
        cqA = a.createCq(0x80, 6);
        cqB = b.createCq(0x80, 6);
        bufA = a.alloc(bufferBytes);
        keyA = a.registerAll(bufA, bufferBytes);
        bufB = b.alloc(bufferBytes);
        keyB = b.registerBindable(bufB, bufferBytes);
        drainEvents();
    }

    @AfterEach
    final void closeCards() {
        a.close();
        b.close();
    }

    final void connectReliably() {
        qpA = MiniQp.rc(a, QPN_A, cqA);
        qpB = MiniQp.rc(b, QPN_B, cqB);
        qpA.connect(LID_B, QPN_B, 0, 0);
        qpB.connect(LID_A, QPN_A, 0, 0);
        drainEvents();
    }

    static MiniQp datagramQp(MiniDriver d, int qpn, MiniCq cq) {
        MiniQp qp = MiniQp.of(d, qpn, ServiceType.UD, cq, cq);
        qp.connect(0, 0, 0, 0);
        return qp;
    }

    /**
     * Sends a datagram out of A's buffer. Its WQE is longer than a slot: it takes two.
     *
     * @param group null: without a global route
     */
    final void sendDatagram(MiniQp qp, int lid, Gid group, int destQpn, int qKey, int length) {
        long at = qp.nextSend();
        long address = at + CtrlSegment.SIZE_BYTES;
        a.ram.zero(at + MiniQp.SQ_STRIDE, MiniQp.SQ_STRIDE);
        AddressVector.PORT.set(a.m, address, 1);
        AddressVector.REMOTE_LID.set(a.m, address, lid);
        if (group != null) {
            AddressVector.GRH.set(a.m, address, 1);
            AddressVector.REMOTE_GID_HI.set(a.m, address, group.high());
            AddressVector.REMOTE_GID_LO.set(a.m, address, group.low());
        }
        DatagramSegment.DEST_QPN.set(a.m, address, destQpn);
        DatagramSegment.QKEY.set(a.m, address, qKey);
        qp.data(at + MiniQp.SQ_STRIDE, keyA, bufA, length);
        qp.post(at, WqeOpcode.SEND, 5, 0, 0);
        qp.sendHead++;
    }

    final void drainEvents() {
        while (a.pollEq() >= 0 || b.pollEq() >= 0) { }
    }
}
