package org.legoos.mlx4.fabric;

import org.legoos.mlx4.wire.Packet;

/** Sees the packets that pass a port. Must not keep or change the packet; runs on the port's owner agent. */
@FunctionalInterface
public interface Tap {
    void packet(Port at, boolean sent, Packet packet);
}
