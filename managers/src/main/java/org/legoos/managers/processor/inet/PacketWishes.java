package org.legoos.managers.processor.inet;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.socket.Message;

/**
 * How a program wants one datagram to be sent, by the control messages of sendmsg(2); ip(7), ipv6(7).
 *
 * @param source its source address (IP_PKTINFO, IPV6_PKTINFO), null for the socket's
 * @param timeToLive IP_TTL or IPV6_HOPLIMIT, negative for the socket's; {@code typeOfService} likewise
 */
record PacketWishes(IpAddress source, int timeToLive, int typeOfService) {
    static final PacketWishes NONE = new PacketWishes(null, -1, -1);

    private static final int SOL_SOCKET = 1;
    private static final int BYTE_MAX = 255;

    /** @throws SysError EINVAL for messages that are broken or unknown */
    static PacketWishes of(Message m) {
        PacketWishes wishes = NONE;
        int at = 0;
        while (at + Message.CMSG_HEADER_BYTES <= m.controlLength) {
            long length = Le.getLong(m.control, at);
            if (length < Message.CMSG_HEADER_BYTES || length > m.controlLength - at) {
                throw SysError.of(Errno.EINVAL);
            }
            int data = at + Message.CMSG_HEADER_BYTES;
            int bytes = (int) length - Message.CMSG_HEADER_BYTES;
            wishes = switch (Le.getInt(m.control, at + 8)) {
                case SOL_SOCKET -> wishes;
                case IpOptions.IPPROTO_IP -> wishes.with4(Le.getInt(m.control, at + 12), m.control, data, bytes);
                case IpOptions.IPPROTO_IPV6 -> wishes.with6(Le.getInt(m.control, at + 12), m.control, data, bytes);
                default -> throw SysError.of(Errno.EINVAL);
            };
            at += (int) (length + 7 & -8);
        }
        return wishes;
    }

    private PacketWishes with4(int type, byte[] from, int at, int bytes) {
        return switch (type) {
            case IpOptions.IP_PKTINFO -> bytes < DatagramControl.PKTINFO_BYTES ? refused()
                    : with(IpAddress.of(from, at + Integer.BYTES, Integer.BYTES));
            case IpOptions.IP_TTL -> new PacketWishes(source, number(from, at, bytes, 1), typeOfService);
            case IpOptions.IP_TOS -> new PacketWishes(source, timeToLive,
                    bytes == 1 ? from[at] & BYTE_MAX : number(from, at, bytes, 0));
            default -> refused();
        };
    }

    private PacketWishes with6(int type, byte[] from, int at, int bytes) {
        return switch (type) {
            case IpOptions.IPV6_PKTINFO -> bytes < DatagramControl.PKTINFO6_BYTES ? refused() : with(IpAddress.of(from, at, 16));
            case IpOptions.IPV6_HOPLIMIT -> new PacketWishes(source, number(from, at, bytes, -1), typeOfService);
            case IpOptions.IPV6_TCLASS -> new PacketWishes(source, timeToLive, number(from, at, bytes, -1));
            default -> refused();
        };
    }

    private PacketWishes with(IpAddress wanted) {
        return new PacketWishes(wanted.isAny() ? null : wanted, timeToLive, typeOfService);
    }

    private static int number(byte[] from, int at, int bytes, int min) {
        int value = bytes == Integer.BYTES ? Le.getInt(from, at) : Integer.MIN_VALUE;
        if (value < min || value > BYTE_MAX) {
            throw SysError.of(Errno.EINVAL);
        }
        return value;
    }

    private static PacketWishes refused() {
        throw SysError.of(Errno.EINVAL);
    }
}
