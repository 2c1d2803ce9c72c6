package org.legoos.managers.processor.socket.unix;

import static org.legoos.managers.processor.socket.SocketNumbers.*;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.socket.Message;

/** SOCK_DGRAM of AF_UNIX: reliable, in order; a full receiver makes the sender wait. */
final class UnixDatagram extends UnixSocket {
    private volatile UnixDatagram peer;
    private volatile boolean isClosed;

    UnixDatagram(UnixNames names, int flags) {
        super(names, SOCK_DGRAM, flags);
    }

    void pairWith(UnixDatagram other, UserThread t) {
        setPeerCredentials(credentialsOf(t));
        other.setPeerCredentials(credentialsOf(t));
        peer = other;
        other.peer = this;
    }

    @Override
    public int connect(UserThread t, byte[] address) {
        if (Le.getShort(address, 0) == AF_UNSPEC) {
            peer = null;
            return 0;
        }
        if (options().passCredentials()) {
            autobind();
        }
        UnixDatagram other = (UnixDatagram) names.find(t, address, type());
        if (!other.takesFrom(this)) {
            return -Errno.EPERM;
        }
        peer = other;
        waiters().wake(OpenFlags.WRITABLE);
        return 0;
    }

    /** One that has a peer takes messages from nobody else. */
    private boolean takesFrom(UnixDatagram sender) {
        UnixDatagram only = peer;
        return only == null || only == sender;
    }

    @Override
    public byte[] peerName(UserThread t) {
        UnixDatagram other = peer;
        return other == null ? null : other.name(t);
    }

    @Override
    public int send(UserThread t, Message m) {
        if (m.has(MSG_OOB)) {
            return -Errno.EOPNOTSUPP;
        }
        UnixDatagram to = m.name == null ? peer : (UnixDatagram) names.find(t, m.name, type());
        if (to == null) {
            return -Errno.ENOTCONN;
        }
        if ((shut() & SEND_SHUT) != 0) {
            return -Errno.EPIPE;
        }
        if (!to.takesFrom(this)) {
            return -Errno.EPERM;
        }
        if (to.isClosed) {
            return refused(to);
        }
        if ((to.shut() & RECEIVE_SHUT) != 0) {
            return -Errno.EPIPE;
        }
        Ancillary ancillary = ancillary(t, m);
        int done = to.inbox.addDatagram(m, ancillary, this);
        if (done >= 0) {
            to.waiters().wake(OpenFlags.READABLE);
            return done;
        }
        if (ancillary.files != null) {
            InFlight.taken(java.util.List.of(ancillary.files));
            InFlight.release(java.util.List.of(ancillary.files));
        }
        return done == -Errno.ECONNREFUSED ? refused(to) : done;
    }

    private int refused(UnixDatagram to) {
        if (peer == to) {
            peer = null;
        }
        return -Errno.ECONNREFUSED;
    }

    @Override
    public int receive(UserThread t, Message m) {
        if (m.has(MSG_OOB)) {
            return -Errno.EOPNOTSUPP;
        }
        boolean isEnd = (shut() & RECEIVE_SHUT) != 0;
        int done = inbox.takeMessage(m, options().passCredentials());
        if (done == -Errno.EAGAIN) {
            return hasError() ? -takeError() : isEnd ? 0 : done;
        }
        if (!m.has(MSG_PEEK)) {
            for (UnixDatagram sender : inbox.takeStarved()) {
                sender.waiters().wake(OpenFlags.WRITABLE);
            }
        }
        return done;
    }

    @Override
    int unsentBytes() {
        UnixDatagram to = peer;
        return to == null ? 0 : to.inbox.usedBytes();
    }

    @Override
    public int shutdown(UserThread t, int how) {
        addShut(how + 1);
        waiters().wakeAll();
        return 0;
    }

    @Override
    protected void closed() {
        UnixNames.Bound name = bound();
        if (name != null) {
            names.unbind(name.key(), this);
        }
        isClosed = true;
        inbox.close();
        for (UnixDatagram sender : inbox.takeStarved()) {
            sender.waiters().wakeAll();
        }
        UnixDatagram other = peer;
        if (other != null) {
            other.waiters().wakeAll();
        }
        waiters().wakeAll();
        InFlight.collectGarbage();
    }

    @Override
    public int poll() {
        int state = shut();
        int ready = inbox.isEmpty() ? 0 : OpenFlags.READABLE;
        ready |= hasError() ? OpenFlags.POLLERR : 0;
        ready |= (state & RECEIVE_SHUT) != 0 ? OpenFlags.POLLRDHUP | OpenFlags.READABLE : 0;
        ready |= state == BOTH_SHUT ? OpenFlags.POLLHUP : 0;
        UnixDatagram to = peer;
        ready |= to == null || to.inbox.hasRoomFor(this) ? OpenFlags.WRITABLE | OpenFlags.POLLWRBAND : 0;
        return ready;
    }
}
