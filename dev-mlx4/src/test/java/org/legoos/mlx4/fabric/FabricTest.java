package org.legoos.mlx4.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.legoos.isa.time.SerialAgent;
import org.legoos.isa.time.VirtualClock;
import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketPool;

/** Ports, links, switches and the built-in subnet manager. */
class FabricTest {
    private final VirtualClock clock = new VirtualClock();
    private final Fabric fabric = new Fabric(clock);
    private final PacketPool pool = new PacketPool(20_000);

    /** A card that counts what it gets. */
    private final class Sink extends SerialAgent {
        final Port port;
        final List<Integer> got = new ArrayList<>();
        int changes;
        boolean stuck;

        Sink(String name) {
            port = new Port(name, name.hashCode(), this);
        }

        @Override
        protected void doWork() {
            if (port.takeChange()) {
                changes++;
            }
            Packet packet = stuck ? null : port.poll();
            while (packet != null) {
                got.add(Bth.PSN.get(packet.header, packet.bthAt));
                packet.release();
                packet = port.poll();
            }
        }
    }

    private Packet packet(int dlid, int number) {
        Packet packet = pool.take();
        packet.headerLength = 20;
        Lrh.LNH.set(packet.header, 0, Lrh.LNH_IBA_LOCAL);
        Lrh.VL.set(packet.header, 0, 0);
        Lrh.DLID.set(packet.header, 0, dlid);
        Bth.PSN.set(packet.header, 8, number);
        packet.finish();
        return packet;
    }

    private Sink attach(String name, int lid) {
        Sink sink = new Sink(name);
        sink.port.setConfiguredLid(lid);
        fabric.attach(sink.port);
        sink.port.setEnabled(true);
        return sink;
    }

    @Test
    void configuredLidsAreHonouredAndOthersGetTheLowestFree() {
        fabric.addSwitch("s", 8);
        Sink a = attach("a", 0);
        Sink b = attach("b", 13);
        Sink c = attach("c", 13);
        Sink d = attach("d", 0);
        assertThat(List.of(a.port.lid(), b.port.lid(), c.port.lid(), d.port.lid())).containsExactly(1, 13, 2, 3);
        assertThat(a.port.state()).isEqualTo(PortState.ACTIVE);
        assertThat(a.changes).isPositive();
    }

    @Test
    void packetsGoToTheirLidAlongChainsOfSwitches() {
        Switch[] chain = {fabric.addSwitch("s0", 4), fabric.addSwitch("s1", 4), fabric.addSwitch("s2", 4)};
        Sink[] cards = new Sink[3];
        for (int i = 0; i < 3; i++) {
            cards[i] = new Sink("card" + i);
            cards[i].port.setEnabled(true);
            fabric.connect(cards[i].port, chain[i].port(1));
        }
        fabric.connect(chain[0].port(2), chain[1].port(2));
        fabric.connect(chain[1].port(3), chain[2].port(3));
        cards[0].port.transmit(packet(cards[2].port.lid(), 7));
        cards[2].port.transmit(packet(cards[0].port.lid(), 8));
        cards[1].port.transmit(packet(cards[1].port.lid(), 9));
        assertThat(cards[2].got).containsExactly(7);
        assertThat(cards[0].got).containsExactly(8);
        assertThat(cards[1].got).containsExactly(9);
        assertThat(chain[1].port(2).counters().rcvPackets).isEqualTo(1);
        assertThat(cards[0].port.counters().xmitDataWords).isEqualTo(6);
    }

    @Test
    void unknownLidIsCountedByTheSwitch() {
        Switch only = fabric.addSwitch("s", 4);
        Sink a = attach("a", 0);
        for (int lid : new int[] {0, 99, 0xbfff, 0xffff, 0xc123}) {
            a.port.transmit(packet(lid, 1));
        }
        assertThat(only.port(1).counters().rcvSwitchRelayErrors).isEqualTo(2);
        assertThat(only.port(1).counters().rcvErrors).as("to the switch itself, but no management datagrams").isEqualTo(2);
        assertThat(a.got).isEmpty();
    }

    @Test
    void portsThatAreNotActivePassManagementOnly() {
        fabric.addSwitch("s", 4);
        Sink a = attach("a", 0);
        Sink b = attach("b", 0);
        fabric.setManaged(false);
        a.port.setState(PortState.INIT);
        a.port.transmit(packet(b.port.lid(), 1));
        Packet smp = packet(b.port.lid(), 2);
        Lrh.VL.set(smp.header, 0, Lrh.VL_MANAGEMENT);
        a.port.transmit(smp);
        assertThat(b.got).containsExactly(2);
        assertThat(a.port.counters().xmitDiscards).isEqualTo(1);
    }

