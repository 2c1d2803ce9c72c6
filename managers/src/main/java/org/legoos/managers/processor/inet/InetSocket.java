package org.legoos.managers.processor.inet;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.Capability;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.socket.Socket;
import org.legoos.managers.processor.socket.SocketNumbers;

/** What TCP and UDP sockets of both families share: addresses, binding, options of the IP levels. */
abstract class InetSocket extends Socket {
    static final int PRIVILEGED_PORTS = 1024;

    private final InetStack stack;
    private final PortTable ports;
    private final IpOptions ip;
    private volatile Endpoint local;
    private volatile Endpoint remote; // null when not connected
    private volatile boolean isBound;
    private volatile int owner;

    InetSocket(InetStack stack, PortTable ports, int family, int type, int protocol, int flags) {
        super(family, type, protocol, flags);
        this.stack = stack;
        this.ports = ports;
        this.ip = new IpOptions(family == SocketNumbers.AF_INET6);
        this.local = new Endpoint(any(), 0);
    }

    final InetStack stack() {
        return stack;
    }

    final PortTable ports() {
        return ports;
    }

    final IpOptions ip() {
        return ip;
    }

    final IpAddress any() {
        return family() == SocketNumbers.AF_INET6 ? IpAddress.ANY6 : IpAddress.ANY4;
    }

    /** IPV6_V6ONLY; an IPv4 socket is none. */
    final boolean isV6Only() {
        return ip.isV6Only();
    }

    /** The user id that made it: only the same one shares ports by SO_REUSEPORT. */
    final int owner() {
        return owner;
    }

    final void setOwner(int uid) {
        owner = uid;
    }

    final Endpoint local() {
        return local;
    }

    final void setLocal(Endpoint endpoint) {
        local = endpoint;
    }

    final Endpoint remote() {
        return remote;
    }

    final void setRemote(Endpoint endpoint) {
        remote = endpoint;
    }

    final boolean isBound() {
        return isBound;
    }

    final void setBound(boolean bound) {
        isBound = bound;
    }

    @Override
    public final synchronized int bind(UserThread t, byte[] address) {
        Endpoint wanted = wantedLocal(address);
        if (isBound || remote != null) {
            return -Errno.EINVAL;
        }
        IpAddress at = wanted.address();
        if (family() == SocketNumbers.AF_INET6 && at.isV4() && ip.isV6Only()) {
            return -Errno.EINVAL;
        }
        if (!stack.interfaces().isLocal(at) && !mayBindTo(at) && !ip.isFreeBind()) {
            return -Errno.EADDRNOTAVAIL;
        }
        if (asksForPorts() && wanted.port() > 0 && wanted.port() < PRIVILEGED_PORTS && !t.process().credentials().has(Capability.CAP_NET_BIND_SERVICE)) {
            return -Errno.EACCES;
        }
        return bindTo(at, wanted.port());
    }

    private Endpoint wantedLocal(byte[] address) {
        boolean isUnspecified = family() == SocketNumbers.AF_INET && address.length >= 16
                && Endpoint.family(address) == SocketNumbers.AF_UNSPEC;
        if (isUnspecified) {
            address[0] = SocketNumbers.AF_INET; // old programs leave it out
            Endpoint wanted = Endpoint.parse(address, family());
            if (!wanted.address().isAny()) {
                throw SysError.of(Errno.EAFNOSUPPORT);
            }
            return wanted;
        }
        if (address.length >= 2 && Endpoint.family(address) != family()) {
            throw SysError.of(Errno.EAFNOSUPPORT);
        }
        return Endpoint.parse(address, family());
    }

    /** Addresses that are not the node's: groups and broadcast, for datagrams. */
    boolean mayBindTo(IpAddress address) {
        return false;
    }

    /** Whether the low ports need a right; raw and ping sockets have none. */
    boolean asksForPorts() {
        return true;
    }

    /** Binds under the socket's lock. @return 0 or -EADDRINUSE */
    int bindTo(IpAddress address, int port) {
        int chosen = ports.bind(this, address, port);
        if (chosen < 0) {
            return chosen;
        }
        local = new Endpoint(address, chosen);
        isBound = true;
        return 0;
    }

    /** Gives the socket a port when it has none. @return 0 or -EADDRINUSE */
    final int bindIfNeeded() {
        return isBound ? 0 : bindTo(any(), 0);
    }

    final void unbind() {
        ports.remove(this);
        isBound = false;
    }

    @Override
    public final byte[] name(UserThread t) {
        return inOwnFamily(local).sockaddr(family());
    }

    @Override
    public byte[] peerName(UserThread t) {
        Endpoint peer = remote;
        return peer == null ? null : inOwnFamily(peer).sockaddr(family());
    }

    /** An IPv6 socket that is bound to everything says "::", not "::ffff:0.0.0.0". */
    private Endpoint inOwnFamily(Endpoint endpoint) {
        boolean isAny4 = family() == SocketNumbers.AF_INET6 && endpoint.address().equals(IpAddress.ANY4);
        return isAny4 ? new Endpoint(IpAddress.ANY6, endpoint.port()) : endpoint;
    }

    /** Where a program wants to send or connect to; "any" is this node, as in Linux. */
    final Endpoint destination(byte[] address) {
        Endpoint to = Endpoint.parse(address, family());
        if (to.address().isAny()) {
            return new Endpoint(to.address().isV4() ? IpAddress.LOOPBACK4 : IpAddress.LOOPBACK6, to.port());
        }
        if (to.address().isV4() && ip.isV6Only()) {
            throw SysError.of(Errno.ENETUNREACH);
        }
        return to;
    }

    /** Whether an IPv4 address and this socket's own can speak with each other. */
    final boolean isReachableFamily(IpAddress address) {
        IpAddress own = local.address();
        return own.equals(IpAddress.ANY6) || own.isV4() == address.isV4();
    }

    /** One line's columns of /proc/net/tcp and udp: state, queued to send, queued to read. */
    abstract int stateNumber();

    abstract int receiveQueueBytes();
}
