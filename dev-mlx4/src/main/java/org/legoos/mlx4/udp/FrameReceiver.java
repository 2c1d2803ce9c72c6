package org.legoos.mlx4.udp;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.Ethernet;
import org.legoos.mlx4.wire.Icrc;
import org.legoos.mlx4.wire.Ipv4;
import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketCodec;
import org.legoos.mlx4.wire.PacketPool;
import org.legoos.mlx4.wire.Udp;

/** Makes packets of Ethernet frames, and answers ARP. Runs on the receiving thread; anything may be in a frame. */
final class FrameReceiver implements DatagramSink {
    private static final int TRANSPORT_AT = Ethernet.SIZE + Ipv4.SIZE + Udp.SIZE;
    private static final int MORE_FRAGMENTS_OR_OFFSET = 0x3fff;
    private static final int ADDRESSES_MAX = 1024;

    private final int cardLid;
    private final long mac;
    private final int ip;
    private final Map<Integer, Integer> lidByIp;
    private final PacketPool pool;
    private final UdpCounters counters;
    private final Consumer<Packet> next;
    private final Consumer<byte[]> answer;
    private final Map<Integer, Long> macByIp = new ConcurrentHashMap<>();
    private final PacketCodec codec = new PacketCodec();
    private final byte[] frame = new byte[TRANSPORT_AT + Packet.BYTES_MAX];

    /**
     * @param lidByIp whose packets are let in, and as which LID's
     * @param answer sends a frame, some time
     */
    FrameReceiver(int cardLid, long mac, int ip, Map<Integer, Integer> lidByIp, PacketPool pool, UdpCounters counters,
            Consumer<Packet> next, Consumer<byte[]> answer) {
        this.cardLid = cardLid;
        this.mac = mac;
        this.ip = ip;
        this.lidByIp = lidByIp;
        this.pool = pool;
        this.counters = counters;
        this.next = next;
        this.answer = answer;
    }

    /** Who has this address; null: nobody has said so yet. */
    Long macOf(int peerIp) {
        return macByIp.get(peerIp);
    }

    @Override
    public void datagram(ByteBuf datagram, InetSocketAddress from) {
        int length = datagram.readableBytes();
        if (length < Ethernet.SIZE || length > frame.length) {
            counters.malformed++;
            return;
        }
        datagram.readBytes(frame, 0, length);
        long destination = Ethernet.destination(frame);
        if (destination != mac && destination != Ethernet.BROADCAST) {
            counters.strangers++;
        } else if (length >= Ethernet.ARP_SIZE && Ethernet.isArp(frame)) {
            onArp();
        } else if (Ethernet.type(frame) == Ethernet.TYPE_IPV4 && length >= TRANSPORT_AT + Bth.SIZE + Icrc.SIZE) {
            onIpv4(length);
        } else {
            counters.strangers++;
        }
    }

    private void onArp() {
        if (Ethernet.arpTargetIp(frame) != ip || macByIp.size() >= ADDRESSES_MAX) {
            return;
        }
        int senderIp = Ethernet.arpSenderIp(frame);
        long sender = Ethernet.arpSender(frame);
        macByIp.put(senderIp, sender);
        if (Ethernet.arpOperation(frame) == Ethernet.ARP_REQUEST) {
            answer.accept(Ethernet.arp(Ethernet.ARP_REPLY, mac, ip, sender, senderIp));
        }
    }

    private void onIpv4(int frameBytes) {
        int at = Ethernet.SIZE;
        int ipBytes = Ipv4.TOTAL_LENGTH.get(frame, at);
        boolean isRoce = Ipv4.VERSION.get(frame, at) == Ipv4.VERSION_4 && Ipv4.HEADER_WORDS.get(frame, at) == Ipv4.SIZE / 4
                && Ipv4.PROTOCOL.get(frame, at) == Ipv4.PROTOCOL_UDP && Ipv4.DESTINATION.get(frame, at) == ip
                && Udp.DESTINATION_PORT.get(frame, at + Ipv4.SIZE) == Udp.PORT_ROCE_V2;
        Integer lid = isRoce ? lidByIp.get(Ipv4.SOURCE.get(frame, at)) : null;
        if (lid == null) {
            counters.strangers++;
            return;
        }
        int length = ipBytes - Ipv4.SIZE - Udp.SIZE;
        boolean isWhole = at + ipBytes <= frameBytes && length >= Bth.SIZE + Icrc.SIZE
                && (Ipv4.FLAGS_AND_OFFSET.get(frame, at) & MORE_FRAGMENTS_OR_OFFSET) == 0
                && Udp.LENGTH.get(frame, at + Ipv4.SIZE) == Udp.SIZE + length;
        if (!isWhole || Ipv4.checksum(frame, at) != Ipv4.CHECKSUM.get(frame, at)) {
            counters.malformed++;
        } else if (!codec.checksRoceV2(frame, at, ipBytes - Icrc.SIZE)) {
            counters.badIcrc++;
        } else {
            pass(length, lid);
        }
    }

    private void pass(int length, int lid) {
        Packet packet = pool.take();
        if (packet == null) {
            counters.overruns++;
            return;
        }
        if (!codec.readTransport(frame, TRANSPORT_AT, length, packet, Lrh.SIZE)) {
            counters.malformed++;
            packet.release();
            return;
        }
        counters.received++;
        RoceReceiver.putRoute(packet, lid, cardLid);
        next.accept(packet);
    }
}
