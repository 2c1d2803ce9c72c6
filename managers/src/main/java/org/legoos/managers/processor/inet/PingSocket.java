package org.legoos.managers.processor.inet;

import java.lang.foreign.ValueLayout;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.socket.Message;
import org.legoos.managers.processor.socket.SocketNumbers;

/**
 * An ICMP datagram socket (icmp(7), "ping socket"): sends echo requests with its port as their identifier and gets the
 * replies to them. Who may have one says net.ipv4.ping_group_range.
 */
final class PingSocket extends PacketSocket {
    private static final int MESSAGE_MAX = 65535;

    PingSocket(InetStack stack, int family, int flags) {
        super(stack, stack.raw().identifiers(), family, SocketNumbers.SOCK_DGRAM, Icmp.protocol(family == SocketNumbers.AF_INET), flags);
        options().setReuseAddress();
    }

    private boolean isV4() {
        return family() == SocketNumbers.AF_INET;
    }

    @Override
    boolean asksForPorts() {
        return false;
    }

    @Override
    public synchronized int connect(UserThread t, byte[] address) {
        if (address.length >= 2 && Endpoint.family(address) == SocketNumbers.AF_UNSPEC) {
            setRemote(null);
            return 0;
        }
        Endpoint to = destination(address);
        if (!isDeliverable(to.address())) {
            return -Errno.ENETUNREACH;
        }
        if (bindIfNeeded() < 0) {
            return -Errno.EAGAIN;
        }
        connectTo(to);
        return 0;
    }

    boolean hears(IpPacket packet) {
        IpAddress bound = local().address();
        Endpoint peer = remote();
        return isV4() == packet.to().isV4() && (bound.isAny() || bound.equals(packet.to()))
                && (peer == null || peer.address().equals(packet.from()));
    }

    @Override
    public int send(UserThread t, Message m) {
        synchronized (this) {
            if (bindIfNeeded() < 0) { // first of all, as in Linux
                return -Errno.EAGAIN;
            }
        }
        if (m.length > MESSAGE_MAX - (isV4() ? Ipv4Header.BYTES : 0)) {
            return -Errno.EMSGSIZE;
        }
        if (m.has(SocketNumbers.MSG_OOB)) {
            return -Errno.EOPNOTSUPP;
        }
        if (m.length < Icmp.HEADER_BYTES) {
            return -Errno.EINVAL;
        }
        byte[] message = m.data.asSlice(m.at, m.length).toArray(ValueLayout.JAVA_BYTE);
        if (!Icmp.isEcho(message, isV4())) {
            return -Errno.EINVAL;
        }
        Endpoint to = m.name == null ? remote() : destination(m.name);
        if (to == null) {
            return -Errno.EDESTADDRREQ;
        }
        if (to.address().isV4() != isV4()) {
            return -Errno.EINVAL;
        }
        PacketWishes wishes = PacketWishes.of(m);
        IpAddress bound = local().address();
        IpAddress from = wishes.source() != null ? wishes.source() : bound.isAny() ? stack().interfaces().sourceFor(to.address()) : bound;
        Icmp.setIdentifier(message, local().port());
        Icmp.seal(message, from, to.address());
        int error = stack().raw().send(packet(from, to.address(), wishes, message));
        return error < 0 ? error : m.length;
    }

    @Override
    public int setOption(UserThread t, int level, int name, byte[] value, int lengthBytes) {
        boolean isIp = level == IpOptions.IPPROTO_IP || level == IpOptions.IPPROTO_IPV6;
        return isIp ? ip().set(level, name, value, lengthBytes, isBound(), stack().interfaces()) : -Errno.ENOPROTOOPT;
    }

    @Override
    public byte[] option(UserThread t, int level, int name) {
        boolean isIp = level == IpOptions.IPPROTO_IP || level == IpOptions.IPPROTO_IPV6;
        return isIp ? ip().get(level, name) : null;
    }

    @Override
    protected void closed() {
        closeQueue();
        unbind();
    }
}
