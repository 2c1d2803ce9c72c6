package org.legoos.mlx4.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.time.HostClock;
import org.legoos.isa.time.SerialAgent;
import org.legoos.mlx4.fabric.Fabric;
import org.legoos.mlx4.fabric.Port;
import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.Ethernet;
import org.legoos.mlx4.wire.Icrc;
import org.legoos.mlx4.wire.Ipv4;
import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.OpCode;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketCodec;
import org.legoos.mlx4.wire.PacketPool;

/** A card on an Ethernet whose other end is a socket of the test: what the frames are, and what is not let in. */
class EtherWireTest {
    private static final int TIMEOUT_MS = 60_000;
    private static final int CARD_LID = 1;
    private static final int CARD_IP = 0xc0a84d09;
    private static final int PEER_IP = 0xc0a84d02;
    private static final long PEER_MAC = 0x5254_0000_7702L;
    private static final long CARD_MAC = 0x0200_c0a8_4d09L;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final BlockingQueue<Integer> arrivedPsns = new LinkedBlockingQueue<>();
    private final PacketPool pool = new PacketPool(16);
    private DatagramSocket peer;
    private EtherWire wire;
    private Port card;

    private final class Card extends SerialAgent {
        @Override
        protected void doWork() {
            card.takeChange();
            for (Packet packet = card.poll(); packet != null; packet = card.poll()) {
                arrivedPsns.add(Bth.PSN.get(packet.header, packet.bthAt));
                packet.release();
            }
        }
    }

    private void start() throws IOException {
        peer = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        peer.setSoTimeout(TIMEOUT_MS);
        open.add(peer);
        InetSocketAddress local;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            local = (InetSocketAddress) free.getLocalSocketAddress();
        }
        wire = new EtherWire("test", CARD_LID, address(CARD_IP), local, (InetSocketAddress) peer.getLocalSocketAddress(), 1024, line -> { });
        open.add(wire);
        peer.connect(local);
        Fabric fabric = new Fabric(HostClock.instance());
        open.add(fabric);
        card = new Port("card", 1, new Card());
        card.setConfiguredLid(CARD_LID);
        card.setEnabled(true);
        fabric.connect(card, wire.port());
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private static InetAddress address(int ip) throws IOException {
        return InetAddress.getByAddress(new byte[] {(byte) (ip >>> 24), (byte) (ip >>> 16), (byte) (ip >>> 8), (byte) ip});
    }

    private void send(byte[] frame) throws IOException {
        peer.send(new DatagramPacket(frame, frame.length));
    }

