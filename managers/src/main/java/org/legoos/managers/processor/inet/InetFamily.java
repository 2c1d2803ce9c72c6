package org.legoos.managers.processor.inet;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.socket.AddressFamily;
import org.legoos.managers.processor.socket.Socket;
import org.legoos.managers.processor.socket.SocketNumbers;

/** AF_INET or AF_INET6: TCP and UDP. Raw and ping sockets need rights that no program of a node has. */
public final class InetFamily implements AddressFamily {
    private static final int IPPROTO_ICMP = 1;
    private static final int IPPROTO_ICMPV6 = 58;

    private final InetStack stack;
    private final int family;

    /** @param family AF_INET or AF_INET6 */
    public InetFamily(InetStack stack, int family) {
        this.stack = stack;
        this.family = family;
    }

    @Override
    public Socket create(UserThread t, int type, int protocol, int flags) {
        InetSocket socket = switch (type) {
            case SocketNumbers.SOCK_STREAM -> {
                require(protocol == 0 || protocol == TcpOptions.IPPROTO_TCP, Errno.EPROTONOSUPPORT);
                yield new TcpSocket(stack, family, flags);
            }
            case SocketNumbers.SOCK_DGRAM -> {
                require(protocol != IPPROTO_ICMP && protocol != IPPROTO_ICMPV6, Errno.EACCES);
                require(protocol == 0 || protocol == UdpSocket.IPPROTO_UDP, Errno.EPROTONOSUPPORT);
                yield new UdpSocket(stack, family, flags);
            }
            case SocketNumbers.SOCK_RAW -> throw SysError.of(protocol == 0 ? Errno.EPROTONOSUPPORT : Errno.EPERM);
            default -> throw SysError.of(Errno.ESOCKTNOSUPPORT);
        };
        socket.setOwner(t.process().credentials().euid);
        return socket;
    }

    private static void require(boolean holds, int errno) {
        if (!holds) {
            throw SysError.of(errno);
        }
    }
}
