package org.legoos.managers.processor.syscall;

import static org.legoos.managers.processor.socket.SocketNumbers.*;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.signal.Signals;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;
import org.legoos.managers.processor.core.IoVector;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.socket.Message;
import org.legoos.managers.processor.socket.Socket;
import org.legoos.managers.processor.socket.SocketWait;

/**
 * Moves data between a socket and the program's buffers ({@link UserThread#vector}) and waits where the socket says
 * -EAGAIN: the common part of read, write and all the send and receive calls.
 */
final class SocketIo {
    private static final int HANGUP = OpenFlags.POLLERR | OpenFlags.POLLHUP | OpenFlags.POLLRDHUP;

    /** Room for one message: none can be longer, since SO_SNDBUFFORCE ends there. */
    private static final int MESSAGE_BYTES_MAX = 8 << 20;

    private static final SocketWait.Attempt<Socket> SEND = (t, socket, m) -> socket.send(t, m);
    private static final SocketWait.Attempt<Socket> RECEIVE = (t, socket, m) -> socket.receive(t, m);

    private SocketIo() {}

    /**
     * Sends what the thread's vector describes.
     *
     * @param name destination, null for the peer
     * @param controlBytes of control data in the thread's message
     */
    static long send(UserThread t, Socket socket, byte[] name, int controlBytes, int flags) {
        long done = socket.keepsBoundaries() ? sendMessage(t, socket, name, controlBytes, flags)
                : sendStream(t, socket, name, controlBytes, flags);
        if (done == -Errno.EPIPE && !socket.keepsBoundaries() && (flags & MSG_NOSIGNAL) == 0) {
            t.pending().add(SigInfo.fromProcess(Signals.SIGPIPE, SigInfo.SI_USER, t.process().pid(), t.process().credentials().uid));
            t.requestDelivery();
        }
        return done;
    }

    private static long sendMessage(UserThread t, Socket socket, byte[] name, int controlBytes, int flags) {
        IoVector data = t.vector();
        if (data.left() > socket.messageMax()) {
            return -Errno.EMSGSIZE;
        }
        int length = (int) data.left();
        boolean isShort = length <= UserThread.IO_BYTES;
        MemorySegment buffer = isShort ? t.io() : MemorySegment.ofArray(new byte[length]);
        long at = isShort ? t.ioPa() : 0;
        if (data.copyIn(t, buffer, at, length) != length) {
            return -Errno.EFAULT;
        }
        Message m = t.message();
        m.begin(buffer, at, length, flags);
        m.name = name;
        m.controlLength = controlBytes;
        return attempt(t, socket, m, SEND, OpenFlags.WRITABLE | HANGUP, socket.writeTimeoutNs());
    }

    private static long sendStream(UserThread t, Socket socket, byte[] name, int controlBytes, int flags) {
        IoVector data = t.vector();
        Message m = t.message();
        long total = data.left();
        long done = 0;
        do {
            int chunk = data.copyIn(t, t.io(), t.ioPa(), (int) Math.min(UserThread.IO_BYTES, total - done));
            if (chunk == 0 && total > 0) {
                return done > 0 ? done : -Errno.EFAULT;
            }
            int put = 0;
            do {
                m.begin(t.io(), t.ioPa() + put, chunk - put, flags);
                m.totalLength = total - done;
                m.name = name;
                m.controlLength = done == 0 ? controlBytes : 0;
                long sent = attempt(t, socket, m, SEND, OpenFlags.WRITABLE | HANGUP, socket.writeTimeoutNs());
                if (sent < 0) {
                    return done > 0 ? done : sent;
                }
                put += (int) sent;
                done += sent;
            } while (put < chunk);
        } while (done < total);
        return done;
    }

