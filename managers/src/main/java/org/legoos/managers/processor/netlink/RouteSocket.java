package org.legoos.managers.processor.netlink;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.OpenFlags;
import org.legoos.managers.processor.inet.InetStack;
import org.legoos.managers.processor.socket.Message;
import org.legoos.managers.processor.socket.Socket;
import org.legoos.managers.processor.socket.SocketNumbers;

/** A socket of NETLINK_ROUTE (netlink(7)): requests are answered at once, by the kernel only. Thread-safe. */
public final class RouteSocket extends Socket {
    private static final int SOL_NETLINK = 270;
    /** struct sockaddr_nl: u16 family, u16, u32 port, u32 groups. */
    private static final int ADDRESS_BYTES = 12;
    private static final int NL_PID = 4;
    private static final int NL_GROUPS = 8;
    private static final int REQUEST_BYTES_MAX = 65536;
    /** Netlink options are flags or group numbers; none changes what is answered. */
    private static final int OPTION_MAX = 12;

    private final NetlinkFamily family;
    private final RouteAnswers answers;
    private final ArrayDeque<byte[]> queue = new ArrayDeque<>(); // guarded by this
    private int queuedBytes; // guarded by this
    private int port; // 0 until bound; guarded by this
    private int groups; // guarded by this

    RouteSocket(NetlinkFamily family, InetStack stack, int type, int flags) {
        super(SocketNumbers.AF_NETLINK, type, NetlinkFamily.NETLINK_ROUTE, flags);
        this.family = family;
        this.answers = new RouteAnswers(stack);
    }

    @Override
    public synchronized int bind(UserThread t, byte[] address) {
        int error = check(address);
        if (error < 0) {
            return error;
        }
        int wanted = Le.getInt(address, NL_PID);
        if (port != 0 && wanted != 0 && wanted != port) {
            return -Errno.EINVAL;
        }
        groups = Le.getInt(address, NL_GROUPS);
        return port != 0 ? 0 : take(t, wanted);
    }

    private static int check(byte[] address) {
        if (address.length < ADDRESS_BYTES) {
            return -Errno.EINVAL;
        }
        return Le.getShort(address, 0) == SocketNumbers.AF_NETLINK ? 0 : -Errno.EINVAL;
    }

    /** Gives the socket a port: the process's id when that is free. */
    private int take(UserThread t, int wanted) {
        port = family.allocate(wanted, t.process().pid());
        return port == 0 ? -Errno.EADDRINUSE : 0;
    }

    /** Only the kernel can be spoken to. */
    @Override
    public int connect(UserThread t, byte[] address) {
        if (address.length >= 2 && Le.getShort(address, 0) == SocketNumbers.AF_UNSPEC) {
            return 0;
        }
        int error = check(address);
        return error < 0 ? error : Le.getInt(address, NL_PID) == 0 ? 0 : -Errno.ECONNREFUSED;
    }

    @Override
    public int send(UserThread t, Message m) {
        if (m.name != null) {
            int error = check(m.name);
            if (error < 0) {
                return error;
            }
            if (Le.getInt(m.name, NL_PID) != 0) {
                return -Errno.ECONNREFUSED;
            }
        }
        if (m.has(SocketNumbers.MSG_OOB)) {
            return -Errno.EOPNOTSUPP;
        }
        if (m.length > REQUEST_BYTES_MAX) {
            return -Errno.EMSGSIZE;
        }
        byte[] request = m.data.asSlice(m.at, m.length).toArray(ValueLayout.JAVA_BYTE);
        synchronized (this) {
            if (port == 0) {
                take(t, 0);
            }
            int at = 0;
            while (at + NetlinkWriter.HEADER_BYTES <= request.length) {
                int length = Le.getInt(request, at + NetlinkWriter.LEN);
                if (length < NetlinkWriter.HEADER_BYTES || length > request.length - at) {
                    break;
                }
                for (byte[] answer : answers.answer(request, at, length, port)) {
                    if (queuedBytes + answer.length > options().receiveBytes()) {
                        return -Errno.ENOBUFS;
                    }
                    queue.add(answer);
                    queuedBytes += answer.length;
                }
                at += length + 3 & -4;
            }
        }
        waiters().wake(OpenFlags.READABLE);
        return m.length;
    }

    /** Whether the receive buffer takes a message. */
    public synchronized boolean hasRoomFor(int bytes) {
        return queuedBytes + bytes <= options().receiveBytes();
    }

    /** A message from the kernel; the caller holds a reference. */
    public void deliver(byte[] message) {
        synchronized (this) {
            queue.add(message);
            queuedBytes += message.length;
        }
        waiters().wake(OpenFlags.READABLE);
    }

    @Override
    public int receive(UserThread t, Message m) {
        byte[] answer;
        synchronized (this) {
            answer = queue.peek();
            if (answer == null) {
                return -Errno.EAGAIN;
            }
            if (!m.has(SocketNumbers.MSG_PEEK)) {
                queue.remove();
                queuedBytes -= answer.length;
            }
        }
        int copied = Math.min(m.length, answer.length);
        MemorySegment.copy(answer, 0, m.data, ValueLayout.JAVA_BYTE, m.at, copied);
        if (copied < answer.length) {
            m.flagsOut |= SocketNumbers.MSG_TRUNC;
        }
        m.name = address(0, 0);
        return m.has(SocketNumbers.MSG_TRUNC) ? answer.length : copied;
    }

    private static byte[] address(int port, int groups) {
        byte[] address = new byte[ADDRESS_BYTES];
        Le.putShort(address, 0, SocketNumbers.AF_NETLINK);
        Le.putInt(address, NL_PID, port);
        Le.putInt(address, NL_GROUPS, groups);
        return address;
    }

    @Override
    public synchronized byte[] name(UserThread t) {
        return address(port, groups);
    }

    @Override
    public byte[] peerName(UserThread t) {
        return address(0, 0);
    }

    @Override
    public int setOption(UserThread t, int level, int name, byte[] value, int lengthBytes) {
        return level == SOL_NETLINK && name > 0 && name <= OPTION_MAX ? 0 : -Errno.ENOPROTOOPT;
    }

    @Override
    public int poll() {
        boolean isReady;
        synchronized (this) {
            isReady = !queue.isEmpty();
        }
        return OpenFlags.WRITABLE | (isReady ? OpenFlags.READABLE : 0);
    }

    @Override
    protected void closed() {
        synchronized (this) {
            queue.clear();
            family.free(port);
            port = 0;
        }
    }
}
