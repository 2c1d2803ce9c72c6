package org.legoos.emulator.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicInteger;
import org.legoos.managers.processor.inet.StreamPeer;

/**
 * A TCP connection of the host as the other end of a program's socket. Each direction has a bound: what the program
 * sends waits in Netty up to {@link #CAPACITY_BYTES}; the host's side is read only while the program's queue has room.
 */
final class HostStream extends ChannelInboundHandlerAdapter implements StreamPeer {
    private static final int CAPACITY_BYTES = 256 << 10;

    private final SocketChannel channel;
    private final AtomicInteger unsentBytes = new AtomicInteger();
    private volatile StreamPeer end; // the program's
    private volatile boolean isBroken;
    private ByteBuf waiting; // read and not taken by the program; the event loop's
    private boolean isInputOver; // the event loop's
    private boolean isFinishTold; // the event loop's

    HostStream(SocketChannel channel) {
        this.channel = channel;
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
    }

    /** The program has taken the connection: data may come. */
    void start(StreamPeer programsEnd) {
        end = programsEnd;
        channel.config().setAutoRead(true);
        channel.eventLoop().execute(() -> {
            if (!channel.isOpen()) {
                ended(); // while it waited to be accepted
            }
        });
    }

    // ---- from the host

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf data = (ByteBuf) message;
        waiting = waiting == null ? data : Unpooled.wrappedBuffer(waiting, data);
        pass();
    }

    /** Gives the program what fits; stops reading when something is left. */
    private void pass() {
        while (waiting != null && waiting.isReadable()) {
            int length = waiting.readableBytes();
            int taken = end.deliver(MemorySegment.ofBuffer(waiting.nioBuffer()), 0, length);
            if (taken == GONE) {
                abort();
                return;
            }
            waiting.skipBytes(taken);
            if (taken == 0) {
                channel.config().setAutoRead(false);
                return;
            }
        }
        release();
        if (!isInputOver) {
            channel.config().setAutoRead(true);
        } else if (!isFinishTold) {
            isFinishTold = true;
            end.finish();
        }
    }

    private void release() {
        if (waiting != null) {
            waiting.release();
            waiting = null;
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            isInputOver = true;
            pass();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (end != null) {
            ended();
        }
    }

    private void ended() {
        if (!isFinishTold && !isBroken) {
            isInputOver = true;
            pass();
        }
        isBroken = true;
        end.drained();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        isBroken = true;
        if (end != null) {
            end.reset();
        }
        context.close();
    }

    // ---- from the program

    @Override
    public int deliver(MemorySegment from, long at, int length) {
        if (isBroken) {
            return GONE;
        }
        int taken = Math.min(length, CAPACITY_BYTES - unsentBytes.get());
        if (taken <= 0) {
            return 0;
        }
        unsentBytes.addAndGet(taken);
        ByteBuf data = channel.alloc().buffer(taken);
        byte[] bytes = new byte[taken];
        MemorySegment.copy(from, ValueLayout.JAVA_BYTE, at, bytes, 0, taken);
        data.writeBytes(bytes);
        channel.writeAndFlush(data).addListener(future -> sent(taken));
        return taken;
    }

    private void sent(int bytes) {
        int before = unsentBytes.getAndAdd(-bytes);
        boolean wasFull = CAPACITY_BYTES - before < CAPACITY_BYTES / 3;
        if (wasFull && CAPACITY_BYTES - (before - bytes) >= CAPACITY_BYTES / 3) {
            end.drained();
        }
    }

    @Override
    public int room() {
        return isBroken ? CAPACITY_BYTES : Math.max(0, CAPACITY_BYTES - unsentBytes.get());
    }

    @Override
    public int capacity() {
        return CAPACITY_BYTES;
    }

    @Override
    public void finish() {
        afterWrites(future -> channel.shutdownOutput());
    }

    /** The program has closed its socket: nobody will read what may still come. */
    @Override
    public void closed() {
        afterWrites(future -> channel.close());
    }

    private void afterWrites(ChannelFutureListener action) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(action);
    }

    @Override
    public void reset() {
        channel.eventLoop().execute(this::abort);
    }

    private void abort() {
        isBroken = true;
        release();
        try {
            channel.config().setSoLinger(0);
        } catch (RuntimeException e) {
            // It is closed already.
        }
        channel.close();
    }

    @Override
    public void drained() {
        channel.eventLoop().execute(() -> {
            if (waiting != null && end != null) {
                pass();
            }
        });
    }

    /** Closes what never reached a program. */
    static ChannelFuture refuse(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        return channel.close();
    }
}
