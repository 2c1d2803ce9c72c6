package org.legoos.managers.processor.inet;

import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.legoos.kernel.ib.ipoib.InternetChecksum;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.socket.Message;
import org.legoos.managers.processor.socket.SocketNumbers;

/** A raw socket (raw(7)) of either family: IP packets of one protocol inside the node, which the caller had CAP_NET_RAW for. */
final class RawSocket extends PacketSocket {
    static final int IPPROTO_RAW = 255;
    private static final int PACKET_MAX = 65535;

    private final RawOptions raw;

    RawSocket(InetStack stack, int family, int protocol, int flags) {
        super(stack, null, family, SocketNumbers.SOCK_RAW, protocol, flags);
        this.raw = new RawOptions(family, protocol, protocol == IPPROTO_RAW);
        setLocal(new Endpoint(any(), protocol));
        options().setReuseAddress();
        stack.raw().add(this);
    }

    private boolean isV4() {
        return family() == SocketNumbers.AF_INET;
    }

    @Override
    boolean asksForPorts() {
        return false;
    }

    @Override
    boolean mayBindTo(IpAddress address) {
        return address.isMulticast() || stack().interfaces().isBroadcast(address);
    }

    @Override
    int bindTo(IpAddress address, int port) {
        setLocal(new Endpoint(address, protocol()));
        return 0;
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
        connectTo(new Endpoint(to.address(), 0));
        return 0;
    }

    /** Whether a packet is for this socket too. */
    boolean hears(IpPacket packet) {
        IpAddress bound = local().address();
        Endpoint peer = remote();
        boolean isMine = packet.protocol() == protocol() && protocol() != IPPROTO_RAW && isV4() == packet.to().isV4()
                && (bound.isAny() || bound.equals(packet.to())) && (peer == null || peer.address().equals(packet.from()));
        return isMine && (packet.payload().length == 0 || raw.wants(Icmp.type(packet.payload()))) && isSummedRight(packet);
    }

    /** IPV6_CHECKSUM: packets with a wrong one are dropped. */
    private boolean isSummedRight(IpPacket packet) {
        int at = isV4() ? -1 : raw.checksumAt();
        byte[] bytes = packet.payload();
        return at < 0 || InternetChecksum.of(bytes, 0, bytes.length, pseudo(packet.from(), packet.to(), bytes)) == 0;
    }

    private int pseudo(IpAddress from, IpAddress to, byte[] bytes) {
        return PseudoHeader.sum(from, to, protocol(), bytes.length);
    }

    @Override
    public int send(UserThread t, Message m) {
        if (m.length > PACKET_MAX - (isV4() && !raw.includesHeader() ? Ipv4Header.BYTES : 0)) {
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
        if (to.address().isV4() != isV4() || !isV4() && to.port() != 0 && to.port() != protocol() && protocol() != IPPROTO_RAW) {
            return -Errno.EINVAL;
        }
        if (stack().interfaces().isBroadcast(to.address()) && !options().broadcast()) {
            return -Errno.EACCES;
        }
        byte[] data = m.data.asSlice(m.at, m.length).toArray(ValueLayout.JAVA_BYTE);
        PacketWishes wishes = PacketWishes.of(m);
        IpAddress bound = local().address();
        IpAddress from = wishes.source() != null ? wishes.source()
                : bound.isAny() || bound.isMulticast() ? stack().interfaces().sourceFor(to.address()) : bound;
        int error = raw.includesHeader() ? sendWhole(from, to.address(), data) : sendData(from, to.address(), wishes, data);
        return error < 0 ? error : m.length;
    }

    private int sendData(IpAddress from, IpAddress to, PacketWishes wishes, byte[] data) {
        int at = isV4() ? -1 : raw.checksumAt();
        if (at >= 0) {
            if (data.length < at + Short.BYTES) {
                return -Errno.EINVAL;
            }
            NetworkOrder.put16(data, at, 0);
            NetworkOrder.put16(data, at, InternetChecksum.of(data, 0, data.length, pseudo(from, to, data)));
        }
        return stack().raw().send(packet(from, to, wishes, data));
    }

    /** IP_HDRINCL: the header is the program's; it goes where that says, when anybody is there. */
    private int sendWhole(IpAddress from, IpAddress to, byte[] whole) {
        int headerBytes = isV4() ? Ipv4Header.lengthBytes(whole) : whole.length < Ipv6Header.BYTES ? -1 : Ipv6Header.BYTES;
        if (headerBytes < 0) {
            return -Errno.EINVAL;
        }
        if (!stack().interfaces().isLocal(to)) {
            return -Errno.ENETUNREACH;
        }
        if (!isV4()) {
            stack().raw().send(Ipv6Header.parse(whole));
            return 0;
        }
        Ipv4Header.fillIn(whole, from, stack().raw().nextIdentification());
        stack().raw().send(new IpPacket(Ipv4Header.source(whole), Ipv4Header.destination(whole), Ipv4Header.protocol(whole),
                Ipv4Header.timeToLive(whole), Ipv4Header.typeOfService(whole), Arrays.copyOf(whole, headerBytes),
                Arrays.copyOfRange(whole, headerBytes, whole.length)));
        return 0;
    }

    @Override
    public int setOption(UserThread t, int level, int name, byte[] value, int lengthBytes) {
        if (raw.has(level, name)) {
            return raw.set(level, name, value, lengthBytes);
        }
        boolean isIp = level == IpOptions.IPPROTO_IP || level == IpOptions.IPPROTO_IPV6;
        return isIp ? ip().set(level, name, value, lengthBytes, isBound(), stack().interfaces()) : -Errno.ENOPROTOOPT;
    }

    @Override
    public byte[] option(UserThread t, int level, int name) {
        boolean isIp = level == IpOptions.IPPROTO_IP || level == IpOptions.IPPROTO_IPV6;
        return raw.has(level, name) ? raw.get(level, name) : isIp ? ip().get(level, name) : null;
    }

    @Override
    protected void closed() {
        stack().raw().remove(this);
        closeQueue();
    }
}