    /** A try, and when that finds nothing and may wait, waiting. */
    private static long attempt(UserThread t, Socket socket, Message m, SocketWait.Attempt<Socket> what, int interest, long timeoutNs) {
        long result = what.go(t, socket, m);
        boolean isErrorQueue = m.has(MSG_ERRQUEUE) && socket.family() != AF_UNIX; // nobody waits for errors
        if (result != -Errno.EAGAIN || socket.isNonBlocking() || m.has(MSG_DONTWAIT) || isErrorQueue || !socket.tryRetain()) {
            return result;
        }
        try {
            return SocketWait.await(t, socket.waiters(), interest, SocketWait.deadline(t, timeoutNs), what, socket, m);
        } finally {
            socket.release();
        }
    }

    /**
     * Receives into the thread's vector. The thread's message then has name, control, files and flagsOut; whoever does not
     * hand the files on drops them.
     */
    static long receive(UserThread t, Socket socket, int controlRoom, int flags) {
        return socket.keepsBoundaries() ? receiveMessage(t, socket, controlRoom, flags)
                : receiveStream(t, socket, controlRoom, flags);
    }

    private static long receiveMessage(UserThread t, Socket socket, int controlRoom, int flags) {
        IoVector data = t.vector();
        int length = (int) Math.min(MESSAGE_BYTES_MAX, data.left());
        if (!data.isWritable(t, Math.min(length, UserThread.IO_BYTES))) {
            return -Errno.EFAULT;
        }
        boolean isShort = length <= UserThread.IO_BYTES;
        MemorySegment buffer = isShort ? t.io() : MemorySegment.ofArray(new byte[length]);
        long at = isShort ? t.ioPa() : 0;
        Message m = t.message();
        m.begin(buffer, at, length, flags);
        m.controlRoom = controlRoom;
        long got = attempt(t, socket, m, RECEIVE, OpenFlags.READABLE | HANGUP, socket.readTimeoutNs());
        if (got > 0) {
            int there = (int) Math.min(got, length);
            if (data.copyOut(t, buffer, at, there) != there) {
                m.dropFiles();
                return -Errno.EFAULT;
            }
        }
        return got;
    }

    private static long receiveStream(UserThread t, Socket socket, int controlRoom, int flags) {
        IoVector data = t.vector();
        Message m = t.message();
        long total = data.left();
        long done = 0;
        OpenOnce once = new OpenOnce();
        do {
            int chunk = (int) Math.min(UserThread.IO_BYTES, total - done);
            if (!data.isWritable(t, chunk)) {
                return once.result(m, done, -Errno.EFAULT);
            }
            m.begin(t.io(), t.ioPa(), chunk, flags);
            m.controlRoom = controlRoom;
            m.controlLength = once.controlLength;
            long got = attempt(t, socket, m, RECEIVE, OpenFlags.READABLE | HANGUP, socket.readTimeoutNs());
            if (got <= 0) {
                return once.result(m, done, got);
            }
            once.take(m);
            int copied = data.copyOut(t, t.io(), t.ioPa(), (int) got);
            done += copied;
            if (copied < got) {
                return once.result(m, done, -Errno.EFAULT);
            }
        } while ((flags & MSG_WAITALL) != 0 && (flags & MSG_PEEK) == 0 && done < total && once.files == null);
        return once.result(m, done, 0);
    }

    /** What came beside the data in the first of several pieces. */
    private static final class OpenOnce {
        private org.legoos.managers.processor.fs.OpenFile[] files;
        private int controlLength;
        private int flagsOut;

        void take(Message m) {
            files = m.files;
            controlLength = m.controlLength;
            flagsOut |= m.flagsOut;
        }

        long result(Message m, long done, long error) {
            m.files = files;
            m.controlLength = controlLength;
            m.flagsOut = flagsOut;
            return done > 0 ? done : error;
        }
    }

    /** The socket of a descriptor, or EBADF, ENOTSOCK. */
    static Socket socket(UserThread t, long fd) {
        if (t.files().get(fd) instanceof Socket socket) {
            return socket;
        }
        throw SysError.of(Errno.ENOTSOCK);
    }
}
