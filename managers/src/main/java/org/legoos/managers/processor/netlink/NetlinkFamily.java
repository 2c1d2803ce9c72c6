package org.legoos.managers.processor.netlink;

import java.util.HashSet;
import java.util.Set;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.inet.InetStack;
import org.legoos.managers.processor.socket.AddressFamily;
import org.legoos.managers.processor.socket.Socket;
import org.legoos.managers.processor.socket.SocketNumbers;

/** AF_NETLINK: NETLINK_ROUTE, with which programs list interfaces, addresses and routes. Thread-safe. */
public final class NetlinkFamily implements AddressFamily {
    static final int NETLINK_ROUTE = 0;

    private final InetStack stack;
    private final Set<Integer> ports = new HashSet<>(); // guarded by this
    private int nextPort = -4097; // of sockets whose process id is taken, downwards as in Linux; guarded by this

    public NetlinkFamily(InetStack stack) {
        this.stack = stack;
    }

    @Override
    public Socket create(UserThread t, int type, int protocol, int flags) {
        if (type != SocketNumbers.SOCK_RAW && type != SocketNumbers.SOCK_DGRAM) {
            throw SysError.of(Errno.ESOCKTNOSUPPORT);
        }
        if (protocol != NETLINK_ROUTE) {
            throw SysError.of(Errno.EPROTONOSUPPORT);
        }
        return new RouteSocket(this, stack, type, flags);
    }

    /** @param wanted 0 for any. @return the port, or 0 when the wanted one is taken */
    synchronized int allocate(int wanted, int pid) {
        if (wanted != 0) {
            return ports.add(wanted) ? wanted : 0;
        }
        if (ports.add(pid)) {
            return pid;
        }
        while (!ports.add(nextPort)) {
            nextPort--;
        }
        return nextPort--;
    }

    synchronized void free(int port) {
        ports.remove(port);
    }
}
