package org.legoos.managers.processor.inet;

import java.lang.foreign.ValueLayout;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.socket.Message;
import org.legoos.managers.processor.socket.SocketNumbers;

/** The part of a TCP socket that an established connection needs: data, options, errors. Thread-safe. */
abstract class TcpStream extends InetSocket {
    private final TcpOptions tcp = new TcpOptions();
    private volatile StreamEnd end; // not null from the first connection on
    private volatile int error; // of a connect that failed; written under this

    TcpStream(InetStack stack, int family, int flags) {
        super(stack, stack.tcpPorts(), family, SocketNumbers.SOCK_STREAM, TcpOptions.IPPROTO_TCP, flags);
    }

    final TcpOptions tcp() {
        return tcp;
    }

    final StreamEnd end() {
        return end;
    }

    /** Puts this side of a connection in place. @return where the other side's data go */
    StreamEnd join(StreamPeer peer, int peerSendBytes) {
        StreamEnd mine = new StreamEnd(stack().budget(), waiters());
        mine.setOptions(options().receiveLowWater(), options().urgentInline());
        mine.attach(peer, options().receiveBytes() + peerSendBytes);
        end = mine;
        return mine;
    }

    /** The socket is as new. */
    final synchronized void forgetConnection() {
        end = null;
        error = 0;
        setRemote(null);
    }

    abstract boolean isConnecting();

    final boolean hasError() {
        return error != 0;
    }

    final synchronized void setError(int errno) {
        error = errno;
    }

    @Override
    public final synchronized int takeError() {
        int taken = error;
        error = 0;
        return taken != 0 || end == null ? taken : end.takeError();
    }

    @Override
    public int send(UserThread t, Message m) {
        StreamEnd mine = end;
        if (mine == null) {
            int why = takeError();
            return why != 0 ? -why : isConnecting() ? -Errno.EAGAIN : -Errno.EPIPE;
        }
        if (m.has(SocketNumbers.MSG_OOB) && m.length > 0) {
            return sendUrgent(mine, m);
        }
        int sent = mine.send(m.data, m.at, m.length);
        if (sent > 0) {
            traffic().carried(sent);
        }
        return sent;
    }

    private InetCounters.Traffic traffic() {
        return end.peer() instanceof StreamEnd ? stack().counters().loopback : stack().counters().ethernet;
    }

    /** The last byte is the urgent one. */
    private int sendUrgent(StreamEnd mine, Message m) {
        if (!(mine.peer() instanceof StreamEnd other)) {
            return -Errno.EOPNOTSUPP; // the host's side has no way to send it
        }
        int before = m.length > 1 ? mine.send(m.data, m.at, m.length - 1) : 0;
        if (before < m.length - 1) {
            return before;
        }
        if (mine.isSendShut()) {
            return -Errno.EPIPE;
        }
        byte urgent = m.data.get(ValueLayout.JAVA_BYTE, m.at + m.length - 1);
        other.deliverUrgent(urgent);
        return m.length;
    }

    @Override
    public int receive(UserThread t, Message m) {
        StreamEnd mine = end;
        if (mine == null) {
            int why = takeError();
            return why != 0 ? -why : isConnecting() ? -Errno.EAGAIN : -Errno.ENOTCONN;
        }
        if (m.has(SocketNumbers.MSG_ERRQUEUE)) {
            return -Errno.EAGAIN;
        }
        boolean isPeek = m.has(SocketNumbers.MSG_PEEK);
        if (m.has(SocketNumbers.MSG_OOB)) {
            int urgent = mine.takeUrgent(isPeek);
            if (urgent >= 0 && m.length > 0) {
                m.data.set(ValueLayout.JAVA_BYTE, m.at, (byte) urgent);
                m.flagsOut |= SocketNumbers.MSG_OOB;
            }
            return urgent < 0 ? urgent : Math.min(1, m.length);
        }
        return mine.receive(m.data, m.at, m.length, isPeek, m.has(SocketNumbers.MSG_TRUNC));
    }

    @Override
    public void buffersChanged() {
        StreamEnd mine = end;
        if (mine != null) {
            mine.setOptions(options().receiveLowWater(), options().urgentInline());
            mine.setCapacity(options().receiveBytes() + options().sendBytes());
        }
    }

    @Override
    public int setOption(UserThread t, int level, int name, byte[] value, int lengthBytes) {
        if (level == IpOptions.IPPROTO_IP && (name == IpOptions.IP_MULTICAST_TTL || name == IpOptions.IP_MULTICAST_IF)) {
            return -Errno.EINVAL; // a stream goes to one
        }
        return switch (level) {
            case TcpOptions.IPPROTO_TCP -> tcp.set(name, value, lengthBytes);
            case IpOptions.IPPROTO_IP, IpOptions.IPPROTO_IPV6 ->
                    ip().set(level, name, value, lengthBytes, isBound(), stack().interfaces());
            default -> -Errno.ENOPROTOOPT;
        };
    }

    @Override
    public byte[] option(UserThread t, int level, int name) {
        if (level == IpOptions.IPPROTO_IP && name == IpOptions.IP_MTU && end == null) {
            throw SysError.of(Errno.ENOTCONN);
        }
        return switch (level) {
            case TcpOptions.IPPROTO_TCP -> tcp.get(name, stateNumber());
            case IpOptions.IPPROTO_IP, IpOptions.IPPROTO_IPV6 -> ip().get(level, name);
            default -> null;
        };
    }

    @Override
    public int ioctl(UserThread t, int request, long arg) {
        StreamEnd mine = end;
        switch (request) {
            case SocketNumbers.SIOCINQ -> {
                if (isListening()) {
                    return -Errno.EINVAL;
                }
                t.user().putInt(arg, mine == null ? 0 : mine.queuedBytes());
            }
            case SocketNumbers.SIOCOUTQ -> t.user().putInt(arg, 0); // what was sent has arrived
            case SocketNumbers.SIOCATMARK -> t.user().putInt(arg, mine != null && mine.isAtMark() ? 1 : 0);
            default -> {
                return super.ioctl(t, request, arg);
            }
        }
        return 0;
    }
}
