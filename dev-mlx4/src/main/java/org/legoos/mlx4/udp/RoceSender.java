package org.legoos.mlx4.udp;

import java.util.function.Consumer;
import org.legoos.mlx4.wire.Icrc;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketCodec;

/** Makes datagrams of packets: BTH to payload as they are, pad and the ICRC behind. Used by the wire's agent only. */
final class RoceSender {
    private final UdpSocket socket;
    private final UdpCounters counters;
    private final Consumer<String> log;
    private final PacketCodec codec = new PacketCodec();
    private final Icrc icrc = new Icrc();
    private final byte[] bytes = new byte[UdpPeer.headerBytesMax() + Packet.BYTES_MAX];
    private boolean hasLogged;

    RoceSender(UdpSocket socket, UdpCounters counters, Consumer<String> log) {
        this.socket = socket;
        this.counters = counters;
        this.log = log;
    }

    /** The packet stays the caller's. */
    void send(Packet packet, UdpPeer peer) {
        int at = peer.headerBytes();
        int length = codec.writeTransport(packet, bytes, at);
        if (length < 0 || at + length + Icrc.SIZE > bytes.length) {
            counters.malformed++;
            return;
        }
        peer.putHeaders(true, bytes, length + Icrc.SIZE);
        Icrc.put(bytes, at + length, icrc.ofRoceV2(bytes, 0, at + length));
        String error = socket.send(bytes, at, length + Icrc.SIZE, peer.address, peer.port);
        if (error == null) {
            counters.sent++;
            return;
        }
        counters.sendErrors++;
        if (!hasLogged) {
            hasLogged = true;
            log.accept("cannot send to LID " + peer.lid + " at " + UdpPeer.show(peer.address, peer.port) + ": " + error);
        }
    }
}
