package org.legoos.mlx4.udp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.function.Consumer;
import org.legoos.mlx4.fabric.Port;
import org.legoos.mlx4.ring.RingReader;
import org.legoos.mlx4.ring.RingWriter;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketPool;

/**
 * The short way to the peers on this host: each side makes a ring for what it receives from the other, tells where it is by a
 * {@link RingMessage}, and writes to the other's when it has heard of it. Until then, and when something is wrong with a ring,
 * packets go as datagrams: the transport cures what gets lost or overtaken in the change. {@link #hasMore} and the two flags
 * may be used by any thread, the rest only by the wire's agent.
 */
final class HostRings {
    private static final int BATCH = 64;
    private static final SecureRandom NONCES = new SecureRandom();

    private final PeerRings[] rings;
    private final RoceSender sender;
    private final PacketPool pool;
    private final UdpCounters counters;
    private final Consumer<String> log;
    private final Packet message = new PacketPool(1).take();
    private final int pid = (int) ProcessHandle.current().pid();
    private boolean hasLogged;

    private HostRings(PeerRings[] rings, RoceSender sender, PacketPool pool, UdpCounters counters, Consumer<String> log) {
        this.rings = rings;
        this.sender = sender;
        this.pool = pool;
        this.counters = counters;
        this.log = log;
    }

    /** A ring for each peer whose address is this host's. */
    static HostRings forPeersHere(Collection<UdpPeer> peers, RoceSender sender, PacketPool pool, UdpCounters counters, Consumer<String> log) {
        try {
            var here = new java.util.ArrayList<PeerRings>();
            for (UdpPeer peer : peers) {
                if (isThisHost(peer.address)) {
                    peer.rings = new PeerRings(peer, new RingReader(NONCES.nextLong()));
                    here.add(peer.rings);
                }
            }
            return new HostRings(here.toArray(PeerRings[]::new), sender, pool, counters, log);
        } catch (IOException e) {
            log.accept("no shared memory with peers on this host: " + e.getMessage());
            return new HostRings(new PeerRings[0], sender, pool, counters, log);
        }
    }

    private static boolean isThisHost(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    boolean isEmpty() {
        return rings.length == 0;
    }

    void offerAll() {
        for (PeerRings each : rings) {
            tell(each, RingMessage.OFFER);
        }
    }

    private void tell(PeerRings to, int kind) {
        RingMessage.fill(message, kind, to.in.nonce(), pid, to.in.descriptor());
        sender.send(message, to.peer);
    }

    // ---- receiving ----

    boolean hasMore() {
        for (PeerRings each : rings) {
            if (each.in.hasMore()) {
                return true;
            }
        }
        return false;
    }

    void stayAwake() {
        for (PeerRings each : rings) {
            each.in.stayAwake();
        }
    }

    void mayBeWoken() {
        for (PeerRings each : rings) {
            each.in.mayBeWoken();
        }
    }

    /** Gives packets that came to the card while that has room. @return whether there is more */
    boolean deliver(Port port, int cardLid) {
        boolean isMore = false;
        for (PeerRings each : rings) {
            isMore |= deliver(each, port, cardLid);
        }
        return isMore;
    }

    private boolean deliver(PeerRings from, Port port, int cardLid) {
        for (int i = 0; i < BATCH; i++) {
            if (!from.in.hasMore() || !port.hasRoom()) {
                return false; // for room we are signalled
            }
            Packet packet = pool.take();
            if (packet == null) {
                return true;
            }
            if (from.in.read(packet, RoceReceiver.ROUTE_BYTES)) {
                counters.received++;
                RoceReceiver.putRoute(packet, from.peer.lid, cardLid);
                port.transmit(packet);
                continue;
            }
            packet.release();
            counters.malformed++;
            if (from.in.isBroken()) {
                complain(from, "what it writes into shared memory is no packet");
            }
        }
        return true;
    }

    /** A packet of another kind came from a peer as a datagram. */
    void datagramCame(UdpPeer from) {
        if (from.rings != null && from.rings.datagramCame()) {
            tell(from.rings, RingMessage.OFFER);
        }
    }

    /** The peer says something about rings. Anything may be in the packet, which stays the caller's. */
    void onMessage(Packet packet, UdpPeer from) {
        byte[] words = RingMessage.words(packet);
        PeerRings with = from.rings;
        if (words == null || with == null) {
            counters.malformed++;
            return;
        }
        int kind = RingMessage.KIND.get(words, 0);
        if (kind == RingMessage.OFFER || kind == RingMessage.ANSWER) {
            open(with, words);
            if (kind == RingMessage.OFFER) {
                tell(with, RingMessage.ANSWER);
            }
        } else if (kind != RingMessage.WAKE) { // which has done its work by coming
            counters.malformed++;
        }
    }

    private void open(PeerRings with, byte[] words) {
        long nonce = RingMessage.nonce(words);
        if (with.out != null && with.outNonce == nonce) {
            return;
        }
        try {
            with.out = RingWriter.open(RingMessage.PID.get(words, 0), RingMessage.DESCRIPTOR.get(words, 0), nonce);
            with.outNonce = nonce;
        } catch (IOException | SecurityException e) {
            complain(with, "its memory cannot be shared: " + e.getMessage());
        }
    }

    // ---- sending ----

    /** Sends by the ring to a peer that has offered one. @return false: not this way. The packet stays the caller's */
    boolean send(Packet packet, UdpPeer to) {
        PeerRings with = to.rings;
        if (with == null || with.out == null) {
            return false;
        }
        switch (with.out.write(packet)) {
            case WRITTEN -> {
                counters.sent++;
                counters.shared++;
                with.isTouched = true;
            }
            case FULL -> counters.ringFull++;
            case TOO_LONG -> counters.malformed++;
            case BROKEN -> {
                with.out = null;
                complain(with, "what it reads from shared memory was never written");
                return false;
            }
        }
        return true;
    }

    /** After a batch of {@link #send}: wakes the readers that sleep. */
    void wake() {
        for (PeerRings each : rings) {
            if (each.isTouched) {
                each.isTouched = false;
                if (each.out != null && each.out.mustWake()) {
                    counters.wakes++;
                    tell(each, RingMessage.WAKE);
                }
            }
        }
    }

    private void complain(PeerRings about, String what) {
        if (!hasLogged) {
            hasLogged = true;
            log.accept("LID " + about.peer.lid + " at " + UdpPeer.show(about.peer.address, about.peer.port) + ": " + what
                    + "; it gets datagrams");
        }
    }

    void close() {
        for (PeerRings each : rings) {
            each.in.close();
        }
    }
}
