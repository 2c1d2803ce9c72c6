package org.legoos.mlx4.udp;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/** Takes datagrams on the receiving thread; anything may be in them. */
interface DatagramSink {
    /** The buffer stays the caller's. */
    void datagram(ByteBuf datagram, InetSocketAddress from);
}
