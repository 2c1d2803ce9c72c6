package org.legoos.managers.processor.inet;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.ValueLayout;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.socket.Message;
import org.legoos.managers.processor.socket.SocketNumbers;
import org.legoos.managers.processor.socket.SocketOptions;

/** A UDP or UDP-Lite socket (udp(7), udplite(7)) of either family. Packets inside the node go straight into the receiver's queue. Thread-safe. */
final class UdpSocket extends PacketSocket implements HostDatagrams.Receiver {
    static final int IPPROTO_UDP = 17;
    private static final int UDP_CORK = 1;
    /** 65535 less the headers of IP and UDP. */
    private static final int DATA_MAX = 65507;
    static final int IPPROTO_UDPLITE = 136;
    private static final int UDPLITE_SEND_CSCOV = 10;
    private static final int UDPLITE_RECV_CSCOV = 11;
    /** What UDP-Lite's checksum covers at least: its header. */
    private static final int COVERAGE_MIN = 8;
    private static final int COVERAGE_MAX = 65535;

    private boolean isCorked;
    private ByteArrayOutputStream corked; // not null while a packet is being put together
    private Endpoint corkedTo;
    private HostDatagrams host;
    private final int[] coverage = new int[2]; // UDP-Lite: of what is sent, of what is received

    UdpSocket(InetStack stack, int family, int protocol, int flags) {
        super(stack, protocol == IPPROTO_UDPLITE ? stack.udpLitePorts() : stack.udpPorts(), family, SocketNumbers.SOCK_DGRAM, protocol, flags);
    }

    @Override
    public int messageMax() {
        return DATA_MAX;
    }

    @Override
    boolean mayBindTo(IpAddress address) {
        return address.isMulticast() || stack().interfaces().isBroadcast(address);
    }

    @Override
    public synchronized int connect(UserThread t, byte[] address) {
        if (address.length >= 2 && Endpoint.family(address) == SocketNumbers.AF_UNSPEC) {
            setRemote(null);
            return 0;
        }
        Endpoint to = destination(address);
        if (!isReachableFamily(to.address())) {
            return to.address().isV4() ? -Errno.ENETUNREACH : -Errno.EINVAL;
        }
        if (stack().interfaces().isBroadcast(to.address()) && !options().broadcast()) {
            return -Errno.EACCES;
        }
        if (!isDeliverable(to.address())) {
            return -Errno.ENETUNREACH;
        }
        if (bindIfNeeded() < 0) {
            return -Errno.EAGAIN;
        }
        connectTo(to);
        return 0;
    }

    // ---- sending

    @Override
    public int send(UserThread t, Message m) {
        if (m.length > DATA_MAX) {
            return -Errno.EMSGSIZE;
        }
        if (m.has(SocketNumbers.MSG_OOB)) {
            return -Errno.EOPNOTSUPP;
        }
        if (isShut(SocketNumbers.SEND_SHUT)) {
            return -Errno.EPIPE;
        }
        int pending = takeError();
        if (pending != 0) {
            return -pending;
        }
        Endpoint to = m.name == null ? remote() : destination(m.name);
        if (to == null) {
            return -Errno.EDESTADDRREQ;
        }
        if (to.port() == 0) {
            return -Errno.EINVAL;
        }
        byte[] data = m.data.asSlice(m.at, m.length).toArray(ValueLayout.JAVA_BYTE);
        synchronized (this) {
            if (isCorked || m.has(SocketNumbers.MSG_MORE) || corked != null) {
                return cork(to, data, m.has(SocketNumbers.MSG_MORE));
            }
        }
        int error = emit(to, PacketWishes.of(m), data);
        return error < 0 ? error : m.length;
    }

    /** UDP_CORK and MSG_MORE: several sends make one packet. */
    private int cork(Endpoint to, byte[] data, boolean isMore) {
        corked = corked == null ? new ByteArrayOutputStream() : corked;
        if (corked.size() + data.length > DATA_MAX) {
            corked = null;
            return -Errno.EMSGSIZE;
        }
        corked.writeBytes(data);
        corkedTo = to;
        int error = isCorked || isMore ? 0 : uncork();
        return error < 0 ? error : data.length;
    }

    private int uncork() {
        byte[] whole = corked == null ? null : corked.toByteArray();
        corked = null;
        return whole == null ? 0 : emit(corkedTo, PacketWishes.NONE, whole);
    }

    private int emit(Endpoint to, PacketWishes wishes, byte[] data) {
        Interfaces interfaces = stack().interfaces();
        boolean isBroadcast = interfaces.isBroadcast(to.address());
        if (isBroadcast && !options().broadcast()) {
            return -Errno.EACCES;
        }
        if (wishes.source() != null && !interfaces.isLocal(wishes.source())) {
            return -Errno.EINVAL;
        }
        synchronized (this) {
            if (!isReachableFamily(to.address())) {
                return -Errno.ENETUNREACH;
            }
            if (bindIfNeeded() < 0) {
                return -Errno.EAGAIN;
            }
        }
        IpAddress bound = local().address();
        IpAddress source = wishes.source() != null ? wishes.source()
                : bound.isAny() || bound.isMulticast() ? interfaces.sourceFor(to.address()) : bound;
        Datagram packet = new Datagram(new Endpoint(source, local().port()), to, data,
                wishes.timeToLive() >= 0 ? wishes.timeToLive() : ip().timeToLive(to.address()),
                wishes.typeOfService() >= 0 ? wishes.typeOfService() : ip().typeOfService(to.address()),
                stack().clock().wallTimeNs());
        if (to.address().isMulticast() || isBroadcast) {
            spread(packet, isBroadcast);
            return 0;
        }
        return interfaces.isLocal(to.address()) ? deliverLocally(packet) : sendOut(packet);
    }

