package org.legoos.mlx4.udp;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SelectStrategy;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.Socket;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.legoos.mlx4.wire.Packet;

/**
 * A bound datagram socket. One thread receives, in batches (recvmmsg), and runs the card on what came; sending is a system
 * call on the caller's thread, for a hop to the receiving thread would cost more than the call.
 */
final class UdpSocket {
    static {
        // Netty says little, and what it says is for its developers: it must not choose a logger by what is on the class path.
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    }

    /** Room for windows of several queue pairs; the host may give less (net.core.rmem_max). */
    private static final int BUFFER_BYTES = 4 << 20;

    private static final int BATCH_DATAGRAMS = 16;
    private static final int DATAGRAM_BYTES_MAX = Packet.BYTES_MAX;
    /**
     * Most bytes of datagrams that the kernel keeps joined (UDP_GRO; a UDP length has 16 bits). They are received one such batch at a
     * time: with recvmmsg Netty does not learn where one datagram ends (Netty's pull request 17492).
     */
    private static final int JOINED_BYTES_MAX = 0xffff;
    /** What the kernel splits may have so many bytes: an IPv6 datagram's payload at most. */
    private static final int SPLIT_BYTES_MAX = 0xffff - UdpPeer.headerBytesMax();
    /** Of {@code linux/udp.h}: as many segments as all kernels take (UDP_MAX_SEGMENTS), level and name of the option. */
    private static final int SEGMENTS_MAX = 64;
    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;
    private static final long QUIET_MS = 0;
    private static final long CLOSE_MS = 2_000;

    private final EventLoopGroup group;
    private final EpollDatagramChannel channel;
    private final Socket socket;
    private final ByteBuf out = Unpooled.directBuffer(JOINED_BYTES_MAX); // only the sender's, as all that follows
    private boolean splits;
    private int splitAtBytes; // 0: the kernel does not split

    private UdpSocket(EventLoopGroup group, EpollDatagramChannel channel, boolean splits) {
        this.group = group;
        this.channel = channel;
        this.socket = (Socket) channel.fd();
        this.splits = splits;
    }

    /**
     * Opens a socket and starts receiving.
     *
     * @param splits whether the kernel may split what is sent into datagrams and join what comes (UDP_SEGMENT, UDP_GRO of udp(7))
     * @param idle what the receiving thread does when nothing has come
     * @param batchDone called on the receiving thread after each batch that {@code receiver} has got
     */
    static UdpSocket bind(InetSocketAddress address, DatagramSink receiver, Runnable batchDone, SelectStrategy idle, boolean splits,
            Consumer<String> log) throws IOException {
        boolean joins = splits && EpollDatagramChannel.isSegmentedDatagramPacketSupported();
        String shown = UdpPeer.show(address.getAddress(), address.getPort());
        if (!Epoll.isAvailable()) {
            throw new IOException("the UDP wire needs Linux's epoll: " + Epoll.unavailabilityCause());
        }
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("udp-" + shown, true), EpollIoHandler.newFactory(0, () -> idle));
        Bootstrap bootstrap = new Bootstrap().group(group).channel(EpollDatagramChannel.class)
                .option(ChannelOption.SO_RCVBUF, BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, BUFFER_BYTES)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(joins ? JOINED_BYTES_MAX : DATAGRAM_BYTES_MAX * BATCH_DATAGRAMS))
                .handler(new Input(receiver, batchDone, log));
        ChannelFuture bound = (joins ? bootstrap.option(EpollChannelOption.UDP_GRO, true)
                : bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM_BYTES_MAX)).bind(address);
        bound.awaitUninterruptibly();
        if (!bound.isSuccess()) {
            group.shutdownGracefully(QUIET_MS, CLOSE_MS, java.util.concurrent.TimeUnit.MILLISECONDS);
            throw new IOException("cannot bind UDP " + shown + ": " + reason(bound.cause()));
        }
        return new UdpSocket(group, (EpollDatagramChannel) bound.channel(), joins);
    }

    /** Netty's errors read "bind(..) failed with error(-98): Address already in use". */
    private static String reason(Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        int colon = text.lastIndexOf(": ");
        return colon < 0 ? text : text.substring(colon + 2);
    }

    InetSocketAddress address() {
        return channel.localAddress();
    }

    /** Sends at once or not at all. @return null, or why it was not sent */
    String send(byte[] bytes, int at, int lengthBytes, InetAddress to, int toPort) {
        out.setBytes(0, bytes, at, lengthBytes);
        return send(0, lengthBytes, lengthBytes, to, toPort);
    }

    /** Is there room for one more datagram of that size behind so many bytes of others, to be sent in one call? */
    boolean takes(int behindBytes, int datagramBytes, int datagrams) {
        return splits && datagrams < SEGMENTS_MAX && behindBytes + datagramBytes <= SPLIT_BYTES_MAX;
    }

    /** Puts a datagram behind others. */
    void put(int behindBytes, byte[] bytes, int at, int lengthBytes) {
        out.setBytes(behindBytes, bytes, at, lengthBytes);
    }

    /** Sends what was put: datagrams of the same size, of which the last may be shorter. @return null, or why not all was sent */
    String sendPut(int lengthBytes, int datagramBytes, InetAddress to, int toPort) {
        String error = send(0, lengthBytes, datagramBytes, to, toPort);
        if (error == null || lengthBytes <= datagramBytes || !splits) {
            return error;
        }
        splits = false; // not on this path, or not in this kernel
        error = null;
        for (int at = 0; at < lengthBytes && error == null; at += datagramBytes) {
            int one = Math.min(datagramBytes, lengthBytes - at);
            error = send(at, at + one, one, to, toPort);
        }
        return error;
    }

    private String send(int from, int end, int datagramBytes, InetAddress to, int toPort) {
        try {
            int splitAt = end - from > datagramBytes ? datagramBytes : 0;
            if (splitAt != splitAtBytes && (splitAt != 0 || end - from > splitAtBytes)) {
                socket.setIntOpt(SOL_UDP, UDP_SEGMENT, splitAt);
                splitAtBytes = splitAt;
            }
            return socket.sendToAddress(out.memoryAddress(), from, end, to, toPort) == end - from ? null : "the socket's buffer is full";
        } catch (IOException e) {
            return reason(e);
        }
    }

    /** No more sending or receiving. Called by the sender, so that no send is under way. */
    void close() {
        channel.close();
        group.shutdownGracefully(QUIET_MS, CLOSE_MS, java.util.concurrent.TimeUnit.MILLISECONDS);
    }

    /** Waits until the address is free again. Not on the receiving thread. */
    void awaitClosed() {
        channel.closeFuture().awaitUninterruptibly(CLOSE_MS);
    }

    private static final class Input extends ChannelInboundHandlerAdapter {
        private final DatagramSink receiver;
        private final Runnable batchDone;
        private final Consumer<String> log;
        private boolean hasLogged;

        Input(DatagramSink receiver, Runnable batchDone, Consumer<String> log) {
            this.receiver = receiver;
            this.batchDone = batchDone;
            this.log = log;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                DatagramPacket datagram = (DatagramPacket) message;
                receiver.datagram(datagram.content(), datagram.sender());
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            batchDone.run();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (!hasLogged) {
                hasLogged = true;
                log.accept("receiving failed: " + cause);
            }
        }
    }
}
