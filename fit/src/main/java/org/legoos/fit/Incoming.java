package org.legoos.fit;

/**
 * A message as it lies in the receive ring; reusable, owned by whoever receives. Valid until it is replied to or freed.
 */
public final class Incoming {
    /** Sender's node id. */
    public int node;

    public int port;
    /** Where the message lies in this node's memory. */
    public long messagePa;

    public int lengthBytes;
    /** Whether the sender waits for a reply. */
    public boolean wantsReply;
    /** Longest reply that the sender has room for. */
    public int maxReplyBytes;

    /** For FIT's own use: where the reply goes and which ring space to free. */
    long replyPa;

    int replyTag;
    int spanStart;
    int spanBytes;

    /** Hands the message over to another descriptor, so that a handler can finish it later. */
    public void moveTo(Incoming other) {
        other.node = node;
        other.port = port;
        other.messagePa = messagePa;
        other.lengthBytes = lengthBytes;
        other.wantsReply = wantsReply;
        other.maxReplyBytes = maxReplyBytes;
        other.replyPa = replyPa;
        other.replyTag = replyTag;
        other.spanStart = spanStart;
        other.spanBytes = spanBytes;
    }
}
