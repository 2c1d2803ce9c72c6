package org.legoos.mlx4.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.legoos.mlx4.wire.Icrc;
import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.OpCode;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketPool;
import org.legoos.mlx4.wire.Udp;

/** Packets through real sockets, and what is not let in. */
class UdpWireTest {
    private static final int TIMEOUT_S = 60;

    private final List<AutoCloseable> open = new ArrayList<>();
    private boolean sharesMemory;
    private boolean splitsInKernel = true;
    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();

    /** Stands for a card: keeps copies of what arrives. */
    private static final class Card extends SerialAgent {
        final Port port = new Port("card", 1, this);
        final PacketPool pool = new PacketPool(64);
        final BlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();

        @Override
        protected void doWork() {
            port.takeChange();
            for (Packet packet = port.poll(); packet != null; packet = port.poll()) {
                byte[] bytes = new byte[packet.headerLength + packet.payloadLength()];
                System.arraycopy(packet.header, 0, bytes, 0, packet.headerLength);
                packet.copyPayload(0, bytes, packet.headerLength, packet.payloadLength());
                arrived.add(bytes);
                packet.release();
            }
        }

        void send(int dlid, byte[] payload) {
            Packet packet = pool.take();
            packet.headerLength = Lrh.SIZE + Bth.SIZE;
            Lrh.LNH.set(packet.header, 0, Lrh.LNH_IBA_LOCAL);
            Lrh.VL.set(packet.header, 0, 0);
            Lrh.DLID.set(packet.header, 0, dlid);
            Lrh.SLID.set(packet.header, 0, port.lid());
            Bth.OPCODE.set(packet.header, Lrh.SIZE, OpCode.RC | OpCode.SEND_MIDDLE);
            Bth.PSN.set(packet.header, Lrh.SIZE, 77);
            packet.append(MemorySegment.ofArray(payload), 0, payload.length);
            packet.finish();
            port.transmit(packet);
        }
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private static Map<Integer, InetSocketAddress> twoFreeAddresses(String host) throws IOException {
        try (DatagramSocket a = new DatagramSocket(0, InetAddress.getByName(host)); DatagramSocket b = new DatagramSocket(0, InetAddress.getByName(host))) {
            return Map.of(1, (InetSocketAddress) a.getLocalSocketAddress(), 2, (InetSocketAddress) b.getLocalSocketAddress());
        }
    }

    private static boolean hasIpv6() {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("::1"))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private UdpWire wire(int lid, Map<Integer, InetSocketAddress> addresses, Card card) throws IOException {
        UdpWire wire = new UdpWire("node " + lid, lid, addresses, new UdpWire.Options(4096, sharesMemory, splitsInKernel), log::add);
        open.add(wire);
        Fabric fabric = new Fabric(HostClock.instance());
        open.add(fabric);
        card.port.setConfiguredLid(lid);
        card.port.setEnabled(true);
        fabric.connect(card.port, wire.port());
        assertThat(card.port.lid()).isEqualTo(lid);
        return wire;
    }

    private static byte[] payload(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        return bytes;
    }

    /** Many at once, so that the kernel gets several of a size in one call, and shorter and longer ones between them. */
    private void keepsDatagramsApart() throws Exception {
        Map<Integer, InetSocketAddress> addresses = twoFreeAddresses("127.0.0.1");
        Card a = new Card();
        Card b = new Card();
        UdpWire wireA = wire(1, addresses, a);
        wire(2, addresses, b);
        int[] lengths = {4096, 4096, 4096, 64, 64, 4096, 4096, 4096, 4096, 4096, 4096, 4096, 4096, 4096, 4096, 4096, 4096, 4096, 4096, 4096, 4096,
            4096, 4096, 12, 16, 20, 16, 16, 16, 4};
        boolean isHeld = SerialAgent.hold(); // nothing leaves the card's cable until all are on it
        for (int length : lengths) {
            a.send(2, payload(length));
        }
        if (isHeld) {
            SerialAgent.letGo();
        }
        for (int length : lengths) {
            assertThat(b.arrived.poll(TIMEOUT_S, TimeUnit.SECONDS)).isNotNull().hasSize(Lrh.SIZE + Bth.SIZE + length).endsWith(payload(length));
        }
        assertThat(wireA.counters().sent).isEqualTo(lengths.length);
        assertThat(log).isEmpty();
    }

    @Test
    void datagramsStayApartWhenTheKernelSplitsThem() throws Exception {
        keepsDatagramsApart();
    }

    @Test
    void andWhenItDoesNot() throws Exception {
        splitsInKernel = false;
        keepsDatagramsApart();
    }

    private void sendsBothWays(String host) throws Exception {
        Map<Integer, InetSocketAddress> addresses = twoFreeAddresses(host);
        Card a = new Card();
        Card b = new Card();
        UdpWire wireA = wire(1, addresses, a);
        wire(2, addresses, b);
        for (int length : new int[] {0, 1, 64, 1023, 4096}) {
            a.send(2, payload(length));
            byte[] got = b.arrived.poll(TIMEOUT_S, TimeUnit.SECONDS);
            assertThat(got).as("%d bytes", length).isNotNull().hasSize(Lrh.SIZE + Bth.SIZE + length).endsWith(payload(length));
            assertThat(Lrh.SLID.get(got, 0)).isEqualTo(1);
            assertThat(Lrh.DLID.get(got, 0)).isEqualTo(2);
            assertThat(Bth.PSN.get(got, Lrh.SIZE)).isEqualTo(77);
        }
        b.send(1, payload(5));
        assertThat(a.arrived.poll(TIMEOUT_S, TimeUnit.SECONDS)).endsWith(payload(5));
        a.send(3, payload(1));
        assertThat(wireA.counters().unroutable).isEqualTo(1);
        assertThat(log).isEmpty();
    }

