package org.legoos.mlx4.udp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.legoos.isa.time.HostClock;
import org.legoos.mlx4.capture.LinkCapture.Direction;
import org.legoos.mlx4.capture.PcapFile;
import org.legoos.mlx4.fabric.Tap;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketPool;

/**
 * The far end of a card's cable when its peers are in other processes: what the card sends goes out as datagrams on the
 * thread that rang the doorbell; what arrives is given to the card on the thread that received it.
 *
 * <p>LIDs are addresses on this wire: there is no switch, no subnet management, and of the InfiniBand headers only what
 * RoCE v2 carries, from the BTH on, passes. A datagram that gets lost, comes twice or out of order is the transport's to
 * cure.
 */
public final class UdpWire extends SocketWire {
    private static final int ARRIVED_MAX = 8192;
    private static final int BATCH = 64;

    /**
     * What a wire may do.
     *
     * @param mtuBytes packets' payload: the same at all ends
     * @param sharesMemory whether packets to and from peers on this host may go through shared memory
     * @param splitsInKernel whether the host's kernel may split and join datagrams: fewer system calls, but who captures
     *     packets on this host sees them joined
     */
    public record Options(int mtuBytes, boolean sharesMemory, boolean splitsInKernel) {}

    private final int cardLid;
    private final Map<Integer, UdpPeer> peerByLid = new HashMap<>();
    private final PacketPool pool = new PacketPool(ARRIVED_MAX);
    private final RoceSender sender;
    private final RoceReceiver receiver;
    private final UdpSocket socket;
    private final HostRings rings;
    private final RingWatch watch = new RingWatch(HostClock.instance());

    /**
     * Opens the wire.
     *
     * @param name for messages
     * @param cardLid the LID of the card that this end serves
     * @param addresses where each LID is, ours included
     * @param options what the wire may do
     * @param log gets one line for the first of each kind of trouble
     * @throws IOException for the user: the address cannot be had
     */
    public UdpWire(String name, int cardLid, Map<Integer, InetSocketAddress> addresses, Options options, Consumer<String> log)
            throws IOException {
        super(name + " UDP wire", options.mtuBytes, ARRIVED_MAX);
        this.cardLid = cardLid;
        InetSocketAddress local = addresses.get(cardLid);
        Map<InetSocketAddress, UdpPeer> peerByAddress = new HashMap<>();
        addresses.forEach((lid, address) -> {
            if (lid != cardLid) {
                UdpPeer peer = new UdpPeer(lid, local, address);
                peerByLid.put(lid, peer);
                peerByAddress.put(address, peer);
            }
        });
        List<UdpPeer> mayShare = options.sharesMemory ? List.copyOf(peerByLid.values()) : List.of();
        receiver = new RoceReceiver(cardLid, peerByAddress, pool, counters, log, this::take);
        socket = UdpSocket.bind(local, receiver, this::signal, watch, options.splitsInKernel, log);
        sender = new RoceSender(socket, counters, log);
        rings = HostRings.forPeersHere(mayShare, sender, new PacketPool(ARRIVED_MAX), counters, log);
        rings.offerAll();
        watch.start(rings, this::signal);
        open(socket);
    }

    /** Records what passes the card's port, in the form that it has on an Ethernet. */
    public Tap capture(PcapFile file, Direction direction) {
        return new RoceCapture(file, direction, peerByLid, cardLid);
    }

    /** An address from which datagrams came and were dropped, because it is no peer's; empty: there was none. */
    public String strangers() {
        return receiver.stranger();
    }

    /** Where we are bound. */
    public InetSocketAddress address() {
        return socket.address();
    }

    @Override
    void end() {
        watch.stop();
        rings.close();
    }

    @Override
    void turn() {
        boolean hasMore = deliver() | rings.deliver(port, cardLid);
        Packet packet = port.poll();
        for (int i = 1; packet != null && i < BATCH; i++) {
            send(packet);
            packet = port.poll();
        }
        if (packet != null) {
            send(packet);
        }
        sender.flush();
        rings.wake();
        if (hasMore || packet != null) {
            signal();
        }
    }

    private boolean deliver() {
        for (int i = 0; i < BATCH; i++) {
            Packet packet = pollArrived();
            if (packet == null) {
                return false;
            }
            UdpPeer from = peerByLid.get(packet.slid());
            if (RingMessage.is(packet)) {
                rings.onMessage(packet, from);
                packet.release();
            } else {
                rings.datagramCame(from);
                port.transmit(packet);
            }
        }
        return true;
    }

    private void send(Packet packet) {
        UdpPeer peer = packet.isManagement() ? null : peerByLid.get(packet.dlid());
        if (peer == null) {
            counters.unroutable++;
        } else if (!rings.send(packet, peer)) {
            sender.add(packet, peer);
        }
        packet.release();
    }

    @Override
    public String toString() {
        return "LID " + cardLid + " at " + UdpPeer.show(socket.address().getAddress(), socket.address().getPort());
    }
}
