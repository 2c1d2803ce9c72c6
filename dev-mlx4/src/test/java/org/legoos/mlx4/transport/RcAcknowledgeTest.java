package org.legoos.mlx4.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.legoos.isa.time.SerialAgent;
import org.legoos.mlx4.wire.Aeth;
import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.OpCode;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketPool;

/** What a responder answers to packets that arrive together: kind, code and PSN of each acknowledge. */
class RcAcknowledgeTest {
    private final TestNet net = TestNet.rc().up();
    private final PacketPool pool = new PacketPool(100);
    private final PacketHeader header = new PacketHeader();
    private final List<String> answers = new ArrayList<>();

    private void arriveTogether(int... psns) {
        header.set(net.a.qp.attributes.path, net.a.qp.attributes.remoteQpn, 0xffff);
        net.cardB.port.setTap((port, sent, packet) -> {
            if (sent) {
                int at = packet.extensionAt();
                answers.add(Aeth.KIND.get(packet.header, at) + "/" + Aeth.VALUE.get(packet.header, at)
                        + " psn " + Bth.PSN.get(packet.header, packet.bthAt)
                        + " msn " + Aeth.MSN.get(packet.header, at));
            }
        });
        new SerialAgent() {
            @Override
            protected void doWork() {
                for (int psn : psns) {
                    Packet packet = pool.take();
                    header.fill(packet, net.cardA.port.lid(), OpCode.SEND_ONLY, psn);
                    packet.append(MemorySegment.ofArray(new byte[8]), 0, 8);
                    Bth.ACK_REQ.set(packet.header, packet.bthAt, 1);
                    packet.finish();
                    net.inject(packet);
                }
            }
        }.signal();
    }

    private void postReceives(int count) {
        for (int i = 0; i < count; i++) {
            net.b.postReceive(i * 8, 8);
        }
    }

    @Test
    void oneAcknowledgeForManyMessages() {
        postReceives(4);
        arriveTogether(0, 1, 2, 3);
        assertThat(answers).containsExactly("0/31 psn 3 msn 4");
    }

    @Test
    void aGapIsRefusedOnce() {
        postReceives(4);
        arriveTogether(0, 2, 3, 4);
        assertThat(answers).containsExactly("3/0 psn 1 msn 1");
        arriveTogether(5, 6);
        assertThat(answers).hasSize(1);
    }

    @Test
    void aSecondPassWithTheSameGapIsRefusedAgain() {
        postReceives(4);
        arriveTogether(0, 2, 3);
        arriveTogether(2, 3);
        assertThat(answers).containsExactly("3/0 psn 1 msn 1", "3/0 psn 1 msn 1");
    }

    @Test
    void overtakenPacketsThatAllCameAreAcknowledged() {
        postReceives(4);
        arriveTogether(0, 2, 1, 2);
        assertThat(answers).containsExactly("0/31 psn 2 msn 3");
    }

    @Test
    void overtakenPacketThatWasDroppedIsAskedFor() {
        postReceives(4);
        arriveTogether(0, 2, 1);
        assertThat(answers).containsExactly("3/0 psn 2 msn 2");
    }

    @Test
    void duplicatesAreAcknowledgedWithTheLatest() {
        postReceives(4);
        arriveTogether(0, 1);
        arriveTogether(0);
        assertThat(answers).containsExactly("0/31 psn 1 msn 2", "0/31 psn 1 msn 2");
        assertThat(net.b.receiveDone).hasSize(2);
    }

    @Test
    void noReceiveAsksToWaitWithTheTimerCode() {
        postReceives(1);
        arriveTogether(0, 1, 2);
        assertThat(answers).containsExactly("1/12 psn 1 msn 1");
    }
}
