package org.legoos.mlx4.udp;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.function.Consumer;
import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.Icrc;
import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketCodec;
import org.legoos.mlx4.wire.PacketPool;

/** Makes packets of datagrams. Runs on the receiving thread; anything may be in a datagram. */
final class RoceReceiver implements DatagramSink {
    /** Bytes of the header that {@link #putRoute} fills. */
    static final int ROUTE_BYTES = Lrh.SIZE;

    private final int cardLid;
    private final Map<InetSocketAddress, UdpPeer> peers;
    private final PacketPool pool;
    private final UdpCounters counters;
    private final Consumer<String> log;
    private final Consumer<Packet> next;
    private final PacketCodec codec = new PacketCodec();
    private final byte[] bytes = new byte[UdpPeer.headerBytesMax() + Packet.BYTES_MAX];
    private volatile String stranger = "";
    private boolean hasLoggedIcrc;

    RoceReceiver(int cardLid, Map<InetSocketAddress, UdpPeer> peers, PacketPool pool, UdpCounters counters, Consumer<String> log,
            Consumer<Packet> next) {
        this.cardLid = cardLid;
        this.peers = peers;
        this.pool = pool;
        this.counters = counters;
        this.log = log;
        this.next = next;
    }

    @Override
    public void datagram(ByteBuf datagram, InetSocketAddress from) {
        UdpPeer peer = peers.get(from);
        if (peer == null) {
            counters.strangers++;
            if (stranger.isEmpty()) {
                stranger = UdpPeer.show(from.getAddress(), from.getPort());
            }
            return;
        }
        int length = datagram.readableBytes();
        int at = peer.headerBytes();
        if (length < Bth.SIZE + Icrc.SIZE || at + length > bytes.length) {
            counters.malformed++;
            return;
        }
        datagram.readBytes(bytes, at, length);
        peer.putHeaders(false, bytes, length);
        if (!codec.checksRoceV2(bytes, 0, at + length - Icrc.SIZE)) {
            badIcrc(peer);
            return;
        }
        Packet packet = pool.take();
        if (packet == null) {
            counters.overruns++;
            return;
        }
        if (!codec.readTransport(bytes, at, length, packet, Lrh.SIZE)) {
            counters.malformed++;
            packet.release();
            return;
        }
        counters.received++;
        putRoute(packet, peer.lid, cardLid);
        next.accept(packet);
    }

    /** The first address from which datagrams came that is no peer's; empty: there was none. */
    String stranger() {
        return stranger;
    }

    /** The route header that the packet would have on an InfiniBand link. */
    static void putRoute(Packet packet, int fromLid, int cardLid) {
        byte[] header = packet.header;
        java.util.Arrays.fill(header, 0, Lrh.SIZE, (byte) 0);
        Lrh.LNH.set(header, 0, Lrh.LNH_IBA_LOCAL);
        Lrh.DLID.set(header, 0, cardLid);
        Lrh.SLID.set(header, 0, fromLid);
        Lrh.PACKET_LENGTH.set(header, 0, packet.lengthWords());
    }

    private void badIcrc(UdpPeer peer) {
        counters.badIcrc++;
        if (!hasLoggedIcrc) {
            hasLoggedIcrc = true;
            log.accept("a datagram from LID " + peer.lid + " at " + UdpPeer.show(peer.address, peer.port) + " has a wrong ICRC: dropped");
        }
    }
}
