package org.legoos.managers.processor.socket;

import org.legoos.managers.processor.core.Capability;
import static org.legoos.managers.processor.socket.SocketNumbers.*;

import java.util.Arrays;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.time.Clocks;

/** Options of level SOL_SOCKET that every family keeps (sock_setsockopt of Linux). Any thread; single values, no lock. */
public final class SocketOptions {
    /** net.core.wmem_default, rmem_default, and the maximum that SO_SNDBUF and SO_RCVBUF can ask for. */
    public static final int BUFFER_BYTES = 212_992;
    private static final int BUFFER_BYTES_MIN = 2304;
    private static final int SEND_BYTES_MIN = 4608;
    private static final int FORCED_BYTES_MAX = 4 << 20;
    private static final int PRIORITY_MAX_UNPRIVILEGED = 6;

    /** Options that are a flag: bit n of flags is option n. */
    private static final long FLAGS = bit(SO_DEBUG) | bit(SO_REUSEADDR) | bit(SO_DONTROUTE) | bit(SO_BROADCAST) | bit(SO_KEEPALIVE)
            | bit(SO_OOBINLINE) | bit(SO_NO_CHECK) | bit(SO_REUSEPORT) | bit(SO_PASSCRED) | bit(SO_PASSSEC) | bit(SO_TIMESTAMP)
            | bit(SO_TIMESTAMPNS);

    /** struct ucred of nobody: pid 0, uid and gid -1. */
    private static final byte[] NO_PEER = new byte[3 * Integer.BYTES];

    static {
        Arrays.fill(NO_PEER, Integer.BYTES, NO_PEER.length, (byte) -1);
    }

    private volatile long flags;
    private volatile int sendBytes = BUFFER_BYTES;
    private volatile int receiveBytes = BUFFER_BYTES;
    private volatile int receiveLowWater = 1;
    private volatile long receiveTimeoutNs = WaitQueue.FOREVER;
    private volatile long sendTimeoutNs = WaitQueue.FOREVER;
    private volatile int lingerSeconds = -1;
    private volatile int priority;
    private volatile int mark;
    private volatile int busyPollUs;

    private static long bit(int option) {
        return 1L << option;
    }

    private boolean has(int option) {
        return (flags & bit(option)) != 0;
    }

    public boolean reuseAddress() {
        return has(SO_REUSEADDR);
    }

    /** Raw and ping sockets begin so (INET_PROTOSW_REUSE of Linux). */
    public void setReuseAddress() {
        flags |= bit(SO_REUSEADDR);
    }

    public boolean reusePort() {
        return has(SO_REUSEPORT);
    }

    public boolean broadcast() {
        return has(SO_BROADCAST);
    }

    public boolean urgentInline() {
        return has(SO_OOBINLINE);
    }

    public boolean passCredentials() {
        return has(SO_PASSCRED);
    }

    public boolean timestamps() {
        return has(SO_TIMESTAMP);
    }

    public int sendBytes() {
        return sendBytes;
    }

    public int receiveBytes() {
        return receiveBytes;
    }

    /** SO_RCVLOWAT, at least 1. */
    public int receiveLowWater() {
        return receiveLowWater;
    }

    /** WaitQueue.FOREVER for none. */
    public long receiveTimeoutNs() {
        return receiveTimeoutNs;
    }

    public long sendTimeoutNs() {
        return sendTimeoutNs;
    }

    /** SO_LINGER in seconds, -1 when off. */
    public int lingerSeconds() {
        return lingerSeconds;
    }

    /** accept(2): the new socket begins with the listener's options. */
    public void copyFrom(SocketOptions listener) {
        flags = listener.flags;
        sendBytes = listener.sendBytes;
        receiveBytes = listener.receiveBytes;
        receiveLowWater = listener.receiveLowWater;
        receiveTimeoutNs = listener.receiveTimeoutNs;
        sendTimeoutNs = listener.sendTimeoutNs;
        lingerSeconds = listener.lingerSeconds;
        priority = listener.priority;
        mark = listener.mark;
    }

    /** @return 0, a negative errno, or -ENOPROTOOPT when the option is not one of these */
    public int set(UserThread t, int name, byte[] value, int lengthBytes) {
        if (name == SO_BINDTODEVICE) {
            return lengthBytes == 0 || value[0] == 0 ? 0 : -Errno.EPERM; // packets inside the node pass no interface
        }
        if (lengthBytes < Integer.BYTES) {
            return -Errno.EINVAL;
        }
        int number = Le.getInt(value, 0);
        if (name >= 0 && name < Long.SIZE && (FLAGS & bit(name)) != 0) {
            return setFlag(t, name, number != 0);
        }
        switch (name) {
            case SO_SNDBUF -> sendBytes = doubled(number, SEND_BYTES_MIN, BUFFER_BYTES);
            case SO_RCVBUF -> receiveBytes = doubled(number, BUFFER_BYTES_MIN, BUFFER_BYTES);
            case SO_SNDBUFFORCE, SO_RCVBUFFORCE -> {
                return force(t, name, number);
            }
            case SO_RCVLOWAT -> receiveLowWater = number < 0 ? Integer.MAX_VALUE : Math.max(1, number);
            case SO_PRIORITY -> {
                if ((number < 0 || number > PRIORITY_MAX_UNPRIVILEGED) && !t.process().credentials().has(Capability.CAP_NET_ADMIN)) {
                    return -Errno.EPERM;
                }
                priority = number;
            }
            case SO_MARK -> {
                if (!t.process().credentials().has(Capability.CAP_NET_ADMIN)) {
                    return -Errno.EPERM;
                }
                mark = number;
            }
            case SO_BUSY_POLL -> busyPollUs = Math.max(0, number);
            case SO_LINGER -> {
                if (lengthBytes < 2 * Integer.BYTES) {
                    return -Errno.EINVAL;
                }
                lingerSeconds = number == 0 ? -1 : Math.max(0, Le.getInt(value, Integer.BYTES));
            }
            case SO_RCVTIMEO, SO_SNDTIMEO -> {
                return setTimeout(name, value, lengthBytes);
            }
            default -> {
                return -Errno.ENOPROTOOPT;
            }
        }
        return 0;
    }

