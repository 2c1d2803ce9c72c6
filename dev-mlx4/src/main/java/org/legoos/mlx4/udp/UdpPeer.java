package org.legoos.mlx4.udp;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.legoos.mlx4.wire.Ipv4;
import org.legoos.mlx4.wire.Ipv6;
import org.legoos.mlx4.wire.Udp;

/**
 * Another card on the UDP wire: its LID, its address, and the IP and UDP headers that packets between it and us have,
 * for the ICRC covers them. A socket shows neither side's IP header, so both must know it: kernels give datagrams of
 * an unconnected socket that may not be fragmented the identification 0 and set DF (Linux, ip_select_ident).
 */
final class UdpPeer {
    private static final int FLAG_DONT_FRAGMENT = 0x4000;

    final int lid;
    final InetAddress address;
    final int port;
    private final boolean isV4;
    private final byte[] toPeer;
    private final byte[] fromPeer;
    /** What we share with it, when it is on this host; the wire's agent's. Null: nothing. */
    PeerRings rings;

    UdpPeer(int lid, InetSocketAddress local, InetSocketAddress peer) {
        if (local.getAddress().getClass() != peer.getAddress().getClass()) {
            throw new IllegalArgumentException(local + " and " + peer + " are of different IP versions");
        }
        this.lid = lid;
        this.address = peer.getAddress();
        this.port = peer.getPort();
        this.isV4 = address instanceof Inet4Address;
        toPeer = headers(local, peer);
        fromPeer = headers(peer, local);
    }

    private static byte[] headers(InetSocketAddress from, InetSocketAddress to) {
        boolean v4 = from.getAddress() instanceof Inet4Address;
        int udp = v4 ? Ipv4.SIZE : Ipv6.SIZE;
        byte[] bytes = new byte[udp + Udp.SIZE];
        ByteBuffer source = ByteBuffer.wrap(from.getAddress().getAddress());
        ByteBuffer destination = ByteBuffer.wrap(to.getAddress().getAddress());
        if (v4) {
            Ipv4.VERSION.set(bytes, 0, Ipv4.VERSION_4);
            Ipv4.HEADER_WORDS.set(bytes, 0, Ipv4.SIZE / 4);
            Ipv4.FLAGS_AND_OFFSET.set(bytes, 0, FLAG_DONT_FRAGMENT);
            Ipv4.PROTOCOL.set(bytes, 0, Ipv4.PROTOCOL_UDP);
            Ipv4.SOURCE.set(bytes, 0, source.getInt());
            Ipv4.DESTINATION.set(bytes, 0, destination.getInt());
        } else {
            Ipv6.VERSION.set(bytes, 0, 6);
            Ipv6.NEXT_HEADER.set(bytes, 0, Ipv4.PROTOCOL_UDP);
            Ipv6.SOURCE_HIGH.set(bytes, 0, source.getLong());
            Ipv6.SOURCE_LOW.set(bytes, 0, source.getLong());
            Ipv6.DESTINATION_HIGH.set(bytes, 0, destination.getLong());
            Ipv6.DESTINATION_LOW.set(bytes, 0, destination.getLong());
        }
        Udp.SOURCE_PORT.set(bytes, udp, from.getPort());
        Udp.DESTINATION_PORT.set(bytes, udp, to.getPort());
        return bytes;
    }

    boolean isV4() {
        return isV4;
    }

    /** Bytes of IP and UDP header. */
    int headerBytes() {
        return toPeer.length;
    }

    /** IP and UDP headers for an IPv6 wire, at most. */
    static int headerBytesMax() {
        return Ipv6.SIZE + Udp.SIZE;
    }

    /** Puts IP and UDP headers before a payload of that many bytes, as they are on the way to the peer or from it. */
    void putHeaders(boolean isToPeer, byte[] bytes, int payloadBytes) {
        putHeaders(isToPeer, bytes, 0, payloadBytes);
    }

    void putHeaders(boolean isToPeer, byte[] bytes, int at, int payloadBytes) {
        System.arraycopy(isToPeer ? toPeer : fromPeer, 0, bytes, at, toPeer.length);
        int udpBytes = Udp.SIZE + payloadBytes;
        if (isV4) {
            Ipv4.TOTAL_LENGTH.set(bytes, at, Ipv4.SIZE + udpBytes);
            Udp.LENGTH.set(bytes, at + Ipv4.SIZE, udpBytes);
        } else {
            Ipv6.PAYLOAD_LENGTH.set(bytes, at, udpBytes);
            Udp.LENGTH.set(bytes, at + Ipv6.SIZE, udpBytes);
        }
    }

    /** An IPv6 address without what is only of this host. */
    static String show(InetAddress address, int port) {
        String host = address.getHostAddress();
        return address instanceof Inet6Address ? "[" + host + "]:" + port : host + ":" + port;
    }
}