    private byte[] receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[9000], 9000);
        peer.receive(packet);
        return java.util.Arrays.copyOf(packet.getData(), packet.getLength());
    }

    private Packet packet(int psn, int payloadBytes) {
        Packet packet = pool.take();
        packet.headerLength = Lrh.SIZE + Bth.SIZE;
        java.util.Arrays.fill(packet.header, 0, packet.headerLength, (byte) 0);
        Lrh.LNH.set(packet.header, 0, Lrh.LNH_IBA_LOCAL);
        Bth.OPCODE.set(packet.header, Lrh.SIZE, OpCode.RC | OpCode.SEND_MIDDLE);
        Bth.PSN.set(packet.header, Lrh.SIZE, psn);
        packet.append(MemorySegment.ofArray(new byte[payloadBytes]), 0, payloadBytes);
        packet.finish();
        return packet;
    }

    /** A frame from the peer to the card. */
    private byte[] frame(int psn, int payloadBytes) throws IOException {
        UdpPeer route = new UdpPeer(0, new InetSocketAddress(address(PEER_IP), 50_000), new InetSocketAddress(address(CARD_IP), 4791));
        int at = Ethernet.SIZE + route.headerBytes();
        byte[] frame = new byte[at + Bth.SIZE + payloadBytes + 3 + Icrc.SIZE];
        Packet packet = packet(psn, payloadBytes);
        int length = new PacketCodec().writeTransport(packet, frame, at);
        packet.release();
        Ethernet.put(frame, CARD_MAC, PEER_MAC, Ethernet.TYPE_IPV4);
        route.putHeaders(true, frame, Ethernet.SIZE, length + Icrc.SIZE);
        Ipv4.CHECKSUM.set(frame, Ethernet.SIZE, Ipv4.checksum(frame, Ethernet.SIZE));
        Icrc.put(frame, at + length, new Icrc().ofRoceV2(frame, Ethernet.SIZE, route.headerBytes() + length));
        return java.util.Arrays.copyOf(frame, at + length + Icrc.SIZE);
    }

    @Test
    void theCardAsksForAnAddressAndThenSendsWholeFrames() throws Exception {
        start();
        int lid = wire.lidOf(address(PEER_IP));
        Packet lost = packet(1, 0);
        Lrh.DLID.set(lost.header, 0, lid);
        card.transmit(lost);
        byte[] question = receive();
        assertThat(Ethernet.isArp(question)).isTrue();
        assertThat(Ethernet.arpOperation(question)).isEqualTo(Ethernet.ARP_REQUEST);
        assertThat(Ethernet.arpTargetIp(question)).isEqualTo(PEER_IP);
        assertThat(Ethernet.destination(question)).isEqualTo(Ethernet.BROADCAST);
        send(Ethernet.arp(Ethernet.ARP_REPLY, PEER_MAC, PEER_IP, CARD_MAC, CARD_IP));
        send(frame(3, 0)); // what comes after it is seen after it
        assertThat(arrivedPsns.poll(TIMEOUT_MS, TimeUnit.MILLISECONDS)).isEqualTo(3);
        Packet packet = packet(2, 1001);
        Lrh.DLID.set(packet.header, 0, lid);
        card.transmit(packet);
        byte[] frame = receive();
        assertThat(Ethernet.destination(frame)).isEqualTo(PEER_MAC);
        assertThat(Ethernet.source(frame)).isEqualTo(CARD_MAC);
        assertThat(frame).hasSize(Ethernet.SIZE + 28 + Bth.SIZE + 1004 + Icrc.SIZE);
        assertThat(Ipv4.TOTAL_LENGTH.get(frame, Ethernet.SIZE)).isEqualTo(frame.length - Ethernet.SIZE);
        assertThat(Ipv4.CHECKSUM.get(frame, Ethernet.SIZE)).isEqualTo(Ipv4.checksum(frame, Ethernet.SIZE));
        assertThat(Ipv4.SOURCE.get(frame, Ethernet.SIZE)).isEqualTo(CARD_IP);
        assertThat(new PacketCodec().checksRoceV2(frame, Ethernet.SIZE, frame.length - Ethernet.SIZE - Icrc.SIZE)).isTrue();
        assertThat(Bth.PSN.get(frame, Ethernet.SIZE + 28)).isEqualTo(2);
    }

    @Test
    void theCardAnswersArpForItsOwnAddressOnly() throws Exception {
        start();
        send(Ethernet.arp(Ethernet.ARP_REQUEST, PEER_MAC, PEER_IP, 0, CARD_IP + 1));
        send(Ethernet.arp(Ethernet.ARP_REQUEST, PEER_MAC, PEER_IP, 0, CARD_IP));
        byte[] answer = receive();
        assertThat(Ethernet.arpOperation(answer)).isEqualTo(Ethernet.ARP_REPLY);
        assertThat(Ethernet.arpSenderIp(answer)).isEqualTo(CARD_IP);
        assertThat(Ethernet.arpSender(answer)).isEqualTo(CARD_MAC);
        assertThat(Ethernet.destination(answer)).isEqualTo(PEER_MAC);
    }

    @Test
    void damagedFramesAndThoseOfStrangersAreCountedAndDropped() throws Exception {
        start();
        send(frame(1, 100)); // before the card knows the peer
        wire.lidOf(address(PEER_IP));
        SplittableRandom random = new SplittableRandom(3);
        int sent = 1;
        for (int i = 0; i < 200; i++) {
            byte[] frame = frame(1, random.nextInt(300));
            if (random.nextBoolean()) {
                frame = java.util.Arrays.copyOf(frame, 1 + random.nextInt(frame.length - 1));
            } else {
                frame[Ethernet.SIZE + 28 + random.nextInt(frame.length - Ethernet.SIZE - 28)] ^= (byte) (1 << random.nextInt(8));
            }
            send(frame);
            sent++;
        }
        byte[] good = frame(77, 60);
        send(good);
        assertThat(arrivedPsns.poll(TIMEOUT_MS, TimeUnit.MILLISECONDS)).satisfiesAnyOf(
                psn -> assertThat(psn).isEqualTo(77), psn -> assertThat(psn).isEqualTo(1)); // BTH's variant byte is outside the ICRC
        UdpCounters counters = wire.counters();
        for (int i = 0; counters.received < 1 || counters.strangers + counters.malformed + counters.badIcrc + counters.received < sent + 1; i++) {
            assertThat(i).isLessThan(TIMEOUT_MS);
            TimeUnit.MILLISECONDS.sleep(1);
        }
        assertThat(counters.badIcrc).isGreaterThan(50);
        assertThat(counters.malformed + counters.strangers).isGreaterThan(50);
    }
}
