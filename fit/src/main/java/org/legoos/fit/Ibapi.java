package org.legoos.fit;

import java.util.function.IntConsumer;
import org.legoos.kernel.syscall.Errno;

/**
 * FIT's calls, by LegoOS's names. Messages lie in the node's own physical memory (guestPa), because the
 * card fetches and stores them by DMA; callers allocate message buffers once and reuse them.
 * Lengths are bytes. Errors are negative errnos, as in the original: -ETIMEDOUT, -EIO, -EINVAL, -EHOSTUNREACH
 * (a peer that has left). Calls may be made from any kernel thread or user thread; each blocks only its caller.
 */
public interface Ibapi {
    /** Largest message and largest reply. */
    int MAX_MESSAGE_BYTES = 512 * 1024;

    int nodeId();

    /** How many peers are joined right now (without this node). */
    int numConnectedNodes();

    boolean isConnected(int node);

    /**
     * Sets who is told, once for each, of nodes that have left: when calls to one have failed and nothing of it can reach our memory
     * any more. Told on a thread that holds no locks and may block; not told when this node leaves itself.
     */
    void onDeparture(IntConsumer handler);

    /** One-way message to a port of a node. @return 0 or a negative errno */
    int send(int node, int port, long messagePa, int lengthBytes);

    /** Request and reply with the configured default time-out. */
    int sendReplyImm(int node, int port, long requestPa, int lengthBytes, long replyPa, int maxReplyBytes);

    /**
     * Request and reply. The peer's card writes the reply straight to {@code replyPa}.
     *
     * @return bytes of the reply, or a negative errno. After -ETIMEDOUT the peer counts as dead and is
     *     disconnected first, so that a late reply can never be written into a reused buffer.
     */
    int sendReplyTimeout(int node, int port, long requestPa, int lengthBytes, long replyPa, int maxReplyBytes, long timeoutNs);

    /** Largest private value of a reply: it travels in the immediate data. */
    int PRIVATE_BITS_MAX = 63;

    /** As sendReplyTimeout; the reply's private value (0 if the replier gave none) is stored in privateBits[0]. */
    int sendReplyTimeoutWithPrivateBits(int node, int port, long requestPa, int lengthBytes, long replyPa, int maxReplyBytes,
            long timeoutNs, int[] privateBits);

    /** The same request to several nodes; results[i] is as for sendReplyTimeout. @return number of replies */
    int multicastSendReplyTimeout(int[] nodes, int port, long requestPa, int lengthBytes, long[] replyPas, int maxReplyBytes,
            int[] results, long timeoutNs);

    /**
     * Takes the next message of a registered port, waiting for it. For ports without a handler.
     *
     * @return false when the port was closed or the deadline (Clock time) passed
     */
    boolean receiveMessage(int port, Incoming to, long deadlineNs);

    /** Replies up to this length are copied at the call; longer ones are fetched by the card. */
    int INLINE_REPLY_BYTES = 128;

    /**
     * Sends the reply of a message and frees it. On return replyPa may be reused: replies longer than
     * {@link #INLINE_REPLY_BYTES} wait for the card, so they are not for handlers.
     *
     * @return 0 or a negative errno
     */
    int replyMessage(Incoming message, long replyPa, int lengthBytes);

    /** As replyMessage, never waits: content at replyPa must stay valid until the peer can have got it. For handlers. */
    default int replyMessageNowait(Incoming message, long replyPa, int lengthBytes) {
        return replyMessageWithPrivateBits(message, replyPa, lengthBytes, 0);
    }

    /** As replyMessageNowait, with a private value for the caller. */
    int replyMessageWithPrivateBits(Incoming message, long replyPa, int lengthBytes, int privateBits);

    /** Hears how something ended that nobody waited for. */
    @FunctionalInterface
    interface WhenDone {
        /** Runs once, where the end is noticed, nearly always as a handler does: it must not wait. @param result as the waiting call's */
        void done(int result, int privateBits);
    }

    /**
     * As sendReplyTimeoutWithPrivateBits, but returns when the request is on its way. For handlers: relaying a request needs no thread.
     *
     * @param requestPa stays as it is until the end is told
     * @return 0, or a negative errno, and then nothing will be told (-EAGAIN: it cannot be done without waiting)
     */
    default int callNowait(int node, int port, long requestPa, int lengthBytes, long replyPa, int maxReplyBytes, long timeoutNs,
            WhenDone whenDone) {
        return -Errno.EAGAIN;
    }

    /**
     * As replyMessageNowait, and says when replyPa may be reused.
     *
     * @return 0, or -EAGAIN: the message is not answered yet and nothing will be told
     */
    default int replyMessageNowait(Incoming message, long replyPa, int lengthBytes, WhenDone whenSent) {
        return -Errno.EAGAIN;
    }

    /** Frees the ring space of a message that gets no reply (or was answered already). */
    void freeReceiveBuffer(Incoming message);

    /** Claims a port under a name; messages wait for receiveMessage. @return 0, -EBUSY, -EINVAL */
    int registerApplication(int port, String name);

    /**
     * Claims a port whose messages are handled where they arrive, on the delivering thread (no thread hop).
     * The handler runs inside a SerialAgent: it must not wait for anything, neither network nor a lock that
     * somebody holds while waiting; it may keep the message by {@link Incoming#moveTo} and finish on a thread.
     */
    int registerHandler(int port, String name, Handler handler);

    int unregisterApplication(int port);

    /** Asks a node for the port of a named application. @return port or a negative errno (-ENOENT) */
    int queryPort(int node, String name);

    /** Waits until {@code count} nodes (this one among them) have called it with the same id. @return 0 or -ETIMEDOUT */
    int distBarrier(int id, int count, long timeoutNs);

    /** Handles a message where it arrives. */
    @FunctionalInterface
    interface Handler {
        void handle(Incoming message);
    }
}