    @Test
    void packetsPassOverIpv4() throws Exception {
        sendsBothWays("127.0.0.1");
    }

    @Test
    void packetsPassOverIpv6() throws Exception {
        assumeTrue(hasIpv6(), "this host has no IPv6");
        sendsBothWays("::1");
    }

    @Test
    void peersOnOneHostShareMemory() throws Exception {
        sharesMemory = true;
        Map<Integer, InetSocketAddress> addresses = twoFreeAddresses("127.0.0.1");
        Card a = new Card();
        Card b = new Card();
        UdpWire wireA = wire(1, addresses, a);
        UdpWire wireB = wire(2, addresses, b);
        for (int i = 0; wireA.counters().shared == 0 || wireB.counters().shared == 0; i++) {
            a.send(2, payload(i % 4096));
            assertThat(b.arrived.poll(TIMEOUT_S, TimeUnit.SECONDS)).endsWith(payload(i % 4096));
            b.send(1, payload(64));
            byte[] got = a.arrived.poll(TIMEOUT_S, TimeUnit.SECONDS);
            assertThat(got).endsWith(payload(64));
            assertThat(Lrh.SLID.get(got, 0)).isEqualTo(2);
            assertThat(Lrh.DLID.get(got, 0)).isEqualTo(1);
        }
        assertThat(log).isEmpty();
    }

    @Test
    void aPeerThatIsStartedAnewSharesMemoryAgain() throws Exception {
        sharesMemory = true;
        Map<Integer, InetSocketAddress> addresses = twoFreeAddresses("127.0.0.1");
        Card a = new Card();
        UdpWire wireA = wire(1, addresses, a);
        for (int life = 0; life < 3; life++) {
            Card b = new Card();
            try (UdpWire wireB = wire(2, addresses, b)) {
                while (wireB.counters().shared == 0) {
                    b.send(1, payload(64));
                    assertThat(a.arrived.poll(TIMEOUT_S, TimeUnit.SECONDS)).endsWith(payload(64));
                }
                long before = wireA.counters().shared;
                a.send(2, payload(life));
                assertThat(b.arrived.poll(TIMEOUT_S, TimeUnit.SECONDS)).endsWith(payload(life));
                assertThat(wireA.counters().shared).isEqualTo(before + 1);
            }
        }
        assertThat(log).isEmpty();
    }

    @Test
    void strangersAndDamagedDatagramsAreDroppedCountedAndNamedOnce() throws Exception {
        Map<Integer, InetSocketAddress> addresses = twoFreeAddresses("127.0.0.1");
        Card b = new Card();
        UdpWire wireB = wire(2, addresses, b);
        try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
                DatagramSocket peer = new DatagramSocket(addresses.get(1))) {
            for (int i = 0; i < 2; i++) {
                stranger.send(new java.net.DatagramPacket(new byte[40], 40, addresses.get(2)));
                peer.send(new java.net.DatagramPacket(new byte[3], 3, addresses.get(2)));
                peer.send(new java.net.DatagramPacket(new byte[40], 40, addresses.get(2)));
                peer.send(new java.net.DatagramPacket(new byte[9000], 9000, addresses.get(2)));
            }
            byte[] good = withIcrc(addresses);
            peer.send(new java.net.DatagramPacket(good, good.length, addresses.get(2)));
        }
        assertThat(b.arrived.poll(TIMEOUT_S, TimeUnit.SECONDS)).hasSize(Lrh.SIZE + Bth.SIZE);
        assertThat(wireB.counters().strangers).isEqualTo(2);
        assertThat(wireB.counters().malformed + wireB.counters().badIcrc).isEqualTo(6);
        assertThat(wireB.counters().received).isEqualTo(1);
        assertThat(wireB.strangers()).startsWith("127.0.0.1:").isNotEqualTo("127.0.0.1:" + addresses.get(1).getPort());
        assertThat(log).hasSize(1).allMatch(line -> line.contains("wrong ICRC"));
    }

    private static byte[] withIcrc(Map<Integer, InetSocketAddress> addresses) {
        UdpPeer route = new UdpPeer(2, addresses.get(1), addresses.get(2));
        byte[] bytes = new byte[route.headerBytes() + Bth.SIZE + Icrc.SIZE];
        route.putHeaders(true, bytes, Bth.SIZE + Icrc.SIZE);
        Bth.OPCODE.set(bytes, route.headerBytes(), OpCode.RC | OpCode.SEND_MIDDLE);
        assertThat(Udp.LENGTH.get(bytes, 20)).isEqualTo(Udp.SIZE + Bth.SIZE + Icrc.SIZE);
        Icrc.put(bytes, route.headerBytes() + Bth.SIZE, new Icrc().ofRoceV2(bytes, 0, route.headerBytes() + Bth.SIZE));
        return java.util.Arrays.copyOfRange(bytes, route.headerBytes(), bytes.length);
    }

    @Test
    void anAddressThatIsTakenIsNamed() throws Exception {
        Map<Integer, InetSocketAddress> addresses = twoFreeAddresses("127.0.0.1");
        wire(1, addresses, new Card());
        assertThatThrownBy(() -> new UdpWire("again", 1, addresses, new UdpWire.Options(4096, false, true), log::add))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot bind UDP 127.0.0.1:" + addresses.get(1).getPort() + ": Address already in use");
    }
}
