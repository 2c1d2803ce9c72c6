package org.legoos.mlx4.udp;

import org.legoos.mlx4.ring.RingReader;
import org.legoos.mlx4.ring.RingWriter;

/** The two rings between a card and a peer on the same host. Used by the wire's agent, but for {@code in}'s flags. */
final class PeerRings {
    /** After so many offers without packets in the ring we leave it at datagrams. */
    private static final int OFFERS_MAX = 16;
    /** A peer that still sends datagrams is reminded of our offer each time that so many have come. */
    private static final int DATAGRAMS_PER_OFFER = 64;

    final UdpPeer peer;
    final RingReader in;
    /** Null: what goes there goes as datagrams. */
    RingWriter out;
    long outNonce;
    /** Something was written since the last look at whether the peer sleeps. */
    boolean isTouched;
    private int offers;
    private int datagrams;

    PeerRings(UdpPeer peer, RingReader in) {
        this.peer = peer;
        this.in = in;
    }

    /** A packet came as a datagram although there is a ring for it. @return whether to offer the ring again */
    boolean datagramCame() {
        return ++datagrams % DATAGRAMS_PER_OFFER == 0 && ++offers <= OFFERS_MAX;
    }
}
