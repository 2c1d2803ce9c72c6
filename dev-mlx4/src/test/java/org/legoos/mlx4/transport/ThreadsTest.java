package org.legoos.mlx4.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.legoos.isa.time.HostClock;
import org.legoos.isa.time.SerialAgent;
import org.legoos.mlx4.fabric.Fabric;
import org.legoos.mlx4.fabric.Port;
import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketPool;

/** Real threads that send through one switch at the same time: nothing lost, nothing twice, order kept per sender. */
class ThreadsTest {
    private static final int CARDS = 3;
    private static final int PACKETS = 20_000;
    private static final int AHEAD = 1000;

    private static final class Card extends SerialAgent {
        final Port port = new Port("card", 1, this);
        final PacketPool pool = new PacketPool(CARDS * AHEAD);
        final ConcurrentLinkedQueue<Integer> toSend = new ConcurrentLinkedQueue<>();
        final AtomicIntegerArray nextFrom = new AtomicIntegerArray(CARDS + 1);
        final int[] nextTo = new int[CARDS + 1];
        int wrong;
        volatile int received;

        @Override
        protected void doWork() {
            for (Packet packet = port.poll(); packet != null; packet = port.poll()) {
                int from = packet.slid();
                if (Bth.PSN.get(packet.header, packet.bthAt) != nextFrom.getAndIncrement(from)) {
                    wrong++;
                }
                packet.release();
                received++;
            }
            for (Integer dlid = toSend.poll(); dlid != null; dlid = toSend.poll()) {
                Packet packet = pool.take();
                packet.headerLength = 20;
                Lrh.DLID.set(packet.header, 0, dlid);
                Lrh.SLID.set(packet.header, 0, port.lid());
                Lrh.VL.set(packet.header, 0, 0);
                Bth.PSN.set(packet.header, 8, nextTo[dlid]++);
                port.transmit(packet);
            }
        }
    }

    @Test
    void everyPacketArrivesOnceInOrder() throws InterruptedException {
        Fabric fabric = Fabric.ofOneSwitch(HostClock.instance(), CARDS);
        List<Card> cards = new ArrayList<>();
        for (int i = 0; i < CARDS; i++) {
            Card card = new Card();
            cards.add(card);
            fabric.attach(card.port);
            card.port.setEnabled(true);
        }
        List<Thread> threads = new ArrayList<>();
        for (Card card : cards) {
            threads.add(Thread.ofPlatform().start(() -> drive(card, cards)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        for (Card card : cards) {
            assertThat(card.received).isEqualTo(CARDS * PACKETS);
            assertThat(card.wrong).isZero();
            assertThat(card.port.counters().xmitDiscards).isZero();
            assertThat(card.pool.inFlight()).isZero();
        }
    }

    /** Sends to all cards (itself too), never more than AHEAD packets beyond what has arrived. */
    private static void drive(Card card, List<Card> cards) {
        for (int i = 0; i < PACKETS; i++) {
            for (Card to : cards) {
                card.toSend.add(to.port.lid());
            }
            card.signal();
            if (i % (AHEAD / 2) == 0) {
                long sum = (long) (i + 1) * CARDS;
                while (cards.stream().mapToLong(each -> each.nextFrom.get(card.port.lid())).sum() < sum) {
                    Thread.yield();
                    card.signal();
                }
            }
        }
    }
}
