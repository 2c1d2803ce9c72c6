package org.legoos.managers.processor.inet;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.socket.SocketNumbers;

/**
 * An address with a port: struct sockaddr_in of ip(7) or sockaddr_in6 of ipv6(7).
 *
 * @param port 0 to 65535
 */
public record Endpoint(IpAddress address, int port) {
    /** struct sockaddr_in: family, port (big-endian), address, 8 bytes of nothing. */
    private static final int IN_BYTES = 16;
    private static final int IN_ADDR = 4;
    /** struct sockaddr_in6: family, port, flowinfo, address, scope_id; without the last one in RFC 2133. */
    private static final int IN6_BYTES = 28;
    private static final int IN6_BYTES_MIN = 24;
    private static final int IN6_ADDR = 8;
    private static final int PORT = 2;

    /** The family of a struct sockaddr, AF_UNSPEC when it is too short for one. */
    static int family(byte[] address) {
        return address.length < 2 ? SocketNumbers.AF_UNSPEC : Le.getShort(address, 0);
    }

    /**
     * The endpoint that a program named.
     *
     * @param family the socket's: IPv6 sockets take IPv4's form too
     * @throws SysError EINVAL (too short), EAFNOSUPPORT
     */
    static Endpoint parse(byte[] address, int family) {
        int given = family(address);
        boolean isIn4 = given == SocketNumbers.AF_INET;
        if (address.length < (isIn4 || family == SocketNumbers.AF_INET ? IN_BYTES : IN6_BYTES_MIN)) {
            throw SysError.of(Errno.EINVAL);
        }
        if (isIn4) {
            return new Endpoint(IpAddress.of(address, IN_ADDR, Integer.BYTES), port(address));
        }
        if (given != SocketNumbers.AF_INET6 || family != SocketNumbers.AF_INET6) {
            throw SysError.of(Errno.EAFNOSUPPORT);
        }
        return new Endpoint(IpAddress.of(address, IN6_ADDR, 2 * Long.BYTES), port(address));
    }

    private static int port(byte[] address) {
        return (address[PORT] & 0xff) << 8 | address[PORT + 1] & 0xff;
    }

    /** The struct sockaddr for a socket of that family. */
    byte[] sockaddr(int family) {
        boolean isIn4 = family == SocketNumbers.AF_INET;
        byte[] to = new byte[isIn4 ? IN_BYTES : IN6_BYTES];
        Le.putShort(to, 0, family);
        to[PORT] = (byte) (port >>> 8);
        to[PORT + 1] = (byte) port;
        if (isIn4) {
            address.put4(to, IN_ADDR);
        } else {
            address.put6(to, IN6_ADDR);
        }
        return to;
    }

    @Override
    public String toString() {
        return address.isV4() ? address + ":" + port : "[" + address + "]:" + port;
    }
}
