package org.legoos.managers.processor.mqueue;

import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.OpenFile;
import org.legoos.managers.processor.netlink.RouteSocket;
import org.legoos.managers.processor.socket.Socket;

/**
 * A notice of SIGEV_THREAD (ipc/mqueue.c of Linux): the C library hands over a netlink socket and a cookie, and a thread of its
 * reads the cookie back from the socket when a message has come, or when none will be told of any more. The cookie's last byte
 * says which.
 */
final class ThreadNotice {
    private static final int COOKIE_BYTES = 32;
    private static final byte WOKENUP = 1;
    private static final byte REMOVED = 2;

    private final RouteSocket socket; // with one reference
    private final byte[] cookie;

    private ThreadNotice(RouteSocket socket, byte[] cookie) {
        this.socket = socket;
        this.cookie = cookie;
    }

    /** @param fd sigev_signo. @param cookieVa sigev_value */
    static ThreadNotice of(UserThread t, int fd, long cookieVa) {
        byte[] cookie = new byte[COOKIE_BYTES];
        t.user().read(cookieVa, cookie, cookie.length);
        OpenFile file = t.files().get(fd);
        if (!(file instanceof RouteSocket socket)) {
            throw SysError.of(file instanceof Socket ? Errno.EINVAL : Errno.ENOTSOCK);
        }
        if (!socket.hasRoomFor(COOKIE_BYTES)) {
            throw SysError.of(Errno.EAGAIN);
        }
        socket.retain();
        return new ThreadNotice(socket, cookie);
    }

    /** It was not registered. */
    void abandon() {
        socket.release();
    }

    void end(boolean hasCome) {
        cookie[COOKIE_BYTES - 1] = hasCome ? WOKENUP : REMOVED;
        socket.deliver(cookie);
        socket.release();
    }
}