    private int deliverLocally(Datagram packet) {
        stack().counters().loopback.carried(packet.data().length);
        UdpSocket receiver = receiver(ports(), packet);
        if (receiver != null) {
            receiver.deliver(packet);
        } else {
            refused(packet); // the ICMP message that nobody has the port
        }
        if (protocol() == IPPROTO_UDP) {
            stack().raw().sawUdp(packet, receiver != null);
        }
        return 0;
    }

    /** The socket that a packet inside the node is for, or null. */
    static UdpSocket receiver(PortTable ports, Datagram packet) {
        return (UdpSocket) ports.best(packet.to().port(), packet.from().hashCode() * 0x9e3779b9 >>> 8,
                socket -> ((UdpSocket) socket).fit(packet));
    }

    /** As {@link InetStack#fit}, where a socket connected to the sender wins and one connected elsewhere does not count. */
    private int fit(Datagram packet) {
        int how = InetStack.fit(this, packet.to().address());
        Endpoint peer = remote();
        if (how < 0 || peer == null) {
            return how;
        }
        return peer.equals(packet.from()) ? how + 4 : -1;
    }

    /** To every socket that hears the group, or all for a broadcast. */
    private void spread(Datagram packet, boolean isBroadcast) {
        if (!isBroadcast && !ip().loopsMulticast(packet.to().address().isV4())) {
            return;
        }
        for (InetSocket socket : ports().at(packet.to().port())) {
            if (((UdpSocket) socket).hears(packet, isBroadcast)) {
                ((UdpSocket) socket).deliver(packet);
            }
        }
    }

    private boolean hears(Datagram packet, boolean isBroadcast) {
        IpAddress group = packet.to().address();
        IpAddress bound = local().address();
        boolean isAddressed = bound.equals(group)
                || bound.isAny() && PortTable.overlaps(bound, isV6Only(), group, false);
        Endpoint peer = remote();
        boolean isFromPeer = peer == null || peer.equals(packet.from());
        return isAddressed && isFromPeer && (isBroadcast || ip().isMember(group)
                || ip().hearsAllGroups() && isJoinedByAnyone(group));
    }

    private boolean isJoinedByAnyone(IpAddress group) {
        return ports().all().stream().anyMatch(socket -> socket.ip().isMember(group));
    }

    private int sendOut(Datagram packet) {
        if (protocol() != IPPROTO_UDP || !stack().host().isReachable(packet.to().address())) {
            return -Errno.ENETUNREACH;
        }
        HostDatagrams way;
        synchronized (this) {
            if (host == null && !isClosed()) {
                host = stack().host().openDatagrams(packet.to().address().isV4(), this);
            }
            way = host;
        }
        stack().counters().ethernet.carried(packet.data().length);
        return way == null ? -Errno.ENETUNREACH : way.send(packet.to(), packet.data());
    }

    // ---- receiving

    @Override
    public void received(Endpoint from, byte[] data) {
        Endpoint peer = remote();
        if (peer == null || peer.equals(from)) {
            deliver(new Datagram(from, new Endpoint(stack().interfaces().sourceFor(from.address()), local().port()), data,
                    ip().timeToLive(from.address()), 0, stack().clock().wallTimeNs()));
        }
    }

    @Override
    public void failed(int errno) {
        if (remote() != null) {
            fail(errno);
        }
    }

    @Override
    public int setOption(UserThread t, int level, int name, byte[] value, int lengthBytes) {
        switch (level) {
            case IPPROTO_UDP, IPPROTO_UDPLITE -> {
                if (lengthBytes < Integer.BYTES) {
                    return -Errno.EINVAL;
                }
                if (isCoverage(name)) {
                    int wanted = Le.getInt(value, 0);
                    coverage[name - UDPLITE_SEND_CSCOV] = wanted == 0 ? 0 : Math.clamp(wanted, COVERAGE_MIN, COVERAGE_MAX);
                    return 0;
                }
                if (name != UDP_CORK) {
                    return -Errno.ENOPROTOOPT;
                }
                synchronized (this) {
                    isCorked = Le.getInt(value, 0) != 0;
                    return isCorked ? 0 : uncork();
                }
            }
            case IpOptions.IPPROTO_IP, IpOptions.IPPROTO_IPV6 -> {
                return ip().set(level, name, value, lengthBytes, isBound(), stack().interfaces());
            }
            default -> {
                return -Errno.ENOPROTOOPT;
            }
        }
    }

    @Override
    public byte[] option(UserThread t, int level, int name) {
        return switch (level) {
            case IPPROTO_UDP, IPPROTO_UDPLITE -> isCoverage(name) ? SocketOptions.number(coverage[name - UDPLITE_SEND_CSCOV])
                    : name == UDP_CORK ? SocketOptions.number(isCorked ? 1 : 0) : null;
            case IpOptions.IPPROTO_IP, IpOptions.IPPROTO_IPV6 -> ip().get(level, name);
            default -> null;
        };
    }

    /** An option of UDP-Lite alone: how much of a packet the checksum covers, of which there is none inside a node. */
    private boolean isCoverage(int name) {
        return protocol() == IPPROTO_UDPLITE && (name == UDPLITE_SEND_CSCOV || name == UDPLITE_RECV_CSCOV);
    }

    @Override
    protected void closed() {
        HostDatagrams way;
        closeQueue();
        synchronized (this) {
            way = host;
            host = null;
        }
        unbind();
        if (way != null) {
            way.close();
        }
    }
}
