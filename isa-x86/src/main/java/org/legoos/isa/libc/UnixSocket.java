package org.legoos.isa.libc;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A stream socket of the UNIX domain that passes file descriptors (unix(7), SCM_RIGHTS), which Java's channels do not.
 * One thread receives, one thread at a time sends; {@link #close} may come on any thread and ends a waiting call. The
 * descriptor itself is given back by the receiving thread, in {@link #release}, so that its number is never reused
 * under a call.
 */
public final class UnixSocket implements AutoCloseable {
    /** sun_path with its NUL. */
    public static final int PATH_BYTES_MAX = 107;
    /** Descriptors that one message may carry. */
    public static final int FDS_MAX = 16;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM_CLOEXEC = 0x80001;
    private static final int SHUT_RDWR = 2;
    private static final int BACKLOG = 4;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    // struct msghdr and struct cmsghdr of 64-bit Linux
    private static final int MSG_BYTES = 56;
    private static final int MSG_IOV = 16;
    private static final int MSG_IOV_COUNT = 24;
    private static final int MSG_CONTROL = 32;
    private static final int MSG_CONTROL_BYTES = 40;
    private static final int IOV_BYTES = 16;
    private static final int CMSG_LEVEL = 8;
    private static final int CMSG_TYPE = 12;
    private static final int CMSG_DATA = 16;
    private static final int CONTROL_BYTES = CMSG_DATA + FDS_MAX * Integer.BYTES;

    private static final MethodHandle SOCKET = HostCall.bind("socket", FunctionDescriptor.of(INT, INT, INT, INT));
    private static final MethodHandle BIND =
            HostCall.bind("bind", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, INT));
    private static final MethodHandle CONNECT =
            HostCall.bind("connect", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, INT));
    private static final MethodHandle LISTEN = HostCall.bind("listen", FunctionDescriptor.of(INT, INT, INT));
    private static final MethodHandle ACCEPT = HostCall.bind(
            "accept4", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, INT));
    private static final MethodHandle SHUTDOWN = HostCall.bind("shutdown", FunctionDescriptor.of(INT, INT, INT));
    private static final MethodHandle RECVMSG =
            HostCall.bind("recvmsg", FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, INT));
    private static final MethodHandle SENDMSG =
            HostCall.bind("sendmsg", FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, INT));

    private static final MethodHandle POLL =
            HostCall.bind("poll", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, LONG, INT));
    private static final int POLL_BYTES = 8; // struct pollfd: fd, events, revents
    private static final int POLL_EVENTS = 4;
    private static final short POLLIN = 1;

    private final int fd;
    private final Arena arena = Arena.ofAuto();
    private final MemorySegment poll = arena.allocate(POLL_BYTES, Integer.BYTES);
    private final MessageHeader in = new MessageHeader(arena);
    private final MessageHeader out = new MessageHeader(arena);
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final AtomicBoolean isReleased = new AtomicBoolean();

    private UnixSocket(int fd) {
        this.fd = fd;
    }

    /** A listening socket; the path must not exist. */
    public static UnixSocket listen(String path) throws IOException {
        UnixSocket socket = open(path, BIND, "bind to " + path);
        try {
            if ((int) LISTEN.invokeExact(HostCall.state(), socket.fd, BACKLOG) < 0) {
                throw HostCall.failed("listen");
            }
            return socket;
        } catch (IOException e) {
            socket.release();
            throw e;
        } catch (Throwable t) {
            throw HostCall.unexpected(t);
        }
    }

    public static UnixSocket connect(String path) throws IOException {
        return open(path, CONNECT, "connect to " + path);
    }

    private static UnixSocket open(String path, MethodHandle call, String what) throws IOException {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        if (name.length > PATH_BYTES_MAX) {
            throw new IOException(path + ": longer than the " + PATH_BYTES_MAX + " bytes that a socket's path may have");
        }
        try (Arena temporary = Arena.ofConfined()) {
            int fd = (int) SOCKET.invokeExact(HostCall.state(), AF_UNIX, SOCK_STREAM_CLOEXEC, 0);
            if (fd < 0) {
                throw HostCall.failed("socket");
            }
            int addressBytes = Short.BYTES + name.length + 1;
            MemorySegment address = temporary.allocate(addressBytes);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
            MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, Short.BYTES, name.length);
            if ((int) call.invokeExact(HostCall.state(), fd, address, addressBytes) < 0) {
                IOException failure = HostCall.failed(what);
                Descriptor.close(fd);
                throw failure;
            }
            return new UnixSocket(fd);
        } catch (IOException e) {
            throw e;
        } catch (Throwable t) {
            throw HostCall.unexpected(t);
        }
    }

    /** Waits for a client; null once this socket is closed. */
    public UnixSocket accept() throws IOException {
        try {
            while (!isClosed.get()) {
                int client = (int) ACCEPT.invokeExact(
                        HostCall.state(), fd, MemorySegment.NULL, MemorySegment.NULL, SOCK_STREAM_CLOEXEC & ~1);
                if (client >= 0) {
                    return new UnixSocket(client);
                }
                if (HostCall.errno() != HostCall.EINTR && !isClosed.get()) {
                    throw HostCall.failed("accept");
                }
            }
            return null;
        } catch (IOException e) {
            throw e;
        } catch (Throwable t) {
            throw HostCall.unexpected(t);
        }
    }

    /**
     * Waits for bytes. Descriptors that come with them go into {@code descriptors}.
     *
     * @return how many bytes, at least 1 and at most {@code length}; 0 when the peer or {@link #close} ended it
     */
    public int receive(MemorySegment to, long offset, int length, ReceivedDescriptors descriptors) {
        try {
            while (!isClosed.get()) {
                in.describe(to.asSlice(offset, length), CONTROL_BYTES);
                long got = (long) RECVMSG.invokeExact(HostCall.state(), fd, in.header, MSG_CMSG_CLOEXEC);
                if (got >= 0) {
                    in.takeDescriptors(descriptors);
                    return (int) got;
                }
                if (HostCall.errno() != HostCall.EINTR) {
                    return 0; // the peer's end, as good as any other
                }
            }
            return 0;
        } catch (Throwable t) {
            throw HostCall.unexpected(t);
        }
    }

    /** Waits until there is something to receive, or the end; false when nothing came in time. */
    public boolean awaitInput(int timeoutMs) {
        try {
            poll.set(INT, 0, fd);
            poll.set(ValueLayout.JAVA_SHORT, POLL_EVENTS, POLLIN);
            while (!isClosed.get()) {
                int ready = (int) POLL.invokeExact(HostCall.state(), poll, 1L, timeoutMs);
                if (ready >= 0 || HostCall.errno() != HostCall.EINTR) {
                    return ready > 0;
                }
            }
            return true;
        } catch (Throwable t) {
            throw HostCall.unexpected(t);
        }
    }

    /** Sends all of the bytes, with descriptors on the first one; false when the peer is gone. */
    public boolean send(MemorySegment from, long offset, int length, int... descriptors) {
        int done = 0;
        try {
            while (done < length && !isClosed.get()) {
                int controlBytes = done == 0 ? out.putDescriptors(descriptors) : 0;
                out.describe(from.asSlice(offset + done, (long) length - done), controlBytes);
                long sent = (long) SENDMSG.invokeExact(HostCall.state(), fd, out.header, MSG_NOSIGNAL);
                if (sent > 0) {
                    done += (int) sent;
                } else if (HostCall.errno() != HostCall.EINTR) {
                    return false;
                }
            }
            return done == length;
        } catch (Throwable t) {
            throw HostCall.unexpected(t);
        }
    }

    /** Ends the conversation. Any thread. */
    @Override
    public void close() {
        if (!isClosed.getAndSet(true) && !isReleased.get()) {
            try {
                int unused = (int) SHUTDOWN.invokeExact(HostCall.state(), fd, SHUT_RDWR);
            } catch (Throwable t) {
                throw HostCall.unexpected(t);
            }
        }
    }

    /** Closes and gives the descriptor back; by the thread that accepts or receives, when it will do so no more. */
    public void release() {
        close();
        if (!isReleased.getAndSet(true)) {
            Descriptor.close(fd);
        }
    }

    /** A struct msghdr with one buffer and room for descriptors. */
    private static final class MessageHeader {
        final MemorySegment header;
        private final MemorySegment iov;
        private final MemorySegment control;

        MessageHeader(Arena arena) {
            header = arena.allocate(MSG_BYTES, Long.BYTES);
            iov = arena.allocate(IOV_BYTES, Long.BYTES);
            control = arena.allocate(CONTROL_BYTES, Long.BYTES);
            header.set(LONG, MSG_IOV, iov.address());
            header.set(LONG, MSG_IOV_COUNT, 1);
        }

        void describe(MemorySegment buffer, int controlBytes) {
            iov.set(LONG, 0, buffer.address());
            iov.set(LONG, Long.BYTES, buffer.byteSize());
            header.set(LONG, MSG_CONTROL, controlBytes == 0 ? 0 : control.address());
            header.set(LONG, MSG_CONTROL_BYTES, controlBytes);
        }

        int putDescriptors(int[] descriptors) {
            if (descriptors.length == 0) {
                return 0;
            }
            int sizeBytes = CMSG_DATA + descriptors.length * Integer.BYTES;
            control.set(LONG, 0, sizeBytes);
            control.set(INT, CMSG_LEVEL, SOL_SOCKET);
            control.set(INT, CMSG_TYPE, SCM_RIGHTS);
            MemorySegment.copy(descriptors, 0, control, INT, CMSG_DATA, descriptors.length);
            return sizeBytes;
        }

        /** We ask for no other control messages, so there is one at most. */
        void takeDescriptors(ReceivedDescriptors into) {
            long gotBytes = header.get(LONG, MSG_CONTROL_BYTES);
            if (gotBytes < CMSG_DATA || control.get(INT, CMSG_LEVEL) != SOL_SOCKET
                    || control.get(INT, CMSG_TYPE) != SCM_RIGHTS) {
                return;
            }
            long end = Math.min(control.get(LONG, 0), gotBytes);
            for (long at = CMSG_DATA; at + Integer.BYTES <= end; at += Integer.BYTES) {
                into.add(control.get(INT, at));
            }
        }
    }
}
