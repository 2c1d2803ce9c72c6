package org.legoos.mlx4.fabric;

import org.legoos.mlx4.wire.Packet;

/** One direction of a link. Unimpaired it is a call into the peer's inbox. */
final class Wire {
    private final Link link;
    private final Port peer;
    private volatile ImpairedWire impaired; // null: perfect

    Wire(Link link, Port peer) {
        this.link = link;
        this.peer = peer;
    }

    Link link() {
        return link;
    }

    Port peer() {
        return peer;
    }

    boolean isImpaired() {
        return impaired != null;
    }

    /** Takes the packet towards the peer; false when it did not (the caller still owns it). */
    boolean carry(Packet packet) {
        ImpairedWire bad = impaired;
        return bad == null ? peer.deliver(packet) : bad.accept(packet);
    }

    void impair(ImpairedWire by) {
        impaired = by;
    }
}
