package org.legoos.mlx4.hca;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.CqEntry;
import org.legoos.mlx4.prm.McgEntry;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.mad.Gid;

/** Multicast groups: the table as Linux writes it, and who gets what is sent to a group. */
class MulticastTest extends TwoCards {
    private static final long GID_HIGH = 0xff12_401b_ffff_0000L; // IPoIB's broadcast group
    private static final long GID_LOW = 0x0000_0000_ffff_ffffL;
    private static final int MLID = 0xc000;
    private static final int MULTICAST_QPN = 0xffffff;
    private static final int QKEY = 0x1234;
    private static final int BLOCK_LOOPBACK = 1 << 30;

    @Test
    void theTableKeepsWhatIsWrittenAndForgetsWhatIsEmpty() {
        int index = hash(b, GID_LOW);
        assertThat(index).isBetween(0, 15);
        assertThat(hash(b, GID_LOW)).as("always the same").isEqualTo(index);
        writeGroup(b, index, GID_LOW, 0, 0x50, 0x51);
        b.must(Opcode.READ_MCG, index, 0, 0, b.outBox);
        assertThat(McgEntry.MEMBER_COUNT.get(b.m, b.outBox)).isEqualTo(2);
        assertThat(McgEntry.GID_LO.get(b.m, b.outBox)).isEqualTo(GID_LOW);
        b.clearIn();
        b.must(Opcode.WRITE_MCG, index, 0, b.inBox, 0);
        b.must(Opcode.READ_MCG, index, 0, 0, b.outBox);
        assertThat(McgEntry.GID_HI.get(b.m, b.outBox)).isZero();
        assertThat(b.command(Opcode.READ_MCG, 64, 0, 0, b.outBox)).isEqualTo(CmdStatus.BAD_INDEX);
        assertThat(b.command(Opcode.WRITE_MCG, -1, 0, b.inBox, 0)).isEqualTo(CmdStatus.BAD_INDEX);
        b.clearIn();
        McgEntry.MEMBER_COUNT.set(b.m, b.inBox, 9); // an entry of 64 bytes has room for 8
        assertThat(b.command(Opcode.WRITE_MCG, index, 0, b.inBox, 0)).isEqualTo(CmdStatus.BAD_PARAM);
    }

    @Test
    void everyMemberGetsACopyAndOthersNothing() {
        MiniQp from = datagramQp(a, 0x50, cqA);
        MiniQp first = datagramQp(b, 0x51, cqB);
        MiniQp second = datagramQp(b, 0x52, cqB);
        MiniQp stranger = datagramQp(b, 0x53, cqB);
        for (MiniQp qp : new MiniQp[] {first, second, stranger}) {
            qp.receive(keyB, bufB + qp.qpn * 512L, 512);
        }
        writeGroup(b, hash(b, GID_LOW), GID_LOW, 0, first.qpn, second.qpn);
        a.m.set(ValueLayout.JAVA_INT, bufA, 0x11223344);
        send(from, GID_LOW);
        long cqe = cqB.poll();
        assertThat(CqEntry.QPN.get(b.m, cqe)).isEqualTo(first.qpn);
        assertThat(CqEntry.GRH.get(b.m, cqe)).isEqualTo(1);
        assertThat(CqEntry.QPN.get(b.m, cqB.poll())).isEqualTo(second.qpn);
        assertThat(cqB.poll()).isNegative();
        assertThat(b.m.get(ValueLayout.JAVA_INT, bufB + 0x52 * 512L + 40)).isEqualTo(0x11223344);
        send(from, GID_LOW + 1);
        assertThat(cqB.poll()).as("another group").isNegative();
    }

    @Test
    void aChainedEntryIsFoundAndARingOfEntriesEnds() {
        MiniQp from = datagramQp(a, 0x50, cqA);
        MiniQp to = datagramQp(b, 0x51, cqB);
        to.receive(keyB, bufB, 512);
        int index = hash(b, GID_LOW);
        writeGroup(b, index, GID_LOW ^ 1, 20, 0x60);
        writeGroup(b, 20, GID_LOW, 0, to.qpn);
        send(from, GID_LOW);
        assertThat(cqB.poll()).isNotNegative();
        writeGroup(b, 20, GID_LOW ^ 2, index == 0 ? 20 : index, 0x60);
        send(from, GID_LOW);
        assertThat(cqB.poll()).isNegative();
    }

    @Test
    void theSenderHearsItselfUnlessItAskedNotTo() {
        MiniQp qp = datagramQp(a, 0x50, cqA);
        qp.receive(keyA, bufA + 4096, 512);
        qp.receive(keyA, bufA + 8192, 512);
        int index = hash(a, GID_LOW);
        writeGroup(a, index, GID_LOW, 0, qp.qpn);
        send(qp, GID_LOW);
        assertThat(CqEntry.IS_SEND.get(a.m, cqA.poll())).isEqualTo(1);
        assertThat(CqEntry.IS_SEND.get(a.m, cqA.poll())).isZero();
        writeGroup(a, index, GID_LOW, 0, qp.qpn | BLOCK_LOOPBACK);
        send(qp, GID_LOW);
        assertThat(CqEntry.IS_SEND.get(a.m, cqA.poll())).isEqualTo(1);
        assertThat(cqA.poll()).isNegative();
    }

    private static int hash(MiniDriver d, long low) {
        d.clearIn();
        McgEntry.GID_HI.set(d.m, d.inBox - 0x10, GID_HIGH);
        McgEntry.GID_LO.set(d.m, d.inBox - 0x10, low);
        d.must(Opcode.MGID_HASH, 0, 0, d.inBox, 0);
        return (int) d.immediate();
    }

    private static void writeGroup(MiniDriver d, int index, long low, int next, int... members) {
        d.clearIn();
        McgEntry.NEXT_INDEX.set(d.m, d.inBox, next);
        McgEntry.MEMBER_COUNT.set(d.m, d.inBox, members.length);
        McgEntry.GID_HI.set(d.m, d.inBox, GID_HIGH);
        McgEntry.GID_LO.set(d.m, d.inBox, low);
        for (int i = 0; i < members.length; i++) {
            McgEntry.MEMBER_WORD.set(d.m, d.inBox + McgEntry.HEADER_BYTES + i * 4L, members[i]);
        }
        d.must(Opcode.WRITE_MCG, index, 0, d.inBox, 0);
    }

    private void send(MiniQp qp, long low) {
        sendDatagram(qp, MLID, new Gid(GID_HIGH, low), MULTICAST_QPN, QKEY, 256);
    }
}
