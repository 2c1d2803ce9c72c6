package org.legoos.managers.processor.inet;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.socket.Message;
import org.legoos.managers.processor.socket.SocketNumbers;

/** Control messages of datagrams that arrive: what a socket asked to be told of a packet. {@link PacketWishes} has the other way. */
final class DatagramControl {
    private static final int SOL_SOCKET = 1;
    static final int PKTINFO_BYTES = 12; // struct in_pktinfo: interface, local address, destination
    static final int PKTINFO6_BYTES = 20; // struct in6_pktinfo: destination, interface
    private static final int EXTENDED_ERR_BYTES = 16;
    private static final int EE_ORIGIN = 4; // then type and code
    private static final int SO_EE_ORIGIN_ICMP = 2;
    private static final int SO_EE_ORIGIN_ICMP6 = 3;
    private static final long NS_PER_S = 1_000_000_000L;

    private DatagramControl() {}

    /** Adds what the socket's options ask for. */
    static void describe(Message m, InetSocket socket, Datagram packet) {
        if (m.controlRoom == 0) {
            return;
        }
        byte[] value = new byte[PKTINFO6_BYTES];
        if (socket.options().timestamps()) {
            Le.putLong(value, 0, packet.arrivedNs() / NS_PER_S);
            Le.putLong(value, Long.BYTES, packet.arrivedNs() % NS_PER_S / 1000);
            m.putControl(SOL_SOCKET, SocketNumbers.SO_TIMESTAMP, value, 2 * Long.BYTES);
        }
        IpOptions ip = socket.ip();
        int index = socket.stack().interfaces().towards(packet.to().address()).index();
        if (packet.to().address().isV4()) {
            describe4(m, ip, packet, index, value);
        }
        if (ip.isOn6(IpOptions.IPV6_RECVPKTINFO)) {
            packet.to().address().put6(value, 0);
            Le.putInt(value, 16, index);
            m.putControl(IpOptions.IPPROTO_IPV6, IpOptions.IPV6_PKTINFO, value, PKTINFO6_BYTES);
        }
        if (ip.isOn6(IpOptions.IPV6_RECVHOPLIMIT)) {
            Le.putInt(value, 0, packet.timeToLive());
            m.putControl(IpOptions.IPPROTO_IPV6, IpOptions.IPV6_HOPLIMIT, value, Integer.BYTES);
        }
        if (ip.isOn6(IpOptions.IPV6_RECVTCLASS)) {
            Le.putInt(value, 0, packet.typeOfService());
            m.putControl(IpOptions.IPPROTO_IPV6, IpOptions.IPV6_TCLASS, value, Integer.BYTES);
        }
    }

    /** struct sock_extended_err of ip(7), then the address of who said so. */
    static void describeRefusal(Message m, Datagram packet) {
        if (m.controlRoom == 0) {
            return;
        }
        boolean isV4 = packet.to().address().isV4();
        byte[] from = new Endpoint(packet.to().address(), 0).sockaddr(isV4 ? SocketNumbers.AF_INET : SocketNumbers.AF_INET6);
        byte[] value = new byte[EXTENDED_ERR_BYTES + from.length];
        Le.putInt(value, 0, Errno.ECONNREFUSED);
        value[EE_ORIGIN] = (byte) (isV4 ? SO_EE_ORIGIN_ICMP : SO_EE_ORIGIN_ICMP6);
        value[EE_ORIGIN + 1] = (byte) (isV4 ? Icmp.DEST_UNREACH : Icmp.DEST_UNREACH6);
        value[EE_ORIGIN + 2] = (byte) (isV4 ? Icmp.PORT_UNREACH : Icmp.PORT_UNREACH6);
        System.arraycopy(from, 0, value, EXTENDED_ERR_BYTES, from.length);
        m.putControl(isV4 ? IpOptions.IPPROTO_IP : IpOptions.IPPROTO_IPV6, isV4 ? IpOptions.IP_RECVERR : IpOptions.IPV6_RECVERR,
                value, value.length);
    }

    private static void describe4(Message m, IpOptions ip, Datagram packet, int index, byte[] value) {
        if (ip.isOn4(IpOptions.IP_PKTINFO)) {
            Le.putInt(value, 0, index);
            packet.to().address().put4(value, Integer.BYTES);
            packet.to().address().put4(value, 2 * Integer.BYTES);
            m.putControl(IpOptions.IPPROTO_IP, IpOptions.IP_PKTINFO, value, PKTINFO_BYTES);
        }
        if (ip.isOn4(IpOptions.IP_RECVTTL)) {
            Le.putInt(value, 0, packet.timeToLive());
            m.putControl(IpOptions.IPPROTO_IP, IpOptions.IP_TTL, value, Integer.BYTES);
        }
        if (ip.isOn4(IpOptions.IP_RECVTOS)) {
            value[0] = (byte) packet.typeOfService();
            m.putControl(IpOptions.IPPROTO_IP, IpOptions.IP_TOS, value, 1);
        }
    }
}
