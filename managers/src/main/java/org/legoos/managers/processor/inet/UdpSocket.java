package org.legoos.managers.processor.inet;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.socket.Message;
import org.legoos.managers.processor.socket.SocketNumbers;
import org.legoos.managers.processor.socket.SocketOptions;

/** A UDP socket (udp(7)) of either family. Packets inside the node go straight into the receiver's queue. Thread-safe. */
final class UdpSocket extends InetSocket implements HostDatagrams.Receiver {
    static final int IPPROTO_UDP = 17;
    private static final int UDP_CORK = 1;
    /** 65535 less the headers of IP and UDP. */
    private static final int DATA_MAX = 65507;
    private static final int TCP_ESTABLISHED = 1;
    private static final int TCP_CLOSE = 7;

    private final ArrayDeque<Datagram> queue = new ArrayDeque<>(); // guarded by this, as all that is not volatile
    private int queuedBytes;
    private volatile int error;
    private volatile int shut; // RECEIVE_SHUT, SEND_SHUT
    private boolean isCorked;
    private ByteArrayOutputStream corked; // not null while a packet is being put together
    private Endpoint corkedTo;
    private HostDatagrams host;
    private boolean isClosed;

    UdpSocket(InetStack stack, int family, int flags) {
        super(stack, stack.udpPorts(), family, SocketNumbers.SOCK_DGRAM, IPPROTO_UDP, flags);
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
        if (local().address().isAny()) {
            setLocal(new Endpoint(stack().interfaces().sourceFor(to.address()), local().port()));
        }
        setRemote(to);
        return 0;
    }

    private boolean isDeliverable(IpAddress to) {
        Interfaces interfaces = stack().interfaces();
        return interfaces.isLocal(to) || to.isMulticast() || interfaces.isBroadcast(to) || stack().host().isReachable(to);
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
        if ((shut & SocketNumbers.SEND_SHUT) != 0) {
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
        UdpSocket receiver = (UdpSocket) ports().best(packet.to().port(), packet.from().hashCode() * 0x9e3779b9 >>> 8,
                socket -> ((UdpSocket) socket).fit(packet));
        if (receiver != null) {
            receiver.deliver(packet);
        } else if (remote() != null) {
            error = Errno.ECONNREFUSED; // the ICMP message that nobody has the port
            waiters().wake(OpenFlags.POLLERR);
        }
        return 0;
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
        if (!stack().host().isReachable(packet.to().address())) {
            return -Errno.ENETUNREACH;
        }
        HostDatagrams way;
        synchronized (this) {
            if (host == null && !isClosed) {
                host = stack().host().openDatagrams(packet.to().address().isV4(), this);
            }
            way = host;
        }
        stack().counters().ethernet.carried(packet.data().length);
        return way == null ? -Errno.ENETUNREACH : way.send(packet.to(), packet.data());
    }

    // ---- receiving

    private void deliver(Datagram packet) {
        synchronized (this) {
            boolean isRoom = queuedBytes + packet.countedBytes() <= options().receiveBytes();
            if (isClosed || !isRoom || !stack().budget().take(packet.countedBytes())) {
                stack().counters().datagramsDropped.increment();
                return;
            }
            queue.add(packet);
            queuedBytes += packet.countedBytes();
        }
        waiters().wake(OpenFlags.READABLE);
    }

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
            error = errno;
            waiters().wake(OpenFlags.POLLERR);
        }
    }

    @Override
    public int receive(UserThread t, Message m) {
        if (m.has(SocketNumbers.MSG_OOB)) {
            return -Errno.EOPNOTSUPP;
        }
        if (m.has(SocketNumbers.MSG_ERRQUEUE)) {
            return -Errno.EAGAIN;
        }
        Datagram packet;
        synchronized (this) {
            int pending = takeError();
            if (pending != 0) {
                return -pending;
            }
            packet = m.has(SocketNumbers.MSG_PEEK) ? queue.peek() : queue.poll();
            if (packet == null) {
                return (shut & SocketNumbers.RECEIVE_SHUT) != 0 ? 0 : -Errno.EAGAIN;
            }
            if (!m.has(SocketNumbers.MSG_PEEK)) {
                forget(packet);
            }
        }
        byte[] data = packet.data();
        int copied = Math.min(m.length, data.length);
        MemorySegment.copy(data, 0, m.data, ValueLayout.JAVA_BYTE, m.at, copied);
        m.name = packet.from().sockaddr(family());
        if (copied < data.length) {
            m.flagsOut |= SocketNumbers.MSG_TRUNC;
        }
        DatagramControl.describe(m, this, packet);
        return m.has(SocketNumbers.MSG_TRUNC) ? data.length : copied;
    }

    private void forget(Datagram packet) {
        queuedBytes -= packet.countedBytes();
        stack().budget().give(packet.countedBytes());
    }

    @Override
    public int shutdown(UserThread t, int how) {
        if (remote() == null) {
            return -Errno.ENOTCONN;
        }
        synchronized (this) {
            shut |= how + 1;
        }
        waiters().wakeAll();
        return 0;
    }

    @Override
    public int poll() {
        boolean isReadable;
        synchronized (this) {
            isReadable = !queue.isEmpty();
        }
        int ready = OpenFlags.WRITABLE | (isReadable ? OpenFlags.READABLE : 0) | (error != 0 ? OpenFlags.POLLERR : 0);
        if ((shut & SocketNumbers.RECEIVE_SHUT) != 0) {
            ready |= OpenFlags.READABLE | OpenFlags.POLLRDHUP;
        }
        return shut == SocketNumbers.BOTH_SHUT ? ready | OpenFlags.POLLHUP : ready;
    }

    @Override
    public synchronized int takeError() {
        int taken = error;
        error = 0;
        return taken;
    }

    @Override
    public int setOption(UserThread t, int level, int name, byte[] value, int lengthBytes) {
        switch (level) {
            case IPPROTO_UDP -> {
                if (name != UDP_CORK) {
                    return -Errno.ENOPROTOOPT;
                }
                if (lengthBytes < Integer.BYTES) {
                    return -Errno.EINVAL;
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
            case IPPROTO_UDP -> name == UDP_CORK ? SocketOptions.number(isCorked ? 1 : 0) : null;
            case IpOptions.IPPROTO_IP, IpOptions.IPPROTO_IPV6 -> ip().get(level, name);
            default -> null;
        };
    }

    @Override
    public int ioctl(UserThread t, int request, long arg) {
        switch (request) {
            case SocketNumbers.SIOCINQ -> {
                int next;
                synchronized (this) {
                    next = queue.isEmpty() ? 0 : queue.peek().data().length;
                }
                t.user().putInt(arg, next);
            }
            case SocketNumbers.SIOCOUTQ -> t.user().putInt(arg, 0);
            default -> {
                return super.ioctl(t, request, arg);
            }
        }
        return 0;
    }

    @Override
    protected void closed() {
        HostDatagrams way;
        synchronized (this) {
            isClosed = true;
            queue.forEach(packet -> stack().budget().give(packet.countedBytes()));
            queue.clear();
            way = host;
            host = null;
        }
        unbind();
        if (way != null) {
            way.close();
        }
    }

    @Override
    int stateNumber() {
        return remote() == null ? TCP_CLOSE : TCP_ESTABLISHED;
    }

    @Override
    synchronized int receiveQueueBytes() {
        return queuedBytes;
    }
}
