package org.legoos.emulator.vfiouser;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The client's end of a vfio-user connection, with the numbers of QEMU's docs/interop/vfio-user.rst. */
final class VfioUserClient implements AutoCloseable {
    static final int VERSION = 1;
    static final int REGION_READ = 9;
    static final int REGION_WRITE = 10;
    static final int CONFIG_REGION = 7;
    /** Flags of a message: its type, and two bits. */
    static final int REPLY = 1;

    static final int NO_REPLY = 0x10;
    static final int ERROR = 0x20;
    private static final int TYPE_MASK = 0xf;
    private static final int HEADER_BYTES = 16;

    private final SocketChannel channel;

    record Message(int id, int command, int flags, int error, ByteBuffer body) {
        boolean isReply() {
            return (flags & TYPE_MASK) == REPLY;
        }
    }

    VfioUserClient(Path socket) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
    }

    static ByteBuffer body(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What VERSION says: 0.0 and what the client can do. */
    static ByteBuffer version(String capabilities) {
        byte[] json = ("{\"capabilities\":{" + capabilities + "}}\0").getBytes(StandardCharsets.US_ASCII);
        return body(2 * Short.BYTES + json.length).putShort((short) 0).putShort((short) 0).put(json);
    }

    /** @param body all of it, wherever its position is */
    void send(int id, int command, int flags, int error, ByteBuffer body) throws IOException {
        ByteBuffer message = body(HEADER_BYTES + body.capacity());
        message.putShort((short) id).putShort((short) command).putInt(message.capacity()).putInt(flags).putInt(error);
        message.put(body.array()).flip();
        while (message.hasRemaining()) {
            channel.write(message);
        }
    }

    Message receive() throws IOException {
        ByteBuffer header = receive(HEADER_BYTES);
        return new Message(Short.toUnsignedInt(header.getShort(0)), header.getShort(2), header.getInt(8), header.getInt(12),
                receive(header.getInt(4) - HEADER_BYTES));
    }

    private ByteBuffer receive(int bytes) throws IOException {
        ByteBuffer buffer = body(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new IOException("the server closed the connection");
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
