package org.legoos.emulator.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.inet.Endpoint;
import org.legoos.managers.processor.inet.HostConnection;
import org.legoos.managers.processor.inet.HostDatagrams;
import org.legoos.managers.processor.inet.HostNetwork;
import org.legoos.managers.processor.inet.IncomingConnection;
import org.legoos.managers.processor.inet.InetStack;
import org.legoos.managers.processor.inet.Interfaces;
import org.legoos.managers.processor.inet.IpAddress;
import org.legoos.managers.processor.inet.StreamPeer;

/**
 * The host's network for a node's programs, in user mode: their connections and packets are the launcher's own. One
 * event loop thread does all; it is made when it is first needed. Programs reach out only when that is allowed.
 */
public final class NettyNetwork implements HostNetwork, AutoCloseable {
    private static final int CONNECT_TIMEOUT_MS = 60_000;
    private static final int BACKLOG = 1024;

    private final InetStack stack;
    private final boolean mayGoOut;
    private MultiThreadIoEventLoopGroup group; // guarded by this

    /** @param mayGoOut whether programs may connect and send to the host's network */
    public NettyNetwork(InetStack stack, boolean mayGoOut) {
        this.stack = stack;
        this.mayGoOut = mayGoOut;
    }

    private synchronized MultiThreadIoEventLoopGroup group() {
        if (group == null) {
            group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("network", true), NioIoHandler.newFactory());
        }
        return group;
    }

    /**
     * Connections to a port of the host become connections to a program's.
     *
     * @param hostPort 0 for any free one
     * @return the host's port
     * @throws IOException when the port cannot be had
     */
    public int publish(InetAddress hostAddress, int hostPort, int guestPort) throws IOException {
        ChannelFuture bound = new ServerBootstrap().group(group()).channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG).option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accept(channel, guestPort);
                    }
                })
                .bind(new InetSocketAddress(hostAddress, hostPort)).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(bound.cause().getMessage(), bound.cause());
        }
        return ((InetSocketAddress) bound.channel().localAddress()).getPort();
    }

    private void accept(SocketChannel channel, int guestPort) {
        HostStream stream = new HostStream(channel);
        channel.pipeline().addLast(stream);
        stack.incoming(channel.remoteAddress().getPort(), guestPort, new IncomingConnection() {
            @Override
            public StreamPeer host() {
                return stream;
            }

            @Override
            public void accepted(StreamPeer end) {
                stream.start(end);
            }

            @Override
            public void refused() {
                HostStream.refuse(channel);
            }
        });
    }

    @Override
    public boolean isReachable(IpAddress destination) {
        return mayGoOut && !destination.isMulticast() && !destination.isLinkLocal6();
    }

    /** The gateway's address is the host itself. */
    private static InetSocketAddress hostAddress(Endpoint to) throws UnknownHostException {
        InetAddress address = to.address().equals(Interfaces.GATEWAY) ? InetAddress.getLoopbackAddress()
                : InetAddress.getByAddress(to.address().bytes());
        return new InetSocketAddress(address, to.port());
    }

    @Override
    public void connect(Endpoint destination, HostConnection connection) {
        try {
            Bootstrap bootstrap = new Bootstrap().group(group()).channel(NioSocketChannel.class)
                    .option(ChannelOption.AUTO_READ, false).option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
                    .handler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            // The stream is added when the connection stands.
                        }
                    });
            bootstrap.connect(hostAddress(destination)).addListener(future -> {
                if (future.isSuccess()) {
                    established((SocketChannel) ((ChannelFuture) future).channel(), connection);
                } else {
                    connection.failed(errno(future.cause()));
                }
            });
        } catch (UnknownHostException | RuntimeException e) {
            connection.failed(Errno.ENETUNREACH);
        }
    }

    private static void established(SocketChannel channel, HostConnection connection) {
        HostStream stream = new HostStream(channel);
        InetSocketAddress local = channel.localAddress();
        StreamPeer end = connection.established(stream,
                new Endpoint(IpAddress.of(local.getAddress().getAddress(), 0, local.getAddress().getAddress().length), local.getPort()));
        if (end == null) {
            HostStream.refuse(channel);
            return;
        }
        channel.pipeline().addLast(stream);
        stream.start(end);
    }

    private static int errno(Throwable cause) {
        String why = String.valueOf(cause.getMessage());
        if (cause instanceof NoRouteToHostException || why.contains("No route")) {
            return Errno.EHOSTUNREACH;
        }
        if (why.contains("unreachable")) {
            return Errno.ENETUNREACH;
        }
        boolean isTimeout = why.contains("timed out");
        return isTimeout || !(cause instanceof ConnectException) ? Errno.ETIMEDOUT : Errno.ECONNREFUSED;
    }

    @Override
    public HostDatagrams openDatagrams(boolean isV4, HostDatagrams.Receiver receiver) {
        DatagramCarrier carrier = new DatagramCarrier(receiver);
        ChannelFuture bound = new Bootstrap().group(group()).channel(NioDatagramChannel.class).handler(carrier)
                .bind(new InetSocketAddress(0)).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            return null;
        }
        carrier.use(bound.channel());
        return carrier;
    }

    /** Where a packet of a program goes on the host; null when that is no address. */
    static InetSocketAddress packetAddress(Endpoint to) {
        try {
            return hostAddress(to);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** Closes all connections. */
    @Override
    public void close() {
        MultiThreadIoEventLoopGroup ending;
        synchronized (this) {
            ending = group;
            group = null;
        }
        stack.connectTo(HostNetwork.NONE);
        if (ending != null) {
            ending.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }
}
