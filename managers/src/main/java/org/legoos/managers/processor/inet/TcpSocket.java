package org.legoos.managers.processor.inet;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.socket.Socket;
import org.legoos.managers.processor.socket.SocketNumbers;
import org.legoos.managers.processor.socket.SocketWait;

/**
 * A TCP socket (tcp(7)) of either family. Connections inside the node are two {@link StreamEnd}s; one to the host has a
 * {@link HostNetwork} connection on its other side. Thread-safe: the socket's lock guards its state and is never held
 * while a listener's queue is entered.
 */
final class TcpSocket extends TcpStream {
    /** As far as a socket gets. */
    private enum State { CLOSED, LISTEN, CONNECTING, CONNECTED }

    /** linux/tcp_states.h. */
    private static final int TCP_ESTABLISHED = 1;
    private static final int TCP_SYN_SENT = 2;
    private static final int TCP_FIN_WAIT2 = 5;
    private static final int TCP_CLOSE = 7;
    private static final int TCP_CLOSE_WAIT = 8;
    private static final int TCP_LAST_ACK = 9;
    private static final int TCP_LISTEN = 10;

    private volatile State state = State.CLOSED; // written under this
    private volatile TcpListener listener; // not null when it has listened
    private TcpHandshake handshake; // guarded by this; not null while CONNECTING inside the node
    private boolean isConnectKnown; // guarded by this: a connect(2) has returned 0
    private IpAddress boundAddress; // guarded by this: before connect chose a source

    TcpSocket(InetStack stack, int family, int flags) {
        super(stack, family, flags);
    }

    /** The listener's side of a new connection. */
    static TcpSocket accepted(TcpSocket listener, Endpoint local, Endpoint remote) {
        TcpSocket child = new TcpSocket(listener.stack(), listener.family(), 0);
        child.options().copyFrom(listener.options());
        child.tcp().copyFrom(listener.tcp());
        child.ip().copyFrom(listener.ip());
        child.setOwner(listener.owner());
        child.setLocal(local);
        child.setRemote(remote);
        child.setBound(true);
        child.ports().addConnection(child);
        return child;
    }

    @Override
    StreamEnd join(StreamPeer peer, int peerSendBytes) {
        synchronized (this) {
            state = State.CONNECTED;
            return super.join(peer, peerSendBytes);
        }
    }

    @Override
    boolean isConnecting() {
        return state == State.CONNECTING;
    }

    /** Joins two sockets. @return false when the connecting one has given up */
    static boolean join(TcpSocket client, TcpSocket child) {
        synchronized (client) {
            if (client.state != State.CONNECTING) {
                return false;
            }
            StreamEnd clientEnd = client.join(null, child.options().sendBytes());
            StreamEnd childEnd = child.join(clientEnd, client.options().sendBytes());
            clientEnd.attach(childEnd, clientEnd.capacity());
            client.handshake = null;
        }
        client.waiters().wake(OpenFlags.WRITABLE);
        return true;
    }

    TcpListener queue() {
        return listener;
    }

    // ---- connecting

    @Override
    public int connect(UserThread t, byte[] address) {
        if (address.length >= 2 && Endpoint.family(address) == SocketNumbers.AF_UNSPEC) {
            return disconnect();
        }
        if (address.length >= 2 && Endpoint.family(address) != family()) {
            return -Errno.EAFNOSUPPORT;
        }
        Endpoint to = destination(address);
        synchronized (this) {
            int next = state == State.CLOSED ? begin(to) : goOn();
            if (next <= 0) {
                return next;
            }
        }
        int sent = -Errno.EALREADY;
        if (state == State.CONNECTING && remote() == to) {
            sent = synchronise(to);
            if (sent == -Errno.ENETUNREACH) {
                return failed(Errno.ENETUNREACH) ? sent : 0;
            }
        }
        if (isNonBlocking()) {
            return sent == -Errno.EALREADY ? sent : -Errno.EINPROGRESS;
        }
        long deadlineNs = SocketWait.deadline(t, writeTimeoutNs());
        long result = SocketWait.await(t, waiters(), OpenFlags.WRITABLE | OpenFlags.POLLERR | OpenFlags.POLLHUP, deadlineNs,
                (thread, socket, message) -> socket.outcome(), this, null);
        return result == -Errno.EAGAIN ? -Errno.EINPROGRESS : (int) result;
    }

