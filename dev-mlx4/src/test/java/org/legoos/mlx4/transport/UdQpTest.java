package org.legoos.mlx4.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.Deth;
import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.OpCode;
import org.legoos.mlx4.wire.PacketCodec;
import org.legoos.mlx4.wire.PacketPool;

/** Datagrams and management packets. */
class UdQpTest {
    private static final int Q_KEY = 0x11111111;

    private final TestNet net = new TestNet(UdQp::new).up();

    private Consumer<SendRequest> send(int length, int qKey) {
        return request -> {
            request.operation = Operation.SEND_IMMEDIATE;
            request.immediate = 77;
            request.address.dlid = net.cardB.port.lid();
            request.remoteQpn = 0x800022;
            request.qKey = qKey;
            request.data.add(TestHost.KEY, 0, length);
        };
    }

    @Test
    void datagramArrivesBehindTheGrhArea() {
        net.a.memory[3] = 33;
        net.b.postReceive(1000, 140);
        net.a.postAndRing(send(100, Q_KEY));
        assertThat(net.b.receiveDone).containsExactly(
                new TestHost.ReceiveDone(0, Status.OK, ReceiveRequest.Kind.SEND_IMMEDIATE, 140, 77));
        assertThat(net.b.lastRemoteQpn).isEqualTo(0x11);
        assertThat(net.b.memory[1043]).isEqualTo((byte) 33);
    }

    @Test
    void globalDatagramShowsItsGrh() {
        net.b.postReceive(1000, 140);
        net.a.postAndRing(request -> {
            send(100, Q_KEY).accept(request);
            request.address.global = true;
            request.address.dgidLow = 0x0102030405060708L;
        });
        assertThat(net.b.memory[1000]).isEqualTo((byte) 0x60);
        assertThat(net.b.memory[1039]).isEqualTo((byte) 8);
    }

    @Test
    void wrongQKeyIsDroppedAndCounted() {
        net.b.postReceive(1000, 140);
        net.a.postAndRing(send(100, 5));
        assertThat(net.b.receiveDone).isEmpty();
        assertThat(net.b.keyViolations).isEqualTo(1);
    }

    @Test
    void highBitSelectsTheQueuePairsOwnQKey() {
        net.b.postReceive(1000, 140);
        net.a.postAndRing(send(100, 0x80000000));
        assertThat(net.b.receiveDone).hasSize(1);
    }

    @Test
    void longerThanTheMtuIsALocalLengthError() {
        net.a.postAndRing(send(1025, Q_KEY));
        assertThat(net.a.sendDone).containsExactly(new TestHost.SendDone(0, Status.LOCAL_LENGTH));
        assertThat(net.a.qp.state()).isEqualTo(QpState.SQER);
    }

    @Test
    void noReceiveDropsSilently() {
        net.a.postAndRing(send(100, Q_KEY));
        assertThat(net.a.sendDone).containsExactly(new TestHost.SendDone(0, Status.OK));
        assertThat(net.b.qp.counters.receivesMissing).isEqualTo(1);
    }

    @Test
    void theSenderMayReuseItsBufferAtOnce() {
        net.linkA.impair(org.legoos.mlx4.fabric.Impairments.delay(1000), 1);
        net.a.memory[0] = 1;
        net.b.postReceive(1000, 140);
        net.a.postAndRing(send(100, Q_KEY));
        assertThat(net.a.sendDone).hasSize(1);
        net.a.memory[0] = 2;
        net.settle(10);
        assertThat(net.b.memory[1040]).isEqualTo((byte) 1);
    }

    @Test
    void managementPacketGetsSourceLidAndLane() {
        TestNet mad = new TestNet(host -> new MlxQp(host, false)).up();
        var packet = new PacketPool(1).take();
        byte[] header = packet.header;
        Lrh.LNH.set(header, 0, Lrh.LNH_IBA_LOCAL);
        Lrh.DLID.set(header, 0, mad.cardB.port.lid());
        Bth.OPCODE.set(header, 8, OpCode.UD_SEND_ONLY);
        Bth.P_KEY.set(header, 8, 0xffff);
        Bth.DEST_QP.set(header, 8, 0x800022);
        Deth.Q_KEY.set(header, 20, MlxQp.GSI_Q_KEY);
        Deth.SRC_QP.set(header, 20, 1);
        packet.headerLength = 28;
        packet.append(java.lang.foreign.MemorySegment.ofArray(new byte[256]), 0, 256);
        packet.finish();
        int length = new PacketCodec().writeInfiniBand(packet, mad.a.memory, 0);
        assertThat(length).isEqualTo(28 + 256 + 4);
        boolean[] seen = {false};
        mad.cardB.port.setTap((port, sent, each) -> {
            seen[0] = true;
            assertThat(each.slid()).isEqualTo(mad.cardA.port.lid());
            assertThat(each.isManagement()).isTrue();
        });
        mad.b.postReceive(1000, 296);
        mad.a.postAndRing(request -> {
            request.operation = Operation.SEND;
            request.managementLane = true;
            request.data.add(TestHost.KEY, 0, length);
        });
        assertThat(seen[0]).isTrue();
        assertThat(mad.b.receiveDone).containsExactly(
                new TestHost.ReceiveDone(0, Status.OK, ReceiveRequest.Kind.SEND, 296, 0));
        assertThat(mad.b.lastRemoteQpn).isEqualTo(1);
    }
}
