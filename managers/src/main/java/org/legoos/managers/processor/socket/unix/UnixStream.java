package org.legoos.managers.processor.socket.unix;

import static org.legoos.managers.processor.socket.SocketNumbers.*;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.socket.Message;
import org.legoos.managers.processor.socket.Socket;
import org.legoos.managers.processor.socket.SocketWait;

/** SOCK_STREAM and SOCK_SEQPACKET of AF_UNIX. */
final class UnixStream extends UnixSocket {
    private volatile UnixStream peer; // set once
    private volatile Backlog backlog; // set by listen
    private volatile boolean isClosed;

    UnixStream(UnixNames names, int type, int flags) {
        super(names, type, flags);
    }

    void pairWith(UnixStream other, UserThread t) {
        setPeerCredentials(credentialsOf(t));
        other.setPeerCredentials(credentialsOf(t));
        peer = other;
        other.peer = this;
    }

    private boolean isPacket() {
        return type() == SOCK_SEQPACKET;
    }

    @Override
    public boolean isListening() {
        return backlog != null;
    }

    @Override
    public synchronized int listen(UserThread t, int length) {
        if (bound() == null || peer != null) {
            return -Errno.EINVAL;
        }
        setPeerCredentials(credentialsOf(t));
        if (backlog == null) {
            backlog = new Backlog();
        }
        if (backlog.setLength(length)) {
            backlog.roomWaiters.wakeAll();
        }
        return 0;
    }

    @Override
    public Socket accept(UserThread t) {
        Backlog queue = backlog;
        if (queue == null || (shut() & RECEIVE_SHUT) != 0) {
            throw SysError.of(Errno.EINVAL);
        }
        UnixStream connection = queue.poll();
        if (connection != null) {
            queue.roomWaiters.wakeAll();
        }
        return connection;
    }

    @Override
    public int connect(UserThread t, byte[] address) {
        if (peer != null) {
            return -Errno.EISCONN;
        }
        if (isListening()) {
            return -Errno.EINVAL;
        }
        if (options().passCredentials()) {
            autobind();
        }
        UnixStream listener = (UnixStream) names.find(t, address, type());
        int result = tryConnect(t, listener);
        if (result != -Errno.EAGAIN || isNonBlocking() || listener.backlog == null) {
            return result;
        }
        long deadlineNs = SocketWait.deadline(t, writeTimeoutNs());
        return (int) SocketWait.await(t, listener.backlog.roomWaiters, org.legoos.managers.processor.core.Waiter.ANY, deadlineNs,
                (thread, socket, m) -> socket.tryConnect(thread, listener), this, null);
    }

    private int tryConnect(UserThread t, UnixStream listener) {
        Backlog queue = listener.backlog;
        if (queue == null || listener.isClosed || (listener.shut() & RECEIVE_SHUT) != 0) {
            return -Errno.ECONNREFUSED;
        }
        UnixStream accepted = new UnixStream(names, type(), 0);
        accepted.setBound(listener.bound());
        accepted.options().copyFrom(listener.options());
        accepted.setPeerCredentials(credentialsOf(t));
        synchronized (this) {
            if (peer != null) {
                return -Errno.EISCONN;
            }
            accepted.peer = this;
            int error = queue.add(accepted);
            if (error != 0) {
                return error;
            }
            setPeerCredentials(listener.peerCredentials());
            peer = accepted;
        }
        listener.waiters().wake(OpenFlags.READABLE);
        waiters().wake(OpenFlags.WRITABLE);
        return 0;
    }

    @Override
    public byte[] peerName(UserThread t) {
        UnixStream other = peer;
        return other == null ? null : other.name(t);
    }

    @Override
    public int send(UserThread t, Message m) {
        if (m.has(MSG_OOB)) {
            return -Errno.EOPNOTSUPP;
        }
        UnixStream to = peer;
        if (m.name != null && !isPacket()) {
            return to != null ? -Errno.EISCONN : -Errno.EOPNOTSUPP;
        }
        if (to == null) {
            return -Errno.ENOTCONN;
        }
        if ((shut() & SEND_SHUT) != 0) {
            return -Errno.EPIPE;
        }
        if (hasError()) {
            return -takeError();
        }
        if (to.isClosed || (to.shut() & RECEIVE_SHUT) != 0) {
            return -Errno.EPIPE;
        }
        if (m.length == 0 && !isPacket()) {
            return 0;
        }
        Ancillary ancillary = ancillary(t, m);
        int done = isPacket() ? to.inbox.addPacket(m, ancillary, options().sendBytes())
                : to.inbox.addStream(m, ancillary, options().sendBytes());
        if (done >= 0) {
            to.waiters().wake(OpenFlags.READABLE);
        } else if (ancillary.files != null) {
            InFlight.taken(java.util.List.of(ancillary.files));
            InFlight.release(java.util.List.of(ancillary.files));
        }
        return done;
    }

