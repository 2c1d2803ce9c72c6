package org.legoos.managers.processor.inet;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.socket.AddressFamily;
import org.legoos.managers.processor.socket.Socket;
import org.legoos.managers.processor.socket.SocketNumbers;

/** AF_INET or AF_INET6: TCP, UDP, UDP-Lite, ping and raw sockets. */
public final class InetFamily implements AddressFamily {
    private static final int IPPROTO_MAX = 263;

    private final InetStack stack;
    private final int family;

    /** @param family AF_INET or AF_INET6 */
    public InetFamily(InetStack stack, int family) {
        this.stack = stack;
        this.family = family;
    }

    @Override
    public Socket create(UserThread t, int type, int protocol, int flags) {
        require(protocol >= 0 && protocol < IPPROTO_MAX, Errno.EINVAL);
        InetSocket socket = switch (type) {
            case SocketNumbers.SOCK_STREAM -> {
                require(protocol == 0 || protocol == TcpOptions.IPPROTO_TCP, Errno.EPROTONOSUPPORT);
                yield new TcpSocket(stack, family, flags);
            }
            case SocketNumbers.SOCK_DGRAM -> datagram(t, protocol, flags);
            case SocketNumbers.SOCK_RAW -> {
                require(protocol != 0, Errno.EPROTONOSUPPORT);
                require(t.process().credentials().has(Capability.CAP_NET_RAW), Errno.EPERM);
                yield new RawSocket(stack, family, protocol, flags);
            }
            default -> throw SysError.of(Errno.ESOCKTNOSUPPORT);
        };
        socket.setOwner(t.process().credentials().euid);
        return socket;
    }

    private InetSocket datagram(UserThread t, int protocol, int flags) {
        if (protocol == Icmp.protocol(family == SocketNumbers.AF_INET)) {
            require(t.process().manager().sysctls().mayPing(t.process().credentials()), Errno.EACCES);
            return new PingSocket(stack, family, flags);
        }
        boolean isUdp = protocol == 0 || protocol == UdpSocket.IPPROTO_UDP;
        require(isUdp || protocol == UdpSocket.IPPROTO_UDPLITE, Errno.EPROTONOSUPPORT);
        return new UdpSocket(stack, family, isUdp ? UdpSocket.IPPROTO_UDP : protocol, flags);
    }

    private static void require(boolean holds, int errno) {
        if (!holds) {
            throw SysError.of(errno);
        }
    }
}
