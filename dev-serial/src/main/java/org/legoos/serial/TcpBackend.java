package org.legoos.serial;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * A TCP port that one client at a time may connect to (telnet, nc); further ones are turned away at once.
 * Output while nobody is there is dropped. One thread does all socket work.
 */
public final class TcpBackend implements SerialBackend {
    private static final int RING_BYTES = 256 << 10;
    private static final int BATCH_BYTES = 4096;
    private static final long CLOSE_WAIT_MS = 300;

    private final Selector selector;
    private final ServerSocketChannel server;
    private final InetSocketAddress address;
    private final ByteRing ring = new ByteRing(RING_BYTES);
    private volatile SerialInput input;
    private volatile Thread thread;
    private volatile boolean isConnected;
    private volatile boolean isClosed;

    // The thread's own.
    private SelectionKey client;
    private final byte[] batch = new byte[BATCH_BYTES];
    private final ByteBuffer out = ByteBuffer.wrap(batch).limit(0);
    private final ByteBuffer in = ByteBuffer.allocate(256);

    private TcpBackend(Selector selector, ServerSocketChannel server) throws IOException {
        this.selector = selector;
        this.server = server;
        address = (InetSocketAddress) server.getLocalAddress();
    }

    /** Listens on the loopback interface; port 0 for any. */
    public static TcpBackend listen(int port) throws IOException {
        return listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    public static TcpBackend listen(InetSocketAddress address) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(address, 1);
            server.configureBlocking(false);
            Selector selector = Selector.open();
            server.register(selector, SelectionKey.OP_ACCEPT);
            return new TcpBackend(selector, server);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw new IOException("cannot listen for a serial port on " + address + ": " + e.getMessage(), e);
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public String location() {
        return "tcp " + address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    @Override
    public void attach(SerialInput newInput) {
        input = newInput;
        newInput.carrier(false);
        thread = Thread.ofPlatform().daemon().name("serial-tcp").start(this::serve);
    }

    @Override
    public void transmit(byte[] from, int offset, int length) {
        if (isConnected) {
            ring.put(from, offset, length);
            selector.wakeup();
        } else {
            ring.drop(length);
        }
    }

    @Override
    public long droppedBytes() {
        return ring.dropped();
    }

    @Override
    public void close() {
        isClosed = true;
        selector.wakeup();
        Thread server = thread;
        try {
            if (server == null) {
                closeAll();
            } else {
                server.join(CLOSE_WAIT_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() {
        try {
            while (!isClosed) {
                selector.select();
                selector.selectedKeys().clear();
                accept();
                if (client != null) {
                    exchange();
                }
            }
        } catch (IOException e) {
            // The selector or the listening socket broke: the port is unplugged.
            isConnected = false;
        } finally {
            closeAll();
        }
    }

    private void accept() throws IOException {
        SocketChannel newcomer = server.accept();
        if (newcomer == null) {
            return;
        }
        if (client != null) {
            newcomer.close();
            return;
        }
        newcomer.configureBlocking(false);
        newcomer.setOption(StandardSocketOptions.TCP_NODELAY, true);
        client = newcomer.register(selector, SelectionKey.OP_READ);
        isConnected = true;
        input.carrier(true);
    }

    private void exchange() {
        SocketChannel channel = (SocketChannel) client.channel();
        try {
            int count = channel.read(in.clear());
            for (int i = 0; i < count; i++) {
                input.receive(in.get(i));
            }
            if (count < 0) {
                hangUp(channel);
                return;
            }
            boolean isFlushed = writeOut(channel);
            client.interestOps(SelectionKey.OP_READ | (isFlushed ? 0 : SelectionKey.OP_WRITE));
        } catch (IOException e) {
            hangUp(channel);
        }
    }

    /** Writes until the ring is empty or the socket full; true when all is out. */
    private boolean writeOut(SocketChannel channel) throws IOException {
        while (true) {
            if (!out.hasRemaining()) {
                int count = ring.poll(batch);
                out.clear().limit(count);
                if (count == 0) {
                    return true;
                }
            }
            if (channel.write(out) == 0) {
                return false;
            }
        }
    }

    private void hangUp(SocketChannel channel) {
        isConnected = false;
        client = null;
        ring.drop(out.remaining());
        out.clear().limit(0);
        for (int lost = ring.poll(batch); lost > 0; lost = ring.poll(batch)) {
            ring.drop(lost);
        }
        closeQuietly(channel);
        input.carrier(false);
    }

    private void closeAll() {
        if (client != null) {
            try {
                writeOut((SocketChannel) client.channel());
            } catch (IOException e) {
                ring.drop(out.remaining());
            }
            closeQuietly(client.channel());
        }
        closeQuietly(server);
        closeQuietly(selector);
    }

    private static void closeQuietly(AutoCloseable end) {
        try {
            end.close();
        } catch (Exception e) {
            // Nothing is left to be done with it.
        }
    }
}
