package org.legoos.managers.processor.socket;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.core.WaitList;
import org.legoos.managers.processor.fs.FileMode;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.fs.PlacelessAttributes;
import org.legoos.managers.processor.inet.InterfaceIoctls;

/**
 * An open socket. Operations are tries: they answer 0 or a count, a negative errno, or -EAGAIN for "not now"; the
 * system call then waits on {@link #waiters} and tries again, unless the file is O_NONBLOCK, the call MSG_DONTWAIT or the
 * time of SO_RCVTIMEO or SO_SNDTIMEO is up. Only {@link #connect} may wait itself (by {@link SocketWait}). What a family
 * does not override answers as Linux's sock_no_* do. Any thread may call; addresses are whole struct sockaddr's, family first.
 */
public abstract class Socket extends OpenFile {
    private static final AtomicLong NEXT_INO = new AtomicLong(20_000);
    private static final int SOCKFS_DEVICE = 8;

    private final int family;
    private final int type;
    private final int protocol;
    private final PlacelessAttributes attributes = new PlacelessAttributes(FileMode.S_IFSOCK | 0777);
    private final long ino;
    private final SocketOptions options = new SocketOptions();
    private final WaitList waiters = new WaitList();

    protected Socket(int family, int type, int protocol, int flags) {
        this(NEXT_INO.getAndIncrement(), family, type, protocol, flags);
    }

    private Socket(long ino, int family, int type, int protocol, int flags) {
        super("socket:[" + ino + "]", flags | OpenFlags.O_RDWR);
        this.ino = ino;
        this.family = family;
        this.type = type;
        this.protocol = protocol;
    }

    public final int family() {
        return family;
    }

    public final int type() {
        return type;
    }

    public final int protocol() {
        return protocol;
    }

    public final long ino() {
        return ino;
    }

    /** SOL_SOCKET options that all families keep alike. */
    public final SocketOptions options() {
        return options;
    }

    @Override
    public final WaitList waiters() {
        return waiters;
    }

    /** Whether one send is one message that one receive takes whole. */
    public boolean keepsBoundaries() {
        return type != SocketNumbers.SOCK_STREAM;
    }

    /** Longest message that a socket that keeps boundaries can send; longer ones are EMSGSIZE. */
    public int messageMax() {
        return 65535;
    }

    public int bind(UserThread t, byte[] address) {
        return -Errno.EOPNOTSUPP;
    }

    /** May wait when the file is not O_NONBLOCK. An address of AF_UNSPEC takes a datagram socket's peer away. */
    public int connect(UserThread t, byte[] address) {
        return -Errno.EOPNOTSUPP;
    }

    public int listen(UserThread t, int backlog) {
        return -Errno.EOPNOTSUPP;
    }

    /**
     * Takes a connection. The new socket's flags are 0; the call sets O_NONBLOCK.
     *
     * @return the connected socket, or null when there is none now
     * @throws org.legoos.kernel.syscall.SysError EINVAL (not listening), EOPNOTSUPP, ECONNABORTED ...
     */
    public Socket accept(UserThread t) {
        throw org.legoos.kernel.syscall.SysError.of(Errno.EOPNOTSUPP);
    }

    /**
     * Sends {@code m.length} bytes of {@code m.data} with {@code m.control} to {@code m.name} or the peer. A socket that
     * keeps boundaries sends all or nothing; a stream may take a part.
     *
     * @return bytes taken or a negative errno; the call makes SIGPIPE of -EPIPE for streams
     */
    public abstract int send(UserThread t, Message m);

    /**
     * Receives into {@code m.data}; fills in name, control, files, flagsOut. MSG_PEEK leaves all where it is. A message
     * that is longer is cut with MSG_TRUNC in flagsOut.
     *
     * @return bytes (with MSG_TRUNC in the call's flags a message's whole length), 0 at the end, or a negative errno
     */
    public abstract int receive(UserThread t, Message m);

    /** @param how SHUT_RD, SHUT_WR, SHUT_RDWR, checked */
    public int shutdown(UserThread t, int how) {
        return -Errno.EOPNOTSUPP;
    }

    /** getsockname(2). */
    public abstract byte[] name(UserThread t);

    /** getpeername(2), or null: ENOTCONN. */
    public byte[] peerName(UserThread t) {
        return null;
    }

    /** Options of other levels than SOL_SOCKET, and those of SOL_SOCKET that {@link SocketOptions} does not know. */
    public int setOption(UserThread t, int level, int name, byte[] value, int lengthBytes) {
        return -Errno.ENOPROTOOPT;
    }

    /** @return the value, or null: ENOPROTOOPT; the caller cuts it to the room there is */
    public byte[] option(UserThread t, int level, int name) {
        return null;
    }

    /** SO_ERROR: the error that is kept for the program, as a positive errno, which is then forgotten; 0 for none. */
    public int takeError() {
        return 0;
    }

    /** SO_ACCEPTCONN. */
    public boolean isListening() {
        return false;
    }

    /** A new size of SO_SNDBUF or SO_RCVBUF is in {@link #options}. */
    public void buffersChanged() {}

    @Override
    public final long readTimeoutNs() {
        return options.receiveTimeoutNs();
    }

    @Override
    public final long writeTimeoutNs() {
        return options.sendTimeoutNs();
    }

    @Override
    public final boolean isSeekable() {
        return false;
    }

    @Override
    public final int read(UserThread t, MemorySegment to, long at, int lengthBytes, long offset) {
        Message m = t.message();
        m.begin(to, at, lengthBytes, 0);
        int done = receive(t, m);
        m.dropFiles();
        return done;
    }

    @Override
    public final int write(UserThread t, MemorySegment from, long at, int lengthBytes, long offset) {
        Message m = t.message();
        m.begin(from, at, lengthBytes, 0);
        return send(t, m);
    }

    /** Any socket may ask about interfaces (netdevice(7)). */
    @Override
    public int ioctl(UserThread t, int request, long arg) {
        return InterfaceIoctls.ioctl(t, t.process().manager().sockets().inet().interfaces(), request, arg);
    }

    @Override
    public int stat(UserThread t, FileService.Stat to) {
        attributes.fill(t, SOCKFS_DEVICE, ino, to);
        return 0;
    }

    @Override
    public int setattr(UserThread t, int mask, FileService.Stat to) {
        return attributes.set(mask, to);
    }
}
