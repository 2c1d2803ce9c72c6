package org.legoos.managers.processor.socket.unix;

import static org.legoos.managers.processor.socket.SocketNumbers.*;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.socket.Message;
import org.legoos.managers.processor.socket.Socket;

/** What sockets of AF_UNIX share: name, inbox, shutdown state, credentials. */
public abstract class UnixSocket extends Socket {
    /** A message may fill the send buffer but for this (unix_dgram_sendmsg of Linux). */
    private static final int HEADROOM_BYTES = 32;

    /** Seen as the peer of a socket that has none. */
    private static final int NOBODY = -1;

    final UnixNames names;
    final Inbox inbox = new Inbox();

    private volatile UnixNames.Bound bound;
    private volatile Ancillary sender;
    private int shut; // guarded by this
    private int error; // guarded by this
    private volatile byte[] peerCredentials = Ancillary.ucred(0, NOBODY, NOBODY);

    UnixSocket(UnixNames names, int type, int flags) {
        super(AF_UNIX, type, 0, flags);
        this.names = names;
    }

    @Override
    public int messageMax() {
        return options().sendBytes() - HEADROOM_BYTES;
    }

    /** What the socket is bound to as getsockname shows it, or null. */
    public final byte[] boundAddress() {
        UnixNames.Bound now = bound;
        return now == null ? null : now.address();
    }

    @Override
    public final byte[] name(UserThread t) {
        byte[] address = boundAddress();
        return address == null ? UnixNames.unnamed() : address;
    }

    @Override
    public final synchronized int bind(UserThread t, byte[] address) {
        if (address.length == UnixNames.PATH && address[0] == AF_UNIX) {
            autobind();
            return 0;
        }
        if (bound != null) {
            return -Errno.EINVAL;
        }
        setBound(names.bind(t, this, address));
        return 0;
    }

    final synchronized void autobind() {
        if (bound == null) {
            setBound(names.autobind(this));
        }
    }

    /** A connection that accept will give has its listener's name, which stays the listener's. */
    final void setBound(UnixNames.Bound newBound) {
        bound = newBound;
        sender = null;
    }

    final UnixNames.Bound bound() {
        return bound;
    }

    final int shut() {
        synchronized (this) {
            return shut;
        }
    }

    final void addShut(int mask) {
        synchronized (this) {
            shut |= mask;
        }
    }

    @Override
    public final int takeError() {
        synchronized (this) {
            int taken = error;
            error = 0;
            return taken;
        }
    }

    final boolean hasError() {
        synchronized (this) {
            return error != 0;
        }
    }

    final void setError(int errno) {
        synchronized (this) {
            error = errno;
        }
    }

    final void setPeerCredentials(byte[] ucred) {
        peerCredentials = ucred;
    }

    final byte[] peerCredentials() {
        return peerCredentials;
    }

    static byte[] credentialsOf(UserThread t) {
        return Ancillary.ucred(t.process().pid(), t.process().credentials().euid, t.process().credentials().egid);
    }

    /** Who sends, without files: the same object as long as nothing has changed. */
    final Ancillary sender(int pid, int uid, int gid) {
        Ancillary known = sender;
        if (known == null || known.pid != pid || known.uid != uid || known.gid != gid) {
            known = new Ancillary(pid, uid, gid, boundAddress(), null);
            sender = known;
        }
        return known;
    }

    @Override
    public byte[] option(UserThread t, int level, int name) {
        if (level != SOL_SOCKET) {
            throw SysError.of(Errno.EOPNOTSUPP);
        }
        return switch (name) {
            case SO_PEERCRED -> peerCredentials.clone();
            case SO_PEERGROUPS -> new byte[0];
            default -> null;
        };
    }

    @Override
    public int setOption(UserThread t, int level, int name, byte[] value, int lengthBytes) {
        return level == SOL_SOCKET ? -Errno.ENOPROTOOPT : -Errno.EOPNOTSUPP;
    }

    @Override
    public int ioctl(UserThread t, int request, long arg) {
        switch (request) {
            case SIOCINQ -> {
                if (isListening()) {
                    return -Errno.EINVAL;
                }
                t.user().putInt(arg, inbox.readableBytes(type() == SOCK_STREAM));
            }
            case SIOCOUTQ -> t.user().putInt(arg, unsentBytes());
            default -> {
                return super.ioctl(t, request, arg);
            }
        }
        return 0;
    }

    /** What can be received through this socket: its own messages, and those of connections that wait to be accepted. */
    java.util.List<Inbox> inboxes() {
        return java.util.List.of(inbox);
    }

    /** SIOCOUTQ: sent and not yet received. */
    abstract int unsentBytes();

    /** Who sends {@code m} and what comes with it; the files are retained and in flight. Throws EINVAL, EPERM, EBADF, ETOOMANYREFS. */
    final Ancillary ancillary(UserThread t, Message m) {
        if (options().passCredentials() && bound == null) {
            autobind();
        }
        return m.controlLength == 0 ? sender(t.process().pid(), t.process().credentials().uid, t.process().credentials().gid)
                : ControlParser.parse(t, this, m);
    }


    @Override
    public void buffersChanged() {
        waiters().wake(org.legoos.managers.processor.fs.OpenFlags.WRITABLE);
    }

}