    private synchronized int setFlag(UserThread t, int name, boolean isOn) {
        if (name == SO_DEBUG && isOn && !t.process().credentials().has(Capability.CAP_NET_ADMIN)) {
            return -Errno.EACCES;
        }
        flags = isOn ? flags | bit(name) : flags & ~bit(name);
        return 0;
    }

    /** Linux counts its own overhead too and so gives twice what was asked for. */
    private static int doubled(int wanted, int min, int max) {
        return Math.max(min, 2 * Math.min(wanted < 0 ? max : wanted, max));
    }

    private int force(UserThread t, int name, int wanted) {
        if (!t.process().credentials().has(Capability.CAP_NET_ADMIN)) {
            return -Errno.EPERM;
        }
        if (name == SO_SNDBUFFORCE) {
            sendBytes = doubled(wanted, SEND_BYTES_MIN, FORCED_BYTES_MAX);
        } else {
            receiveBytes = doubled(wanted, BUFFER_BYTES_MIN, FORCED_BYTES_MAX);
        }
        return 0;
    }

    private int setTimeout(int name, byte[] value, int lengthBytes) {
        if (lengthBytes < 2 * Long.BYTES) {
            return -Errno.EINVAL;
        }
        long seconds = Le.getLong(value, 0);
        long micros = Le.getLong(value, Long.BYTES);
        if (micros < 0 || micros >= 1_000_000) {
            return -Errno.EDOM;
        }
        long ns = seconds < 0 ? 0 : Clocks.saturatedAdd(Clocks.fromTimespec(seconds, 0), micros * 1000);
        boolean isNone = seconds == 0 && micros == 0;
        if (name == SO_RCVTIMEO) {
            receiveTimeoutNs = isNone ? WaitQueue.FOREVER : ns;
        } else {
            sendTimeoutNs = isNone ? WaitQueue.FOREVER : ns;
        }
        return 0;
    }

    /** The value, or null when the option is not one of these. */
    public byte[] get(int name, Socket socket) {
        if (name >= 0 && name < Long.SIZE && (FLAGS & bit(name)) != 0) {
            return number(has(name) ? 1 : 0);
        }
        return switch (name) {
            case SO_TYPE -> number(socket.type());
            case SO_PROTOCOL -> number(socket.protocol());
            case SO_DOMAIN -> number(socket.family());
            case SO_ERROR -> number(socket.takeError());
            case SO_ACCEPTCONN -> number(socket.isListening() ? 1 : 0);
            case SO_SNDBUF -> number(sendBytes);
            case SO_RCVBUF -> number(receiveBytes);
            case SO_RCVLOWAT -> number(receiveLowWater);
            case SO_SNDLOWAT -> number(1);
            case SO_PRIORITY -> number(priority);
            case SO_MARK -> number(mark);
            case SO_BUSY_POLL -> number(busyPollUs);
            case SO_INCOMING_CPU -> number(0);
            case SO_BINDTODEVICE -> new byte[0]; // to none
            case SO_COOKIE -> longNumber(socket.ino());
            case SO_PEERCRED -> socket.family() == AF_UNIX ? null : NO_PEER.clone();
            case SO_LINGER -> {
                byte[] value = new byte[2 * Integer.BYTES];
                Le.putInt(value, 0, lingerSeconds < 0 ? 0 : 1);
                Le.putInt(value, Integer.BYTES, Math.max(0, lingerSeconds));
                yield value;
            }
            case SO_RCVTIMEO -> timeval(receiveTimeoutNs);
            case SO_SNDTIMEO -> timeval(sendTimeoutNs);
            default -> null;
        };
    }

    /** An int as an option's value. */
    public static byte[] number(int value) {
        byte[] bytes = new byte[Integer.BYTES];
        Le.putInt(bytes, 0, value);
        return bytes;
    }

    private static byte[] longNumber(long value) {
        byte[] bytes = new byte[Long.BYTES];
        Le.putLong(bytes, 0, value);
        return bytes;
    }

    private static byte[] timeval(long ns) {
        byte[] value = new byte[2 * Long.BYTES];
        if (ns != WaitQueue.FOREVER) {
            Le.putLong(value, 0, ns / Clocks.NS_PER_S);
            Le.putLong(value, Long.BYTES, ns % Clocks.NS_PER_S / 1000);
        }
        return value;
    }
}
