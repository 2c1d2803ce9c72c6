package org.legoos.managers.processor.syscall;

import static org.legoos.managers.processor.socket.SocketNumbers.*;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.Rlimits;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.socket.Message;
import org.legoos.managers.processor.socket.Socket;
import org.legoos.managers.processor.socket.SocketWait;

/** socket(2), socketpair(2), bind, connect, listen, accept, shutdown and the names of sockets. */
final class SocketCalls {
    private SocketCalls() {}

    static void addTo(SyscallTable<UserThread> table) {
        table.full("socket", (t, a, b, c, d, e, f) -> socket(t, (int) a, (int) b, (int) c));
        table.full("socketpair", (t, a, b, c, d, e, f) -> socketpair(t, (int) a, (int) b, (int) c, d));
        table.full("bind", (t, a, b, c, d, e, f) -> {
            Socket socket = SocketIo.socket(t, a);
            return socket.bind(t, SocketAddresses.read(t, b, (int) c));
        });
        table.full("connect", (t, a, b, c, d, e, f) -> {
            Socket socket = SocketIo.socket(t, a);
            return socket.connect(t, SocketAddresses.read(t, b, (int) c));
        });
        table.full("listen", (t, a, b, c, d, e, f) -> SocketIo.socket(t, a).listen(t, (int) b));
        table.full("accept", (t, a, b, c, d, e, f) -> accept(t, a, b, c, 0));
        table.full("accept4", (t, a, b, c, d, e, f) -> accept(t, a, b, c, (int) d));
        table.full("shutdown", (t, a, b, c, d, e, f) -> {
            Socket socket = SocketIo.socket(t, a);
            int how = (int) b;
            return how < SHUT_RD || how > SHUT_RDWR ? -Errno.EINVAL : socket.shutdown(t, how);
        });
        table.full("getsockname", (t, a, b, c, d, e, f) -> {
            byte[] name = SocketIo.socket(t, a).name(t);
            return putName(t, name, b, c);
        });
        table.full("getpeername", (t, a, b, c, d, e, f) -> {
            byte[] name = SocketIo.socket(t, a).peerName(t);
            return name == null ? -Errno.ENOTCONN : putName(t, name, b, c);
        });
    }

    private static long putName(UserThread t, byte[] name, long va, long lengthVa) {
        if (va == 0) {
            return -Errno.EFAULT;
        }
        SocketAddresses.write(t, name, va, lengthVa);
        return 0;
    }

    private static long limit(UserThread t) {
        return t.process().rlimits().soft(Rlimits.NOFILE);
    }

    private static int checkedType(int typeAndFlags) {
        int type = typeAndFlags & SOCK_TYPE_MASK;
        int flags = typeAndFlags & ~SOCK_TYPE_MASK;
        if ((flags & ~(SOCK_CLOEXEC | SOCK_NONBLOCK)) != 0) {
            throw SysError.of(Errno.EINVAL);
        }
        return type;
    }

    private static void requireFamilyAndType(int family, int type) {
        if (family < 0 || family >= AF_MAX) {
            throw SysError.of(Errno.EAFNOSUPPORT);
        }
        if (type >= SOCK_TYPE_MAX) {
            throw SysError.of(Errno.EINVAL);
        }
    }

    private static int fileFlags(int typeAndFlags) {
        return (typeAndFlags & SOCK_NONBLOCK) != 0 ? OpenFlags.O_NONBLOCK : 0;
    }

    private static long socket(UserThread t, int family, int typeAndFlags, int protocol) {
        int type = checkedType(typeAndFlags);
        requireFamilyAndType(family, type);
        Socket socket = t.process().manager().sockets().find(family).create(t, type, protocol, fileFlags(typeAndFlags));
        return t.files().add(socket, 0, limit(t), (typeAndFlags & SOCK_CLOEXEC) != 0);
    }

    private static long socketpair(UserThread t, int family, int typeAndFlags, int protocol, long va) {
        int type = checkedType(typeAndFlags);
        requireFamilyAndType(family, type);
        boolean isCloexec = (typeAndFlags & SOCK_CLOEXEC) != 0;
        Socket[] pair = t.process().manager().sockets().find(family).pair(t, type, protocol, fileFlags(typeAndFlags));
        int first;
        try {
            first = t.files().add(pair[0], 0, limit(t), isCloexec);
        } catch (SysError e) {
            pair[1].release();
            throw e;
        }
        int second;
        try {
            second = t.files().add(pair[1], 0, limit(t), isCloexec);
        } catch (SysError e) {
            t.files().remove(first).release();
            throw e;
        }
        if (!t.user().memory().putInt(va, first) || !t.user().memory().putInt(va + Integer.BYTES, second)) {
            t.files().remove(first).release();
            t.files().remove(second).release();
            return -Errno.EFAULT;
        }
        return 0;
    }

    private static long accept(UserThread t, long fd, long nameVa, long nameLengthVa, int flags) {
        if ((flags & ~(SOCK_CLOEXEC | SOCK_NONBLOCK)) != 0) {
            return -Errno.EINVAL;
        }
        Socket listener = SocketIo.socket(t, fd);
        t.files().requireRoom(limit(t));
        Socket[] accepted = new Socket[1];
        SocketWait.Attempt<Socket> attempt = (thread, socket, m) -> {
            accepted[0] = socket.accept(thread);
            return accepted[0] == null ? -Errno.EAGAIN : 0;
        };
        long error = attempt.go(t, listener, null);
        if (error == -Errno.EAGAIN && !listener.isNonBlocking()) {
            error = SocketWait.await(t, listener.waiters(), OpenFlags.READABLE | OpenFlags.POLLERR | OpenFlags.POLLHUP,
                    SocketWait.deadline(t, listener.readTimeoutNs()), attempt, listener, (Message) null);
        }
        if (error != 0) {
            return error;
        }
        Socket socket = accepted[0];
        socket.setFlags(socket.flags() | fileFlags(flags));
        try {
            if (nameVa != 0) {
                byte[] name = socket.peerName(t);
                SocketAddresses.write(t, name == null ? socket.name(t) : name, nameVa, nameLengthVa);
            }
        } catch (SysError e) {
            socket.release();
            throw e;
        }
        return t.files().add(socket, 0, limit(t), (flags & SOCK_CLOEXEC) != 0);
    }
}