    @Test
    void pullingACableTakesBothEndsDownAndBackUp() {
        fabric.addSwitch("s", 4);
        Sink a = new Sink("a");
        a.port.setEnabled(true);
        Link link = fabric.attach(a.port);
        int lid = a.port.lid();
        fabric.setUp(link, false);
        assertThat(a.port.state()).isEqualTo(PortState.DOWN);
        a.port.transmit(packet(5, 1));
        assertThat(a.port.counters().xmitDiscards).isEqualTo(1);
        fabric.setUp(link, true);
        assertThat(a.port.state()).isEqualTo(PortState.ACTIVE);
        assertThat(a.port.lid()).isEqualTo(lid);
        a.port.setEnabled(false);
        assertThat(link.b().state()).isEqualTo(PortState.DOWN);
    }

    @Test
    void aReceiverThatDoesNotDrainMakesSendersWaitThenLosesPackets() {
        Sink a = new Sink("a");
        Sink b = new Sink("b");
        Link link = fabric.connect(a.port, b.port);
        a.port.setEnabled(true);
        b.port.setEnabled(true);
        assertThat(link.a()).isSameAs(a.port);
        b.stuck = true;
        for (int i = 0; i < Port.INBOX_PACKETS + 10; i++) {
            a.port.transmit(packet(b.port.lid(), i));
        }
        assertThat(a.port.counters().xmitDiscards).isEqualTo(10);
        assertThat(a.port.hasRoom()).isFalse();
        int[] woken = {0};
        a.port.setTap((port, sent, each) -> woken[0]++);
        b.stuck = false;
        b.signal();
        assertThat(b.got).hasSize(Port.INBOX_PACKETS).isSorted();
        assertThat(a.port.hasRoom()).isTrue();
    }

    @Test
    void multicastReachesTheGroupButNotItsSender() {
        Switch only = fabric.addSwitch("s", 4);
        Sink a = attach("a", 0);
        Sink b = attach("b", 0);
        Sink c = attach("c", 0);
        only.setMulticast(new long[] {0, 0b0110});
        a.port.transmit(packet(0xc001, 4));
        assertThat(b.got).containsExactly(4);
        assertThat(a.got).isEmpty();
        assertThat(c.got).isEmpty();
    }

    @Test
    void impairmentsAreDeterministicAndCanBeTurnedOff() {
        fabric.addSwitch("s", 4);
        Sink a = new Sink("a");
        a.port.setEnabled(true);
        Link link = fabric.attach(a.port);
        Sink b = attach("b", 0);
        link.impair(Impairments.noisy(100_000, 1000), 42);
        for (int i = 0; i < 10_000; i++) {
            a.port.transmit(packet(b.port.lid(), i));
        }
        clock.advanceTo(1_000_000);
        assertThat(b.got.stream().distinct().count()).isBetween(8_800L, 9_200L);
        assertThat(b.got.size() - b.got.stream().distinct().count()).isBetween(700L, 1_100L);
        link.impair(Impairments.NONE, 42);
        b.got.clear();
        for (int i = 0; i < 100; i++) {
            a.port.transmit(packet(b.port.lid(), i));
        }
        assertThat(b.got).hasSize(100).isSorted();
    }

    @Test
    void delayAndRateTakeTheirTime() {
        Sink a = new Sink("a");
        Sink b = new Sink("b");
        Link link = fabric.connect(a.port, b.port);
        a.port.setEnabled(true);
        b.port.setEnabled(true);
        link.impair(new Impairments(0, 0, 0, 0, 1000, 192_000_000, false), 1);
        a.port.transmit(packet(b.port.lid(), 1)); // 6 words = 192 bits = 1 us
        a.port.transmit(packet(b.port.lid(), 2));
        clock.advanceTo(1999);
        assertThat(b.got).isEmpty();
        clock.advanceTo(2000);
        assertThat(b.got).containsExactly(1);
        clock.advanceTo(3000);
        assertThat(b.got).containsExactly(1, 2);
    }

    @Test
    void aFullSwitchRefusesAnotherCard() {
        fabric.addSwitch("s", 1);
        attach("a", 0);
        Port extra = new Sink("b").port;
        assertThatThrownBy(() -> fabric.attach(extra)).hasMessageContaining("no switch has a free port");
    }
}
