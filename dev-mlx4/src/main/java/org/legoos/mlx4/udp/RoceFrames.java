package org.legoos.mlx4.udp;

import org.legoos.mlx4.wire.Ethernet;
import org.legoos.mlx4.wire.Icrc;
import org.legoos.mlx4.wire.Ipv4;
import org.legoos.mlx4.wire.Ipv6;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketCodec;
import org.legoos.mlx4.wire.Udp;

/** Makes whole Ethernet frames of packets: RoCE v2 as it is on a cable, with ICRC. Single-threaded. */
final class RoceFrames {
    private static final int TIME_TO_LIVE = 64;

    final byte[] bytes = new byte[Ethernet.SIZE + UdpPeer.headerBytesMax() + Packet.BYTES_MAX];
    private final PacketCodec codec = new PacketCodec();
    private final Icrc icrc = new Icrc();

    /**
     * Makes the frame in {@link #bytes}.
     *
     * @param isToPeer whether it goes to the peer or comes from it
     * @return its length, or -1 when the packet cannot be one
     */
    int make(Packet packet, UdpPeer peer, boolean isToPeer, long destinationMac, long sourceMac) {
        int at = Ethernet.SIZE + peer.headerBytes();
        int length = codec.writeTransport(packet, bytes, at);
        if (length < 0 || at + length + Icrc.SIZE > bytes.length) {
            return -1;
        }
        Ethernet.put(bytes, destinationMac, sourceMac, peer.isV4() ? Ethernet.TYPE_IPV4 : Ethernet.TYPE_IPV6);
        peer.putHeaders(isToPeer, bytes, Ethernet.SIZE, length + Icrc.SIZE);
        Udp.DESTINATION_PORT.set(bytes, at - Udp.SIZE, Udp.PORT_ROCE_V2);
        if (peer.isV4()) {
            Ipv4.TIME_TO_LIVE.set(bytes, Ethernet.SIZE, TIME_TO_LIVE);
            Ipv4.CHECKSUM.set(bytes, Ethernet.SIZE, Ipv4.checksum(bytes, Ethernet.SIZE));
        } else {
            Ipv6.HOP_LIMIT.set(bytes, Ethernet.SIZE, TIME_TO_LIVE);
        }
        Icrc.put(bytes, at + length, icrc.ofRoceV2(bytes, Ethernet.SIZE, peer.headerBytes() + length));
        return at + length + Icrc.SIZE;
    }
}
