package org.legoos.mlx4.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.legoos.mlx4.fabric.Impairments;

/** Unreliable connections: whole messages or nothing. */
class UcQpTest {
    private final TestNet net = new TestNet(UcQp::new).psn(0xfffffe, 5).up();

    private void send(int at, int length) {
        net.a.postAndRing(request -> {
            request.operation = Operation.SEND;
            request.data.add(TestHost.KEY, at, length);
        });
    }

    @Test
    void sendsAndWritesArrive() {
        new SplittableRandom(1).nextBytes(net.a.memory);
        net.b.postReceive(100_000, 5000);
        net.b.postReceive(0, 0);
        send(0, 5000);
        net.a.postAndRing(request -> {
            request.operation = Operation.WRITE_IMMEDIATE;
            request.immediate = 9;
            request.remoteVa = 200_000;
            request.remoteKey = TestHost.KEY;
            request.data.add(TestHost.KEY, 0, 1 << 20);
        });
        assertThat(net.a.sendDone).extracting(TestHost.SendDone::status).containsExactly(Status.OK, Status.OK);
        assertThat(net.b.receiveDone).hasSize(2).allMatch(done -> done.status() == Status.OK);
        assertThat(Arrays.equals(net.a.memory, 0, 5000, net.b.memory, 100_000, 105_000)).isTrue();
        assertThat(Arrays.equals(net.a.memory, 0, 1 << 20, net.b.memory, 200_000, 200_000 + (1 << 20))).isTrue();
        assertThat(net.settle(1)).isTrue();
    }

    @Test
    void messagesWithALostPacketVanishAndTheirReceiveServesTheNext() {
        for (long seed = 1; seed <= 10; seed++) {
            TestNet lossy = new TestNet(UcQp::new).up();
            lossy.linkA.impair(new Impairments(50_000, 0, 0, 0, 0, 0, false), seed);
            for (int i = 0; i < 200; i++) {
                byte value = (byte) (i + 1);
                int at = i * 3000;
                Arrays.fill(lossy.a.memory, at, at + 3000, value);
                lossy.b.postReceive(at, 3000);
                lossy.a.postAndRing(request -> {
                    request.operation = Operation.SEND_IMMEDIATE;
                    request.immediate = value;
                    request.data.add(TestHost.KEY, at, 3000);
                });
            }
            assertThat(lossy.a.sendDone).as("seed " + seed).hasSize(200);
            assertThat(lossy.b.receiveDone).as("seed " + seed).hasSizeBetween(120, 195);
            for (int i = 0; i < lossy.b.receiveDone.size(); i++) {
                byte value = (byte) lossy.b.receiveDone.get(i).immediate();
                byte[] whole = new byte[3000];
                Arrays.fill(whole, value);
                assertThat(Arrays.equals(whole, 0, 3000, lossy.b.memory, i * 3000, (i + 1) * 3000))
                        .as("seed " + seed + " message " + i)
                        .isTrue();
            }
        }
    }

    @Test
    void noReceiveDropsSilently() {
        send(0, 3000);
        assertThat(net.a.sendDone).containsExactly(new TestHost.SendDone(0, Status.OK));
        assertThat(net.b.qp.counters.receivesMissing).isEqualTo(1);
        net.b.postReceive(0, 10);
        send(0, 10);
        assertThat(net.b.receiveDone).hasSize(1);
    }

    @Test
    void readsAreNotOfferedAndStopTheSendQueueOnly() {
        net.a.postAndRing(request -> {
            request.operation = Operation.READ;
            request.data.add(TestHost.KEY, 0, 1);
        });
        send(0, 1);
        assertThat(net.a.sendDone).containsExactly(
                new TestHost.SendDone(0, Status.LOCAL_QP_OPERATION), new TestHost.SendDone(1, Status.FLUSHED));
        assertThat(net.a.qp.state()).isEqualTo(QpState.SQER);
        net.a.postReceive(0, 10);
        net.b.postAndRing(request -> {
            request.operation = Operation.SEND;
            request.data.add(TestHost.KEY, 0, 10);
        });
        assertThat(net.a.receiveDone).hasSize(1);
    }
}
