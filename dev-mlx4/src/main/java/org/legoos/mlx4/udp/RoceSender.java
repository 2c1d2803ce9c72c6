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
    private UdpPeer to;
    private int eachBytes;
    private int putBytes;
    private int datagrams;

    RoceSender(UdpSocket socket, UdpCounters counters, Consumer<String> log) {
        this.socket = socket;
        this.counters = counters;
        this.log = log;
    }

    /** Sends it at once. The packet stays the caller's. */
    void send(Packet packet, UdpPeer peer) {
        add(packet, peer);
        flush();
    }

    /** Sends it with others of the same size to the same peer, not later than {@link #flush}. The packet stays the caller's. */
    void add(Packet packet, UdpPeer peer) {
        int at = peer.headerBytes();
        int length = codec.writeTransport(packet, bytes, at);
        if (length < 0 || at + length + Icrc.SIZE > bytes.length) {
            counters.malformed++;
            return;
        }
        peer.putHeaders(true, bytes, length + Icrc.SIZE);
        Icrc.put(bytes, at + length, icrc.ofRoceV2(bytes, 0, at + length));
        int datagramBytes = length + Icrc.SIZE;
        if (datagrams > 0 && (peer != to || datagramBytes > eachBytes || !socket.takes(putBytes, datagramBytes, datagrams))) {
            flush();
        }
        if (datagrams == 0) {
            to = peer;
            eachBytes = datagramBytes;
        }
        socket.put(putBytes, bytes, at, datagramBytes);
        putBytes += datagramBytes;
        datagrams++;
        if (datagramBytes < eachBytes) {
            flush(); // only the last may be shorter
        }
    }

    /** Sends what was added. */
    void flush() {
        if (datagrams == 0) {
            return;
        }
        String error = socket.sendPut(putBytes, eachBytes, to.address, to.port);
        int tried = datagrams;
        datagrams = 0;
        putBytes = 0;
        if (error == null) {
            counters.sent += tried;
            return;
        }
        counters.sendErrors += tried;
        if (!hasLogged) {
            hasLogged = true;
            log.accept("cannot send to LID " + to.lid + " at " + UdpPeer.show(to.address, to.port) + ": " + error);
        }
    }
}
