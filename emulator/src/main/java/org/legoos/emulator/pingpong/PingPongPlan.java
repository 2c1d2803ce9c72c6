package org.legoos.emulator.pingpong;

import org.legoos.emulator.peer.EndPlan;

/**
 * What a ping-pong is to be.
 *
 * @param iterations messages that each end sends, over all queue pairs
 * @param mtuBytes of the path, for connected services
 * @param sleeps whether this end waits for events of its card
 */
public record PingPongPlan(Transport transport, int sizeBytes, int iterations, int mtuBytes, int queuePairs, boolean sleeps) {
    private static final int RECEIVES = 500;

    EndPlan end() {
        return new EndPlan(transport.service, queuePairs, transport == Transport.SRQ, 1, RECEIVES, sizeBytes, 0, sleeps);
    }

    int receives() {
        return RECEIVES;
    }
}
