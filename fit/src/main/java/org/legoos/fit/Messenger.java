package org.legoos.fit;

import java.util.function.BooleanSupplier;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.printk.LogLevel;
import org.legoos.kernel.printk.Printk;
import org.legoos.kernel.syscall.Errno;

/** Puts requests into peers' rings, replies to where they are wanted, and ring space back. Any thread. */
final class Messenger {
    /** A deadline that has passed on any clock. */
    static final long DO_NOT_WAIT = Long.MIN_VALUE;

    /** Marks a work request id that names a waiting call (tag 0 is a tag too). */
    static final long SENT = 1L << 32;

    /** Full rings and queues are looked at again this often, should a wake-up be missed. */
    private static final long RETRY_NS = 1_000_000;

    private static final BooleanSupplier NEVER = () -> false;

    private final PhysicalMemory memory;
    private final Clock clock;
    private final Printk log;
    private final Connections connections;
    private final FitCounters counters;
    private final boolean isDebug;

    Messenger(Kernel kernel, Connections connections, FitCounters counters, boolean isDebug) {
        this.isDebug = isDebug;
        this.memory = kernel.memory();
        this.clock = kernel.clock();
        this.log = kernel.log();
        this.connections = connections;
        this.counters = counters;
    }

    /** Puts a message into the peer's ring. */
    int post(Call call, int node, int port, long messagePa, int lengthBytes, long replyPa, int maxReplyBytes, int flags,
            long deadlineNs) {
        if (lengthBytes < 0 || lengthBytes > Ibapi.MAX_MESSAGE_BYTES || maxReplyBytes < 0 || maxReplyBytes > Ibapi.MAX_MESSAGE_BYTES
                || port < 0 || port >= PortTable.PORTS) {
            return -Errno.EINVAL;
        }
        Peer peer = connections.peer(node);
        if (peer == null || !peer.isJoined()) {
            return -Errno.EHOSTUNREACH;
        }
        if (isDebug) {
            log.debug("fit: %d bytes to node %d, port %d", lengthBytes, node, port);
        }
        SendRing.Span span = call.span;
        while (!peer.sendRing.reserve(MessageHeader.SIZE_BYTES + lengthBytes, span)) {
            connections.reapSends();
            int waited = awaitRoom(peer, deadlineNs);
            if (waited != 0) {
                return waited;
            }
        }
        MessageHeader.write(memory, call.headerPa, lengthBytes, call.tag(), maxReplyBytes, flags, replyPa);
        MessageHeader.writeSpan(memory, call.headerPa, span.spanStartBytes, span.spanBytes);
        int immediate = ImmediateData.of(ImmediateData.SEND, port, span.messageOffsetBytes);
        long notify = flags == 0 ? SENT | call.tag() : 0;
        counters.bytesTx.add(MessageHeader.SIZE_BYTES + lengthBytes);
        return postOrWait(peer, peer.remoteRingPa + span.messageOffsetBytes, immediate, call.headerPa, MessageHeader.SIZE_BYTES,
                messagePa, lengthBytes, notify, deadlineNs);
    }

    private int postOrWait(Peer peer, long remotePa, int immediate, long firstPa, int firstBytes, long secondPa, int secondBytes,
            long workRequestId, long deadlineNs) {
        while (true) {
            int result = peer.post(remotePa, immediate, firstPa, firstBytes, secondPa, secondBytes, workRequestId);
            if (result == -Errno.ENOMEM) {
                connections.reapSends();
                result = peer.post(remotePa, immediate, firstPa, firstBytes, secondPa, secondBytes, workRequestId);
            }
            if (result != -Errno.ENOMEM) {
                return result;
            }
            result = awaitRoom(peer, deadlineNs);
            if (result != 0) {
                return result;
            }
        }
    }

    /** Sleeps for a moment or until something is freed; the caller tries again. */
    private int awaitRoom(Peer peer, long deadlineNs) {
        if (!peer.isJoined()) {
            return -Errno.EHOSTUNREACH;
        }
        long nowNs = clock.nowNs();
        if (nowNs >= deadlineNs) {
            return -Errno.ETIMEDOUT;
        }
        peer.room.await(clock, NEVER, 0, Math.min(deadlineNs, nowNs + RETRY_NS));
        return 0;
    }

    /** Answers a message and frees it; never waits when deadlineNs is {@link #DO_NOT_WAIT}. */
    int reply(Incoming message, long replyPa, int lengthBytes, int privateBits, long workRequestId, long deadlineNs) {
        Peer peer = connections.peer(message.node);
        if (!message.wantsReply || lengthBytes < 0 || privateBits < 0 || privateBits > Ibapi.PRIVATE_BITS_MAX) {
            free(message);
            return -Errno.EINVAL;
        }
        if (peer == null || !peer.isJoined()) {
            return -Errno.EHOSTUNREACH;
        }
        boolean fits = lengthBytes <= message.maxReplyBytes;
        int immediate = ImmediateData.of(ImmediateData.REPLY, privateBits, message.replyTag & ImmediateData.VALUE_MASK);
        int bytes = fits ? lengthBytes : 0;
        int result = postOrWait(peer, message.replyPa, immediate, replyPa, bytes, 0, 0, workRequestId, deadlineNs);
        counters.replies.increment();
        counters.bytesTx.add(bytes);
        if (result != 0) {
            log.once(LogLevel.WARNING, "fit-reply-" + peer.node, "fit: no room to answer node %d", peer.node);
        }
        free(message);
        return fits ? result : -Errno.EINVAL;
    }

    /** Gives a message's ring space back, and tells the sender when enough has come together. */
    void free(Incoming message) {
        Peer peer = connections.peer(message.node);
        if (message.spanBytes == 0 || peer == null) {
            return;
        }
        int report = peer.receiveRing.free(message.spanStart, message.spanBytes);
        message.spanBytes = 0;
        if (report > 0 && peer.isJoined()) {
            counters.credits.increment();
            int immediate = ImmediateData.of(ImmediateData.CREDIT, 0, report);
            if (postOrWait(peer, peer.remoteRingPa, immediate, 0, 0, 0, 0, 0, DO_NOT_WAIT) != 0) {
                peer.receiveRing.reportLater(report);
            }
        }
    }
}
