package org.legoos.emulator.control;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.legoos.isa.libc.ReceivedDescriptors;
import org.legoos.isa.libc.UnixSocket;

/** Messages over a connection. One thread receives; any may send. */
final class ControlChannel implements AutoCloseable {
    static final int VERSION = 1;
    /** More than the kernel's argument and environment strings may be together. */
    static final int PAYLOAD_BYTES_MAX = 4 << 20;

    private static final int HEADER_BYTES = Integer.BYTES + 1;
    private static final int CHUNK_BYTES = 64 << 10;

    private final UnixSocket socket;
    private final Arena arena = Arena.ofAuto();
    private final MemorySegment in = arena.allocate(CHUNK_BYTES);
    private final ReceivedDescriptors descriptors = new ReceivedDescriptors();

    ControlChannel(UnixSocket socket) {
        this.socket = socket;
    }

    /** The descriptors that came up to now and that nobody has taken. */
    ReceivedDescriptors descriptors() {
        return descriptors;
    }

    /** The next message; null at the end of the connection. */
    Frame receive() throws ProtocolException {
        byte[] header = new byte[HEADER_BYTES];
        if (!fill(header)) {
            return null;
        }
        int length = new Frame(FrameType.HELLO, header).number();
        if (length < 0 || length > PAYLOAD_BYTES_MAX) {
            throw new ProtocolException("a message of " + Integer.toUnsignedString(length) + " bytes");
        }
        FrameType type = FrameType.of(header[Integer.BYTES] & 0xff);
        byte[] payload = new byte[length];
        return fill(payload) ? new Frame(type, payload) : null;
    }

    private boolean fill(byte[] to) {
        for (int done = 0; done < to.length;) {
            int got = socket.receive(in, 0, Math.min(CHUNK_BYTES, to.length - done), descriptors);
            if (got <= 0) {
                return false;
            }
            MemorySegment.copy(in, ValueLayout.JAVA_BYTE, 0, to, done, got);
            done += got;
        }
        return true;
    }

    /** @return false when the other side is gone */
    synchronized boolean send(FrameWriter frame, int... fds) {
        byte[] bytes = frame.toBytes();
        try (Arena temporary = Arena.ofConfined()) {
            return socket.send(temporary.allocateFrom(ValueLayout.JAVA_BYTE, bytes), 0, bytes.length, fds);
        }
    }

    /** Ends the connection, on any thread; {@link #receive} then ends. */
    @Override
    public void close() {
        socket.close();
    }

    /** By the receiving thread, when it receives no more. */
    void release() {
        descriptors.clear();
        socket.release();
    }
}
