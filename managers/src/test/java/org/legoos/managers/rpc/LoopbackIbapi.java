package org.legoos.managers.rpc;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import org.legoos.fit.Ibapi;
import org.legoos.fit.Incoming;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.sched.Completion;
import org.legoos.kernel.sched.WaitQueue;

/**
 * Test double of FIT for one node of a {@link LoopbackCluster}: a request is copied into a receive slot of the peer and its handler runs
 * on the caller's thread; the reply is copied straight to where the caller wants it. Replies from other threads work too.
 * A message must be replied to or freed exactly once: anything else throws, so that tests find lost ring space.
 */
public final class LoopbackIbapi implements Ibapi {
    private static final long DEFAULT_TIMEOUT_NS = 10_000_000_000L;
    private static final int EIO = 5;
    private static final int EBUSY = 16;
    private static final int EINVAL = 22;
    private static final int ETIMEDOUT = 110;
    private static final int EHOSTUNREACH = 113;

    /** A caller that waits. */
    static final class Call {
        final Completion done = new Completion();
        final long replyPa;
        final boolean wantsReply;
        volatile int result;
        volatile int privateBits;

        Call(long replyPa, boolean wantsReply) {
            this.replyPa = replyPa;
            this.wantsReply = wantsReply;
        }
    }

    private final LoopbackCluster cluster;
    private final int node;
    private final PhysicalMemory memory;
    private final Clock clock;
    private final Map<Integer, Handler> handlers = new HashMap<>(); // guarded by this
    private final Map<Integer, ArrayDeque<Incoming>> queues = new HashMap<>(); // guarded by this
    private final Map<String, Integer> names = new HashMap<>(); // guarded by this
    private final ArrayDeque<Long> freeSlots = new ArrayDeque<>(); // guarded by freeSlots
    private final WaitQueue arrivals = new WaitQueue();
    private volatile boolean connected = true;
    private volatile IntConsumer onDeparture = peer -> {};

    LoopbackIbapi(LoopbackCluster cluster, int node, PhysicalMemory memory, Clock clock, long slotsPa) {
        this.cluster = cluster;
        this.node = node;
        this.memory = memory;
        this.clock = clock;
        for (int i = 0; i < LoopbackCluster.SLOT_COUNT; i++) {
            freeSlots.add(slotsPa + (long) i * LoopbackCluster.SLOT_BYTES);
        }
    }

    /** Makes the node look as if it had left (or come back). */
    public void setConnected(boolean isConnected) {
        connected = isConnected;
        for (int i = 0; !isConnected && i < cluster.size(); i++) {
            LoopbackIbapi peer = i == node ? null : cluster.ibapi(i);
            if (peer != null) {
                peer.onDeparture.accept(node);
            }
        }
    }

    @Override
    public void onDeparture(IntConsumer handler) {
        onDeparture = handler;
    }

    /** Receive slots that are neither replied to nor freed: 0 when everything was handled properly. */
    public int outstandingMessages() {
        synchronized (freeSlots) {
            return LoopbackCluster.SLOT_COUNT - freeSlots.size();
        }
    }

    @Override
    public int nodeId() {
        return node;
    }

    @Override
    public int numConnectedNodes() {
        int count = 0;
        for (int i = 0; i < cluster.size(); i++) {
            count += i != node && isConnected(i) ? 1 : 0;
        }
        return count;
    }

    @Override
    public boolean isConnected(int peer) {
        LoopbackIbapi ibapi = cluster.ibapi(peer);
        return ibapi != null && ibapi.connected && connected;
    }

    @Override
    public int send(int to, int port, long messagePa, int lengthBytes) {
        return start(to, port, messagePa, lengthBytes, new Call(0, false), 0);
    }

    @Override
    public int sendReplyImm(int to, int port, long requestPa, int lengthBytes, long replyPa, int maxReplyBytes) {
        return sendReplyTimeout(to, port, requestPa, lengthBytes, replyPa, maxReplyBytes, DEFAULT_TIMEOUT_NS);
    }

    @Override
    public int sendReplyTimeout(
            int to, int port, long requestPa, int lengthBytes, long replyPa, int maxReplyBytes, long timeoutNs) {
        return sendReplyTimeoutWithPrivateBits(
                to, port, requestPa, lengthBytes, replyPa, maxReplyBytes, timeoutNs, new int[1]);
    }

    @Override
    public int sendReplyTimeoutWithPrivateBits(
            int to,
            int port,
            long requestPa,
            int lengthBytes,
            long replyPa,
            int maxReplyBytes,
            long timeoutNs,
            int[] privateBits) {
        Call call = new Call(replyPa, true);
        int started = start(to, port, requestPa, lengthBytes, call, maxReplyBytes);
        if (started < 0) {
            return started;
        }
        if (!call.done.await(clock, WaitQueue.BRIEF_SPIN_NS, clock.nowNs() + timeoutNs)) {
            return -ETIMEDOUT;
        }
        privateBits[0] = call.privateBits;
        return call.result;
    }

    private int start(int to, int port, long requestPa, int lengthBytes, Call call, int maxReplyBytes) {
        if (lengthBytes < 0 || lengthBytes > MAX_MESSAGE_BYTES || maxReplyBytes < 0 || maxReplyBytes > MAX_MESSAGE_BYTES) {
            return -EINVAL;
        }
        if (!isConnected(to)) {
            return -EHOSTUNREACH;
        }
        return cluster.ibapi(to).deliver(this, port, requestPa, lengthBytes, call, maxReplyBytes);
    }