    /** A connect on a socket that is past the first. @return 1 to wait for it, or what to answer */
    private int goOn() {
        switch (state) {
            case CONNECTING -> {
                return 1;
            }
            case CONNECTED -> {
                boolean isFirst = !isConnectKnown;
                isConnectKnown = true;
                return isFirst ? 0 : -Errno.EISCONN;
            }
            default -> {
                return -Errno.EISCONN;
            }
        }
    }

    /** @return 1 when the socket is CONNECTING now, or a negative errno */
    private int begin(Endpoint to) {
        if (hasError()) {
            return -takeError(); // of a connect that did not wait
        }
        if (to.address().isMulticast() || stack().interfaces().isBroadcast(to.address())) {
            return -Errno.ENETUNREACH;
        }
        if (!isReachableFamily(to.address())) {
            return to.address().isV4() ? -Errno.ENETUNREACH : -Errno.EINVAL;
        }
        if (bindIfNeeded() < 0) {
            return -Errno.EADDRNOTAVAIL;
        }
        boundAddress = local().address();
        if (boundAddress.isAny()) {
            setLocal(new Endpoint(stack().interfaces().sourceFor(to.address()), local().port()));
        }
        setRemote(to);
        isConnectKnown = false;
        state = State.CONNECTING;
        return 1;
    }

    /** Knocks at the other side. @return 0 when that answers somehow, -ENETUNREACH */
    private int synchronise(Endpoint to) {
        stack().counters().activeOpens.increment();
        if (!stack().interfaces().isLocal(to.address())) {
            if (!stack().host().isReachable(to.address())) {
                return -Errno.ENETUNREACH;
            }
            stack().host().connect(to, new Outgoing());
            return 0;
        }
        TcpSocket target = stack().listener(to, local());
        TcpHandshake mine = target == null ? null : new TcpHandshake(this, target, to);
        synchronized (this) {
            handshake = mine;
        }
        TcpListener.Offer offer = target == null ? TcpListener.Offer.REFUSED : target.queue().offer(mine);
        switch (offer) {
            case TAKEN -> target.arrived();
            case REFUSED -> failed(Errno.ECONNREFUSED);
            case LATER -> {}
        }
        return 0;
    }

    /** A connection was put into this listener's queue. */
    void arrived() {
        stack().counters().passiveOpens.increment();
        waiters().wake(OpenFlags.READABLE);
    }

    /** What a waiting connect answers now. */
    private synchronized long outcome() {
        switch (state) {
            case CONNECTING -> {
                return -Errno.EAGAIN;
            }
            case CONNECTED -> {
                isConnectKnown = true;
                return 0;
            }
            default -> {
                int why = takeError();
                return why == 0 ? -Errno.ECONNABORTED : -why;
            }
        }
    }

    /** The connect came to nothing. @return false when it was over already */
    boolean failed(int errno) {
        synchronized (this) {
            if (state != State.CONNECTING) {
                return false;
            }
            state = State.CLOSED;
            handshake = null;
            setError(errno == Errno.ENETUNREACH ? 0 : errno);
            setRemote(null);
            setLocal(new Endpoint(boundAddress, local().port()));
        }
        stack().counters().failedAttempts.increment();
        waiters().wakeAll();
        return true;
    }

    /** connect(2) to AF_UNSPEC: the socket is as new, but for its port. */
    private int disconnect() {
        synchronized (this) {
            if (state == State.LISTEN) {
                return -Errno.EISCONN;
            }
        }
        leave(true);
        synchronized (this) {
            state = State.CLOSED;
            forgetConnection();
        }
        waiters().wakeAll();
        return 0;
    }

    /** The way to the host's network. */
    private final class Outgoing implements HostConnection {
        @Override
        public StreamPeer established(StreamPeer host, Endpoint usedByHost) {
            StreamEnd mine;
            synchronized (TcpSocket.this) {
                if (state != State.CONNECTING) {
                    return null;
                }
                mine = join(host, 0);
            }
            waiters().wake(OpenFlags.WRITABLE);
            return mine;
        }

