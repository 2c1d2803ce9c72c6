package org.legoos.emulator.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.inet.Endpoint;
import org.legoos.managers.processor.inet.HostDatagrams;
import org.legoos.managers.processor.inet.Interfaces;
import org.legoos.managers.processor.inet.IpAddress;

/** A UDP socket of the host that stands for one of a program. What waits to be sent is bounded; beyond that packets are lost. */
final class DatagramCarrier extends SimpleChannelInboundHandler<DatagramPacket> implements HostDatagrams {
    private static final int UNSENT_BYTES_MAX = 1 << 20;

    private final Receiver receiver;
    private final AtomicInteger unsentBytes = new AtomicInteger();
    private volatile Channel channel;

    DatagramCarrier(Receiver receiver) {
        this.receiver = receiver;
    }

    void use(Channel bound) {
        channel = bound;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        byte[] data = new byte[packet.content().readableBytes()];
        packet.content().readBytes(data);
        byte[] from = packet.sender().getAddress().getAddress();
        boolean isHost = packet.sender().getAddress().isLoopbackAddress();
        IpAddress sender = isHost ? Interfaces.GATEWAY : IpAddress.of(from, 0, from.length);
        receiver.received(new Endpoint(sender, packet.sender().getPort()), data);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        receiver.failed(Errno.ECONNREFUSED);
    }

    @Override
    public int send(Endpoint to, byte[] data) {
        InetSocketAddress address = NettyNetwork.packetAddress(to);
        if (address == null) {
            return -Errno.ENETUNREACH;
        }
        if (unsentBytes.addAndGet(data.length) > UNSENT_BYTES_MAX) {
            unsentBytes.addAndGet(-data.length);
            return 0; // lost on the way, as packets may be
        }
        channel.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(data), address))
                .addListener(future -> unsentBytes.addAndGet(-data.length));
        return 0;
    }

    @Override
    public void close() {
        channel.close();
    }
}