    private int deliver(LoopbackIbapi from, int port, long requestPa, int lengthBytes, Call call, int maxReplyBytes) {
        Handler handler;
        ArrayDeque<Incoming> queue;
        synchronized (this) {
            handler = handlers.get(port);
            queue = queues.get(port);
        }
        if (handler == null && queue == null) {
            return -EIO;
        }
        Incoming message = new Incoming();
        message.node = from.node;
        message.port = port;
        message.lengthBytes = lengthBytes;
        message.wantsReply = call.wantsReply;
        message.maxReplyBytes = maxReplyBytes;
        message.messagePa = takeSlot();
        MemorySegment.copy(from.memory.segment(), requestPa, memory.segment(), message.messagePa, lengthBytes);
        cluster.pending.put(LoopbackCluster.key(node, message), new LoopbackCluster.Pending(from, call));
        if (handler != null) {
            handler.handle(message);
        } else {
            synchronized (this) {
                queue.add(message);
            }
            arrivals.wakeAll();
        }
        return 0;
    }

    private long takeSlot() {
        synchronized (freeSlots) {
            Long slot = freeSlots.poll();
            if (slot == null) {
                throw new IllegalStateException("node " + node + ": no free receive slot; messages are not freed");
            }
            return slot;
        }
    }

    /** Ends a message's life; its pending call, or an exception when it had ended before. */
    private LoopbackCluster.Pending finish(Incoming message) {
        LoopbackCluster.Pending was = cluster.pending.remove(LoopbackCluster.key(node, message));
        if (was == null) {
            throw new IllegalStateException("message was replied to or freed before");
        }
        synchronized (freeSlots) {
            freeSlots.addLast(message.messagePa);
        }
        return was;
    }

    @Override
    public int multicastSendReplyTimeout(
            int[] nodes,
            int port,
            long requestPa,
            int lengthBytes,
            long[] replyPas,
            int maxReplyBytes,
            int[] results,
            long timeoutNs) {
        int replies = 0;
        for (int i = 0; i < nodes.length; i++) {
            results[i] = sendReplyTimeout(nodes[i], port, requestPa, lengthBytes, replyPas[i], maxReplyBytes, timeoutNs);
            replies += results[i] >= 0 ? 1 : 0;
        }
        return replies;
    }

    @Override
    public boolean receiveMessage(int port, Incoming to, long deadlineNs) {
        boolean arrived = arrivals.await(clock, () -> hasMessage(port), 0, deadlineNs);
        synchronized (this) {
            Incoming message = arrived && queues.containsKey(port) ? queues.get(port).poll() : null;
            if (message != null) {
                message.moveTo(to);
            }
            return message != null;
        }
    }

    private synchronized boolean hasMessage(int port) {
        return !queues.containsKey(port) || !queues.get(port).isEmpty();
    }

    @Override
    public int replyMessage(Incoming message, long replyPa, int lengthBytes) {
        return replyMessageWithPrivateBits(message, replyPa, lengthBytes, 0);
    }

    @Override
    public int replyMessageNowait(Incoming message, long replyPa, int lengthBytes) {
        return replyMessageWithPrivateBits(message, replyPa, lengthBytes, 0);
    }

    @Override
    public int replyMessageWithPrivateBits(Incoming message, long replyPa, int lengthBytes, int bits) {
        LoopbackCluster.Pending waiting = finish(message);
        Call call = waiting.call();
        if (!call.wantsReply
                || lengthBytes < 0
                || lengthBytes > message.maxReplyBytes
                || bits < 0
                || bits > PRIVATE_BITS_MAX) {
            call.result = 0; // as FIT: an empty reply
            call.done.complete();
            return -EINVAL;
        }
        MemorySegment.copy(
                memory.segment(), replyPa, waiting.caller().memory.segment(), call.replyPa, lengthBytes);
        call.privateBits = bits;
        call.result = lengthBytes;
        call.done.complete();
        return 0;
    }

    @Override
    public void freeReceiveBuffer(Incoming message) {
        finish(message);
    }

    @Override
    public synchronized int registerApplication(int port, String name) {
        if (handlers.containsKey(port) || queues.containsKey(port)) {
            return -EBUSY;
        }
        queues.put(port, new ArrayDeque<>());
        names.put(name, port);
        return 0;
    }

    @Override
    public synchronized int registerHandler(int port, String name, Handler handler) {
        if (handlers.containsKey(port) || queues.containsKey(port)) {
            return -EBUSY;
        }
        handlers.put(port, handler);
        names.put(name, port);
        return 0;
    }

    @Override
    public synchronized int unregisterApplication(int port) {
        handlers.remove(port);
        queues.remove(port);
        names.values().remove(port);
        arrivals.wakeAll();
        return 0;
    }

    @Override
    public int queryPort(int peer, String name) {
        LoopbackIbapi ibapi = cluster.ibapi(peer);
        if (ibapi == null) {
            return -EHOSTUNREACH;
        }
        synchronized (ibapi) {
            return ibapi.names.getOrDefault(name, -org.legoos.kernel.syscall.Errno.ENOENT);
        }
    }

    @Override
    public int distBarrier(int id, int count, long timeoutNs) {
        return 0;
    }
}
