package org.legoos.managers.processor.inet;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.legoos.kernel.ib.ipoib.InternetChecksum;
import org.legoos.kernel.syscall.Errno;

/**
 * IP packets as such: what raw sockets send and see, and ICMP. TCP has no packets in a node, so raw sockets of it see
 * nothing; UDP's packets are made for them as long as there are any. Thread-safe; no lock is held while a socket is called.
 */
final class RawNetwork {
    private static final int UDP_HEADER_BYTES = 8;
    private static final int UDP_DESTINATION = 2;
    private static final int UDP_LENGTH = 4;
    private static final int UDP_CHECKSUM = 6;

    private final InetStack stack;
    private final List<RawSocket> sockets = new CopyOnWriteArrayList<>();
    private final PortTable identifiers; // of ping sockets
    private final AtomicInteger identification = new AtomicInteger();

    RawNetwork(InetStack stack, int seed) {
        this.stack = stack;
        this.identifiers = new PortTable(false, seed);
    }

    List<RawSocket> sockets() {
        return sockets;
    }

    PortTable identifiers() {
        return identifiers;
    }

    void add(RawSocket socket) {
        sockets.add(socket);
    }

    void remove(RawSocket socket) {
        sockets.remove(socket);
    }

    /** The number of an IPv4 packet: never 0. */
    int nextIdentification() {
        return identification.updateAndGet(last -> last % 0xffff + 1);
    }

    /** Sends a packet to an address of the node or, as an echo request, to the gateway. @return 0 or a negative errno */
    int send(IpPacket packet) {
        Interfaces interfaces = stack.interfaces();
        IpAddress to = packet.to();
        boolean isGateway = to.equals(Interfaces.GATEWAY) && stack.host().isReachable(to);
        if (!interfaces.isLocal(to) && !to.isMulticast() && !interfaces.isBroadcast(to) && !isGateway) {
            return -Errno.ENETUNREACH; // the host carries TCP and UDP alone
        }
        InetCounters.Traffic traffic = isGateway ? stack.counters().ethernet : stack.counters().loopback;
        traffic.carried(packet.payload().length);
        if (!isGateway) {
            toRawSockets(packet);
        }
        boolean isIcmp = packet.protocol() == Icmp.protocol(to.isV4());
        if (isIcmp && Icmp.isWhole(packet)) {
            icmp(packet, interfaces.isLocal(to) || isGateway);
        } else if (packet.protocol() == UdpSocket.IPPROTO_UDP && interfaces.isLocal(to)) {
            udp(packet);
        }
        return 0;
    }

    private void toRawSockets(IpPacket packet) {
        if (sockets.isEmpty()) {
            return;
        }
        byte[] whole = packet.to().isV4() ? whole(packet) : packet.payload();
        Datagram datagram = new Datagram(new Endpoint(packet.from(), 0), new Endpoint(packet.to(), 0), whole,
                packet.timeToLive(), packet.typeOfService(), stack.clock().wallTimeNs());
        for (RawSocket socket : sockets) {
            if (socket.hears(packet)) {
                socket.deliver(datagram);
            }
        }
    }

    private byte[] whole(IpPacket packet) {
        if (packet.header() == null) {
            return packet.to().isV4() ? Ipv4Header.of(packet, nextIdentification()) : Ipv6Header.of(packet);
        }
        byte[] whole = Arrays.copyOf(packet.header(), packet.header().length + packet.payload().length);
        System.arraycopy(packet.payload(), 0, whole, packet.header().length, packet.payload().length);
        return whole;
    }

    private void icmp(IpPacket packet, boolean answers) {
        boolean isV4 = packet.to().isV4();
        byte[] message = packet.payload();
        if (Icmp.isEcho(message, isV4)) {
            if (answers) {
                send(new IpPacket(packet.to(), packet.from(), packet.protocol(), IpOptions.DEFAULT_TTL, packet.typeOfService(), null,
                        Icmp.reply(packet)));
            }
        } else if (Icmp.isEchoReply(message, isV4)) {
            Datagram reply = new Datagram(new Endpoint(packet.from(), 0), new Endpoint(packet.to(), Icmp.identifier(message)), message,
                    packet.timeToLive(), packet.typeOfService(), stack.clock().wallTimeNs());
            for (InetSocket socket : identifiers.at(Icmp.identifier(message))) {
                if (((PingSocket) socket).hears(packet)) {
                    ((PingSocket) socket).deliver(reply);
                }
            }
        }
    }

    /** A UDP packet that a raw socket made. */
    private void udp(IpPacket packet) {
        byte[] bytes = packet.payload();
        int length = bytes.length < UDP_HEADER_BYTES ? 0 : NetworkOrder.get16(bytes, UDP_LENGTH);
        if (length < UDP_HEADER_BYTES || length > bytes.length || !isUdpWhole(packet, length)) {
            return;
        }
        Datagram datagram = new Datagram(new Endpoint(packet.from(), NetworkOrder.get16(bytes, 0)),
                new Endpoint(packet.to(), NetworkOrder.get16(bytes, UDP_DESTINATION)), Arrays.copyOfRange(bytes, UDP_HEADER_BYTES, length),
                packet.timeToLive(), packet.typeOfService(), stack.clock().wallTimeNs());
        UdpSocket receiver = UdpSocket.receiver(stack.udpPorts(), datagram);
        if (receiver != null) {
            receiver.deliver(datagram);
        } else {
            unreachable(packet);
        }
    }

    /** Without a checksum (IPv4), or with a right one. */
    private static boolean isUdpWhole(IpPacket packet, int length) {
        boolean hasNone = NetworkOrder.get16(packet.payload(), UDP_CHECKSUM) == 0;
        return hasNone && packet.to().isV4()
                || InternetChecksum.of(packet.payload(), 0, length, PseudoHeader.sum(packet.from(), packet.to(), packet.protocol(), length)) == 0;
    }

    private void unreachable(IpPacket packet) {
        send(Icmp.portUnreachable(packet, whole(packet)));
    }

    /** A socket has sent a UDP packet: raw sockets see it, and the ICMP message when nobody has its port. */
    void sawUdp(Datagram datagram, boolean isReceived) {
        if (sockets.isEmpty()) {
            return;
        }
        IpAddress from = datagram.from().address();
        IpAddress to = datagram.to().address();
        byte[] bytes = new byte[UDP_HEADER_BYTES + datagram.data().length];
        NetworkOrder.put16(bytes, 0, datagram.from().port());
        NetworkOrder.put16(bytes, UDP_DESTINATION, datagram.to().port());
        NetworkOrder.put16(bytes, UDP_LENGTH, bytes.length);
        System.arraycopy(datagram.data(), 0, bytes, UDP_HEADER_BYTES, datagram.data().length);
        int sum = InternetChecksum.of(bytes, 0, bytes.length, PseudoHeader.sum(from, to, UdpSocket.IPPROTO_UDP, bytes.length));
        NetworkOrder.put16(bytes, UDP_CHECKSUM, sum == 0 ? 0xffff : sum);
        IpPacket packet = new IpPacket(from, to, UdpSocket.IPPROTO_UDP, datagram.timeToLive(), datagram.typeOfService(), null, bytes);
        toRawSockets(packet);
        if (!isReceived) {
            unreachable(packet);
        }
    }
}