        @Override
        public void failed(int errno) {
            TcpSocket.this.failed(errno);
        }
    }

    // ---- listening

    @Override
    public int listen(UserThread t, int backlog) {
        synchronized (this) {
            if (state == State.LISTEN) {
                listener.setBacklog(backlog);
                return 0;
            }
            if (state != State.CLOSED) {
                return -Errno.EINVAL;
            }
            int failed = bindIfNeeded();
            return failed < 0 ? failed : ports().listen(this, () -> {
                listener = new TcpListener(backlog);
                state = State.LISTEN;
            });
        }
    }

    @Override
    public boolean isListening() {
        return state == State.LISTEN;
    }

    @Override
    public Socket accept(UserThread t) {
        if (state != State.LISTEN) {
            throw SysError.of(Errno.EINVAL);
        }
        return listener.poll();
    }

    /** A connection from outside the node. */
    void incoming(Endpoint from, Endpoint to, IncomingConnection connection) {
        TcpConnect connect = new TcpConnect() {
            @Override
            public TcpSocket establish() {
                TcpSocket child = accepted(TcpSocket.this, to, from);
                connection.accepted(child.join(connection.host(), 0));
                return child;
            }

            @Override
            public void refuse() {
                connection.refused();
            }
        };
        switch (listener.offer(connect)) {
            case TAKEN -> arrived();
            case REFUSED -> connection.refused();
            case LATER -> {}
        }
    }

    // ---- the file

    @Override
    public int shutdown(UserThread t, int how) {
        StreamEnd mine = end();
        if (state == State.LISTEN) {
            if (how != SocketNumbers.SHUT_WR) {
                stopListening();
            }
            return 0;
        }
        if (mine == null || mine.isReset()) {
            return -Errno.ENOTCONN;
        }
        if (how != SocketNumbers.SHUT_WR) {
            mine.shutReceive();
        }
        if (how != SocketNumbers.SHUT_RD) {
            mine.shutSend();
        }
        return 0;
    }

    private void stopListening() {
        synchronized (this) {
            state = State.CLOSED;
        }
        listener.close();
        waiters().wakeAll();
    }

    @Override
    public byte[] peerName(UserThread t) {
        return state == State.CONNECTED && !end().isReset() ? super.peerName(t) : null;
    }

    @Override
    public int poll() {
        switch (state) {
            case LISTEN -> {
                return listener.isReady() ? OpenFlags.READABLE : 0;
            }
            case CONNECTING -> {
                return 0;
            }
            case CONNECTED -> {
                return end().poll();
            }
            default -> {
                int failed = !hasError() ? 0 : OpenFlags.READABLE | OpenFlags.POLLERR | OpenFlags.POLLRDHUP;
                return OpenFlags.WRITABLE | OpenFlags.POLLHUP | failed;
            }
        }
    }

    // ---- the end

    @Override
    protected void closed() {
        leave(options().lingerSeconds() == 0);
        unbind();
    }

    /** A connection that was never accepted ends with its listener. */
    void abort() {
        leave(true);
        unbind();
    }

    private void leave(boolean isAbort) {
        State was;
        TcpHandshake pending;
        synchronized (this) {
            was = state;
            state = was == State.CONNECTED ? was : State.CLOSED;
            pending = handshake;
            handshake = null;
        }
        if (was == State.LISTEN) {
            listener.close();
        }
        if (pending != null) {
            pending.giveUp();
        }
        if (was == State.CONNECTED) {
            end().close(isAbort);
        }
    }

    @Override
    int stateNumber() {
        return switch (state) {
            case CLOSED -> TCP_CLOSE;
            case LISTEN -> TCP_LISTEN;
            case CONNECTING -> TCP_SYN_SENT;
            case CONNECTED -> end().isReset() ? TCP_CLOSE
                    : end().isFinished() ? end().isSendShut() ? TCP_LAST_ACK : TCP_CLOSE_WAIT
                    : end().isSendShut() ? TCP_FIN_WAIT2 : TCP_ESTABLISHED;
        };
    }

    @Override
    int receiveQueueBytes() {
        return state == State.LISTEN ? listener.queued() : end() == null ? 0 : end().queuedBytes();
    }
}
