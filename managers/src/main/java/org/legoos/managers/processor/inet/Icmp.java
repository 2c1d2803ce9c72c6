package org.legoos.managers.processor.inet;

import java.util.Arrays;
import org.legoos.kernel.ib.ipoib.InternetChecksum;

/** Messages of ICMP (RFC 792) and ICMPv6 (RFC 4443): 8 bytes of header, then data. */
final class Icmp {
    static final int IPPROTO_ICMP = 1;
    static final int IPPROTO_ICMPV6 = 58;
    static final int HEADER_BYTES = 8;
    static final int ECHO = 8;
    static final int ECHO_REPLY = 0;
    static final int ECHO6 = 128;
    static final int ECHO_REPLY6 = 129;
    static final int DEST_UNREACH = 3;
    static final int DEST_UNREACH6 = 1;
    static final int PORT_UNREACH = 3;
    static final int PORT_UNREACH6 = 4;
    static final int CHECKSUM = 2;
    private static final int CODE = 1;
    private static final int IDENTIFIER = 4;
    /** As much of the packet that caused it as Linux quotes (ICMP: 576 bytes in all, ICMPv6: IPv6's least MTU). */
    private static final int QUOTED_BYTES = 548;
    private static final int QUOTED_BYTES6 = 1232;

    private Icmp() {}

    static int type(byte[] message) {
        return message[0] & 0xff;
    }

    static int code(byte[] message) {
        return message[CODE] & 0xff;
    }

    static int identifier(byte[] message) {
        return NetworkOrder.get16(message, IDENTIFIER);
    }

    static void setIdentifier(byte[] message, int identifier) {
        NetworkOrder.put16(message, IDENTIFIER, identifier);
    }

    static int protocol(boolean isV4) {
        return isV4 ? IPPROTO_ICMP : IPPROTO_ICMPV6;
    }

    static boolean isEcho(byte[] message, boolean isV4) {
        return type(message) == (isV4 ? ECHO : ECHO6) && code(message) == 0;
    }

    static boolean isEchoReply(byte[] message, boolean isV4) {
        return type(message) == (isV4 ? ECHO_REPLY : ECHO_REPLY6);
    }

    static boolean isWhole(IpPacket packet) {
        byte[] message = packet.payload();
        return message.length >= HEADER_BYTES && InternetChecksum.of(message, 0, message.length, pseudo(packet.from(), packet.to(), message)) == 0;
    }

    /** Puts the checksum in. */
    static void seal(byte[] message, IpAddress from, IpAddress to) {
        NetworkOrder.put16(message, CHECKSUM, 0);
        NetworkOrder.put16(message, CHECKSUM, InternetChecksum.of(message, 0, message.length, pseudo(from, to, message)));
    }

    private static int pseudo(IpAddress from, IpAddress to, byte[] message) {
        return from.isV4() ? 0 : PseudoHeader.sum(from, to, IPPROTO_ICMPV6, message.length);
    }

    /** The answer to an echo request. */
    static byte[] reply(IpPacket request) {
        byte[] message = request.payload().clone();
        message[0] = (byte) (request.to().isV4() ? ECHO_REPLY : ECHO_REPLY6);
        seal(message, request.to(), request.from());
        return message;
    }

    /** Tells the sender that nobody has the port; quotes the packet from its IP header on. */
    static IpPacket portUnreachable(IpPacket packet, byte[] whole) {
        boolean isV4 = packet.to().isV4();
        byte[] quoted = Arrays.copyOf(whole, Math.min(whole.length, isV4 ? QUOTED_BYTES : QUOTED_BYTES6));
        byte[] message = new byte[HEADER_BYTES + quoted.length];
        message[0] = (byte) (isV4 ? DEST_UNREACH : DEST_UNREACH6);
        message[CODE] = (byte) (isV4 ? PORT_UNREACH : PORT_UNREACH6);
        System.arraycopy(quoted, 0, message, HEADER_BYTES, quoted.length);
        seal(message, packet.to(), packet.from());
        return new IpPacket(packet.to(), packet.from(), protocol(isV4), IpOptions.DEFAULT_TTL, message);
    }
}
