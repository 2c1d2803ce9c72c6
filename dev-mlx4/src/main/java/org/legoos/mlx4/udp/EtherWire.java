package org.legoos.mlx4.udp;

import io.netty.channel.SelectStrategy;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.legoos.mlx4.wire.Ethernet;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketPool;
import org.legoos.mlx4.wire.Udp;

/**
 * The far end of a card's cable on an Ethernet that QEMU's {@code -netdev dgram} carries: each datagram is a frame. The card
 * gets an IPv4 and an Ethernet address there, answers ARP, and speaks RoCE v2 with what has such cards: Linux's soft-RoCE. Whole
 * frames, because the ICRC covers the IP header, also what a socket does not show of it.
 *
 * <p>The card goes on to address by LID; {@link #lidOf} gives each peer one.
 */
public final class EtherWire extends SocketWire {
    /** A locally administered address, the last four bytes being the IPv4 address. */
    private static final long MAC_PREFIX = 0x0200L << 32;

    private static final int FIRST_PEER_LID = 2;
    private static final int PEERS_MAX = 1024;
    private static final int ARRIVED_MAX = 4096;
    private static final int ANSWERS_MAX = 64;
    private static final int BATCH = 64;
    private static final int SOURCE_PORT = 0xc000;

    private final long mac;
    private final int ip;
    private final InetAddress address;
    private final InetSocketAddress switchAddress;
    private final Map<Integer, Integer> lidByIp = new ConcurrentHashMap<>();
    private final Map<Integer, UdpPeer> peerByLid = new ConcurrentHashMap<>();
    private final Queue<byte[]> answers = new ConcurrentLinkedQueue<>();
    private final FrameReceiver receiver;
    private final RoceFrames frames = new RoceFrames();
    private final UdpSocket socket;

    /**
     * Opens the wire.
     *
     * @param address the card's on that Ethernet, IPv4
     * @param local where QEMU sends frames to
     * @param remote where QEMU takes frames
     * @throws IOException for the user: the local address cannot be had
     */
    public EtherWire(String name, int cardLid, InetAddress address, InetSocketAddress local, InetSocketAddress remote, int mtuBytes,
            Consumer<String> log) throws IOException {
        super(name + " Ethernet wire", mtuBytes, ARRIVED_MAX);
        this.address = address;
        this.switchAddress = remote;
        ip = number(address);
        mac = MAC_PREFIX | ip & 0xffffffffL;
        receiver = new FrameReceiver(cardLid, mac, ip, lidByIp, new PacketPool(ARRIVED_MAX), counters, this::take, this::answer);
        socket = UdpSocket.bind(local, receiver, this::signal, (selectNow, hasTasks) -> hasTasks ? selectNow.get() : SelectStrategy.SELECT,
                false, log);
        open(socket);
    }

    private static int number(InetAddress address) {
        if (!(address instanceof Inet4Address)) {
            throw new IllegalArgumentException(address + " is no IPv4 address");
        }
        return ByteBuffer.wrap(address.getAddress()).getInt();
    }

    /** The LID by which the card reaches the peer with this address; from now on its packets are let in. */
    public synchronized int lidOf(InetAddress peer) {
        int peerIp = number(peer);
        Integer known = lidByIp.get(peerIp);
        if (known != null) {
            return known;
        }
        if (lidByIp.size() >= PEERS_MAX) {
            throw new IllegalArgumentException("more than " + PEERS_MAX + " peers");
        }
        int lid = FIRST_PEER_LID + lidByIp.size();
        peerByLid.put(lid, new UdpPeer(lid, new InetSocketAddress(address, SOURCE_PORT), new InetSocketAddress(peer, Udp.PORT_ROCE_V2)));
        lidByIp.put(peerIp, lid);
        return lid;
    }

    /** Whether the Ethernet address of a peer is known, without which nothing can be sent to it; asks for it if not. */
    public boolean isReachable(InetAddress peer) {
        if (receiver.macOf(number(peer)) != null) {
            return true;
        }
        answer(Ethernet.arp(Ethernet.ARP_REQUEST, mac, ip, 0, number(peer)));
        signal();
        return false;
    }

    private void answer(byte[] arp) {
        if (answers.size() < ANSWERS_MAX) {
            answers.add(arp);
        }
    }

    @Override
    void turn() {
        for (byte[] arp = answers.poll(); arp != null; arp = answers.poll()) {
            socket.send(arp, 0, arp.length, switchAddress.getAddress(), switchAddress.getPort());
        }
        boolean isMore = false;
        for (int i = 0; i < BATCH; i++) {
            Packet in = pollArrived();
            if (in != null) {
                port.transmit(in);
            }
            Packet out = port.poll();
            if (out != null) {
                send(out);
                out.release();
            }
            isMore = in != null || out != null;
            if (!isMore) {
                return;
            }
        }
        signal();
    }

    private void send(Packet packet) {
        UdpPeer peer = packet.isManagement() ? null : peerByLid.get(packet.dlid());
        if (peer == null) {
            counters.unroutable++;
            return;
        }
        int peerIp = number(peer.address);
        Long peerMac = receiver.macOf(peerIp);
        if (peerMac == null) {
            answer(Ethernet.arp(Ethernet.ARP_REQUEST, mac, ip, 0, peerIp));
            counters.unroutable++; // the transport repeats it
            signal();
            return;
        }
        int length = frames.make(packet, peer, true, peerMac, mac);
        if (length < 0) {
            counters.malformed++;
            return;
        }
        String error = socket.send(frames.bytes, 0, length, switchAddress.getAddress(), switchAddress.getPort());
        if (error == null) {
            counters.sent++;
        } else {
            counters.sendErrors++;
        }
    }
}
