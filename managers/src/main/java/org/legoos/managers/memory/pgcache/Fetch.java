package org.legoos.managers.memory.pgcache;

import org.legoos.fit.Ibapi;
import org.legoos.fit.Incoming;
import org.legoos.managers.rpc.MessageWriter;

/** Pages of a line on their way from the storage node, and the request that needs them; see {@link Fetches}. */
final class Fetch implements Ibapi.WhenDone {
    final Incoming message = new Incoming();
    final MessageWriter writer = new MessageWriter();
    /** Memory for the request to the storage node. */
    final long requestPa;
    CachedFile file;
    CacheLine line;
    /** Pages of the line: [from, to). */
    int from;
    int to;
    /** How much of them the storage node has. */
    int wantedBytes;
    long startNs;
    private final Fetches all;

    Fetch(Fetches all, long requestPa) {
        this.all = all;
        this.requestPa = requestPa;
    }

    @Override
    public void done(int result, int privateBits) {
        all.done(this, result, privateBits);
    }
}
