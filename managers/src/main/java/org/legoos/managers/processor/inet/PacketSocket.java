package org.legoos.managers.processor.inet;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.socket.Message;
import org.legoos.managers.processor.socket.SocketNumbers;

/** A socket that takes whole packets: UDP, raw and ping sockets. Its queue holds what SO_RCVBUF allows. Thread-safe. */
abstract class PacketSocket extends InetSocket {
    /** As many packets of the error queue are kept. */
    private static final int UNREACHABLE_MAX = 64;
    private static final int TCP_ESTABLISHED = 1;
    private static final int TCP_CLOSE = 7;

    private final ArrayDeque<Datagram> queue = new ArrayDeque<>(); // guarded by this, as all that is not volatile
    private int queuedBytes;
    private final ArrayDeque<Datagram> unreachable = new ArrayDeque<>(); // sent packets that nobody took: the error queue
    private volatile int error;
    private volatile int shut; // RECEIVE_SHUT, SEND_SHUT
    private boolean isClosed;

    PacketSocket(InetStack stack, PortTable ports, int family, int type, int protocol, int flags) {
        super(stack, ports, family, type, protocol, flags);
    }

    final boolean isShut(int direction) {
        return (shut & direction) != 0;
    }

    /** Precondition: the caller holds the socket's lock. */
    final boolean isClosed() {
        return isClosed;
    }

    final boolean isDeliverable(IpAddress to) {
        Interfaces interfaces = stack().interfaces();
        return interfaces.isLocal(to) || to.isMulticast() || interfaces.isBroadcast(to) || stack().host().isReachable(to);
    }

    /** Sends to an end from now on; without an address of its own it has the one by which that is reached. Holds the socket's lock. */
    final void connectTo(Endpoint to) {
        if (local().address().isAny()) {
            setLocal(new Endpoint(stack().interfaces().sourceFor(to.address()), local().port()));
        }
        setRemote(to);
    }

    /** A packet with the program's wishes, and the socket's options where it has none. */
    final IpPacket packet(IpAddress from, IpAddress to, PacketWishes wishes, byte[] payload) {
        return new IpPacket(from, to, protocol(), wishes.timeToLive() >= 0 ? wishes.timeToLive() : ip().timeToLive(to),
                wishes.typeOfService() >= 0 ? wishes.typeOfService() : ip().typeOfService(to), null, payload);
    }

    /** An error that the next call reports. */
    final void fail(int errno) {
        error = errno;
        waiters().wake(OpenFlags.POLLERR);
    }

    /** A packet that it sent was for a port that nobody has. */
    final void refused(Datagram packet) {
        boolean isQueued = ip().queuesErrors(packet.to().address().isV4());
        if (isQueued) {
            synchronized (this) {
                if (!isClosed && unreachable.size() < UNREACHABLE_MAX) {
                    unreachable.add(packet);
                }
            }
        }
        if (isQueued || remote() != null) {
            fail(Errno.ECONNREFUSED);
        }
    }

    private int receiveError(Message m) {
        Datagram packet;
        synchronized (this) {
            packet = unreachable.poll();
            error = unreachable.isEmpty() ? 0 : error;
        }
        if (packet == null) {
            return -Errno.EAGAIN;
        }
        m.flagsOut |= SocketNumbers.MSG_ERRQUEUE;
        int copied = copyOut(m, packet);
        m.name = packet.to().sockaddr(family());
        DatagramControl.describeRefusal(m, packet);
        return copied;
    }

    private static int copyOut(Message m, Datagram packet) {
        int copied = Math.min(m.length, packet.data().length);
        MemorySegment.copy(packet.data(), 0, m.data, ValueLayout.JAVA_BYTE, m.at, copied);
        if (copied < packet.data().length) {
            m.flagsOut |= SocketNumbers.MSG_TRUNC;
        }
        return copied;
    }

    /** A packet is for this socket: it waits, or is dropped and counted. */
    final void deliver(Datagram packet) {
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
    public int receive(UserThread t, Message m) {
        if (m.has(SocketNumbers.MSG_OOB)) {
            return -Errno.EOPNOTSUPP;
        }
        if (m.has(SocketNumbers.MSG_ERRQUEUE)) {
            return receiveError(m);
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
                queuedBytes -= packet.countedBytes();
                stack().budget().give(packet.countedBytes());
            }
        }
        int copied = copyOut(m, packet);
        m.name = packet.from().sockaddr(family());
        DatagramControl.describe(m, this, packet);
        return m.has(SocketNumbers.MSG_TRUNC) ? packet.data().length : copied;
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
        boolean isError;
        synchronized (this) {
            isReadable = !queue.isEmpty();
            isError = error != 0 || !unreachable.isEmpty();
        }
        int ready = OpenFlags.WRITABLE | (isReadable ? OpenFlags.READABLE : 0) | (isError ? OpenFlags.POLLERR : 0);
        if ((shut & SocketNumbers.RECEIVE_SHUT) != 0) {
            ready |= OpenFlags.READABLE | OpenFlags.POLLRDHUP;
        }
        return shut == SocketNumbers.BOTH_SHUT ? ready | OpenFlags.POLLHUP : ready;
    }

    @Override
    public final synchronized int takeError() {
        int taken = error;
        error = 0;
        return taken;
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

    /** Takes no more packets and forgets those that wait. */
    final synchronized void closeQueue() {
        isClosed = true;
        queue.forEach(packet -> stack().budget().give(packet.countedBytes()));
        queue.clear();
        unreachable.clear();
    }

    @Override
    final int stateNumber() {
        return remote() == null ? TCP_CLOSE : TCP_ESTABLISHED;
    }

    @Override
    final synchronized int receiveQueueBytes() {
        return queuedBytes;
    }
}