    @Override
    public int receive(UserThread t, Message m) {
        UnixStream from = peer;
        if (m.has(MSG_OOB)) {
            return from == null ? -Errno.EINVAL : -Errno.EOPNOTSUPP;
        }
        if (from == null) {
            return isPacket() ? -Errno.ENOTCONN : -Errno.EINVAL;
        }
        if (m.length == 0 && !isPacket()) {
            return 0;
        }
        boolean showCredentials = options().passCredentials();
        boolean isEnd = (shut() & RECEIVE_SHUT) != 0; // before looking: what came earlier is still there
        int done = isPacket() ? inbox.takeMessage(m, showCredentials) : inbox.takeStream(m, showCredentials);
        m.name = null;
        if (done > 0 || isPacket() && done == 0) {
            if (!m.has(MSG_PEEK)) {
                from.waiters().wake(OpenFlags.WRITABLE);
            }
            return done;
        }
        if (hasError()) {
            return -takeError();
        }
        return isEnd ? 0 : -Errno.EAGAIN;
    }

    @Override
    int unsentBytes() {
        UnixStream to = peer;
        return to == null ? 0 : to.inbox.usedBytes();
    }

    @Override
    public int shutdown(UserThread t, int how) {
        UnixStream other = peer;
        addShut(how + 1);
        if (other != null) {
            int theirs = (how != SHUT_RD ? RECEIVE_SHUT : 0) | (how != SHUT_WR ? SEND_SHUT : 0);
            other.addShut(theirs);
            other.waiters().wakeAll();
        } else if (backlog != null) {
            backlog.roomWaiters.wakeAll();
        }
        waiters().wakeAll();
        return 0;
    }

    /** The other side is gone. */
    private void peerClosed(boolean wasUnread) {
        if (wasUnread) {
            setError(Errno.ECONNRESET);
        }
        addShut(BOTH_SHUT);
        waiters().wakeAll();
    }

    @Override
    protected void closed() {
        UnixNames.Bound name = bound();
        if (name != null) {
            names.unbind(name.key(), this);
        }
        isClosed = true;
        boolean wasUnread = inbox.close();
        UnixStream other = peer;
        if (other != null) {
            other.peerClosed(wasUnread);
        }
        Backlog queue = backlog;
        if (queue != null) {
            for (UnixStream connection : queue.close()) {
                connection.refuse();
            }
            queue.roomWaiters.wakeAll();
        }
        waiters().wakeAll();
        InFlight.collectGarbage();
    }

    /** A connection that nobody accepted: its client sees a reset. */
    private void refuse() {
        isClosed = true;
        inbox.close();
        peer.peerClosed(true);
    }

    @Override
    java.util.List<Inbox> inboxes() {
        java.util.List<Inbox> all = new java.util.ArrayList<>();
        all.add(inbox);
        Backlog queue = backlog;
        if (queue != null) {
            queue.snapshot().forEach(connection -> all.add(connection.inbox));
        }
        return all;
    }

    @Override
    public int poll() {
        Backlog queue = backlog;
        if (queue != null) {
            return queue.isEmpty() ? 0 : OpenFlags.READABLE;
        }
        int state = shut();
        int ready = inbox.isEmpty() ? 0 : OpenFlags.READABLE;
        ready |= hasError() ? OpenFlags.POLLERR : 0;
        ready |= (state & RECEIVE_SHUT) != 0 ? OpenFlags.POLLRDHUP | OpenFlags.READABLE : 0;
        UnixStream to = peer;
        ready |= state == BOTH_SHUT || to == null ? OpenFlags.POLLHUP : 0;
        ready |= to == null || to.isClosed || to.inbox.hasRoom(options().sendBytes()) ? OpenFlags.WRITABLE | OpenFlags.POLLWRBAND : 0;
        return ready;
    }
}
