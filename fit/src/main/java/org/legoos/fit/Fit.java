package org.legoos.fit;

import java.util.List;
import java.util.function.IntConsumer;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.printk.Printk;
import org.legoos.kernel.sched.KThread;
import org.legoos.kernel.sched.TaskWork;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;

/**
 * LegoOS's network stack: RPC by RDMA write with immediate data over a few shared queue pairs per peer.
 *
 * <p>A request is written into the ring that the receiver keeps for this sender; its header says
 * where in the sender's memory the reply goes. The reply is one more RDMA write, straight to that place. So each
 * direction costs one write, and nothing is copied by software.
 *
 * <p>Lock order: none is held while another is taken, and none while waiting.
 */
public final class Fit implements Ibapi, AutoCloseable {
    /** Default wait for a reply, as in the original (DEF_NET_TIMEOUT). */
    private static final long DEFAULT_TIMEOUT_NS = 30_000_000_000L;

    private final FitConfig config;
    private final Kernel kernel;
    private final PhysicalMemory memory;
    private final Clock clock;
    private final CallTable calls;
    private final PortTable ports = new PortTable();
    private final FitCounters counters;
    private final ControlCalls controlCalls;
    private final Connections connections;
    private final Messenger messenger;
    private final Departures departures;
    private final boolean isDebug;
    private final NowaitCalls nowait;
    private final Gate gate; // null: calls need not take turns

    private Fit(Kernel kernel, FitConfig config) {
        this.kernel = kernel;
        this.config = config;
        this.memory = kernel.memory();
        this.clock = kernel.clock();
        this.counters = new FitCounters(kernel.counters());
        this.calls = new CallTable(kernel.frames());
        kernel.counters().gauge("fit_calls", calls::busyCount);
        isDebug = kernel.config().bool("FIT_DEBUG");
        gate = kernel.config().bool("FIT_SEQUENTIAL_IBAPI") ? new Gate() : null;
        Control control = new Control(this, memory);
        ports.register(PortTable.CONTROL, "fit", control::handle);
        controlCalls = new ControlCalls(this, kernel, control);
        this.departures = new Departures(this, kernel, config, calls);
        this.connections = new Connections(this, kernel, config);
        this.messenger = new Messenger(kernel, connections, counters, isDebug);
        this.nowait = new NowaitCalls(this, kernel, messenger);
    }

    /** Builds the queue pairs, joins the cluster and waits for all nodes; a FitException says who is missing. */
    public static Fit start(Kernel kernel) {
        Fit fit = prepare(kernel);
        fit.join();
        return fit;
    }

    /** First half of start: after it handlers can be registered before any peer can send. */
    public static Fit prepare(Kernel kernel) {
        FitConfig config;
        try {
            config = FitConfig.of(kernel.config());
        } catch (IllegalArgumentException e) {
            throw new FitException(e.getMessage());
        }
        return new Fit(kernel, config);
    }

    /** Second half of start, with patience for nodes that cannot join as they are. */
    public void join() {
        join(false);
    }

    /**
     * Second half of start: says hello and waits.
     *
     * @param isStrict not for nodes that are configured so that they cannot join; else they may come again, mended
     */
    public void join(boolean isStrict) {
        connections.start();
        log().info("fit: Please wait other nodes to join ...");
        List<Peer> missing = connections.membership().awaitAll(clock.nowNs() + config.joinTimeoutNs(), isStrict);
        if (!missing.isEmpty()) {
            throw JoinException.about(missing, config);
        }
        log().info("fit: FIT layer ready to go!");
    }

    /** Which node left last and why, in words for the user; null while all are there. */
    public String lastDeparture() {
        return departures.last();
    }

    @Override
    public int nodeId() {
        return config.localId();
    }

    @Override
    public int numConnectedNodes() {
        int joined = 0;
        for (Peer peer : peers()) {
            joined += peer.isJoined() ? 1 : 0;
        }
        return joined;
    }

    @Override
    public boolean isConnected(int node) {
        Peer peer = peer(node);
        return peer != null && peer.isJoined();
    }

    @Override
    public int send(int node, int port, long messagePa, int lengthBytes) {
        long deadlineNs = clock.nowNs() + DEFAULT_TIMEOUT_NS;
        Call call = take(node, deadlineNs);
        if (call == null) {
            return -Errno.ETIMEDOUT;
        }
        try {
            int result = messenger.post(call, node, port, messagePa, lengthBytes, 0, 0, 0, deadlineNs);
            if (result == 0) {
                counters.send.increment();
                result = awaitSent(call, node, deadlineNs);
            }
            return result;
        } finally {
            giveBack(call);
        }
    }

    @Override
    public int sendReplyImm(int node, int port, long requestPa, int lengthBytes, long replyPa, int maxReplyBytes) {
        return sendReplyTimeout(node, port, requestPa, lengthBytes, replyPa, maxReplyBytes, DEFAULT_TIMEOUT_NS);
    }

    @Override
    public int sendReplyTimeout(int node, int port, long requestPa, int lengthBytes, long replyPa, int maxReplyBytes, long timeoutNs) {
        return sendReplyTimeoutWithPrivateBits(node, port, requestPa, lengthBytes, replyPa, maxReplyBytes, timeoutNs, null);
    }

    @Override
    public int sendReplyTimeoutWithPrivateBits(int node, int port, long requestPa, int lengthBytes, long replyPa, int maxReplyBytes,
            long timeoutNs, int[] privateBits) {
        long deadlineNs = clock.nowNs() + Math.min(timeoutNs, config.maxTimeoutNs());
        Call call = take(node, deadlineNs);
        if (call == null) {
            return -Errno.ETIMEDOUT;
        }
        TaskWork work = KThread.taskWork();
        if (work != null) {
            work.begin();
        }
        try {
            int result = messenger.post(call, node, port, requestPa, lengthBytes, replyPa, maxReplyBytes, MessageHeader.WANTS_REPLY, deadlineNs);
            if (result != 0) {
                return result;
            }
            counters.sendReply.increment();
            result = awaitReply(call, node, deadlineNs, work);
            if (privateBits != null) {
                privateBits[0] = call.privateBits();
            }
            return result;
        } finally {
            giveBack(call);
            if (work != null) {
                work.end();
            }
        }
    }

    @Override
    public int multicastSendReplyTimeout(int[] nodes, int port, long requestPa, int lengthBytes, long[] replyPas, int maxReplyBytes,
            int[] results, long timeoutNs) {
        long deadlineNs = clock.nowNs() + Math.min(timeoutNs, config.maxTimeoutNs());
        if (gate != null && !gate.enter(clock, deadlineNs)) {
            java.util.Arrays.fill(results, -Errno.ETIMEDOUT);
            return 0;
        }
        try {
            return new Multicast(this, messenger).call(nodes, port, requestPa, lengthBytes, replyPas, maxReplyBytes, results, deadlineNs);
        } finally {
            if (gate != null) {
                gate.leave();
            }
        }
    }

    /** A call of the table, and with CONFIG_FIT_SEQUENTIAL_IBAPI this node's turn; null: neither in time. */
    private Call take(int node, long deadlineNs) {
        if (gate != null && !gate.enter(clock, deadlineNs)) {
            return null;
        }
        Call call = calls.take(clock, node, deadlineNs);
        if (call == null && gate != null) {
            gate.leave();
        }
        return call;
    }

    private void giveBack(Call call) {
        calls.giveBack(call);
        if (gate != null) {
            gate.leave();
        }
    }

    private int awaitSent(Call call, int node, long deadlineNs) {
        connections.reapSends();
        return disconnectOnTimeout(call.await(clock, WaitQueue.BRIEF_SPIN_NS, deadlineNs), node);
    }

    int awaitReply(Call call, int node, long deadlineNs, TaskWork work) {
        ReceiveMode mode = connections.receiveMode(node);
        return disconnectOnTimeout(call.await(clock, mode.callerSpinNs(), deadlineNs, mode, work), node);
    }

    int disconnectOnTimeout(int result, int node) {
        if (result == -Errno.ETIMEDOUT) {
            counters.timeouts.increment();
            departures.peerLeft(peer(node), "does not answer");
        }
        return result;
    }

    @Override
    public boolean receiveMessage(int port, Incoming to, long deadlineNs) {
        return ports.receive(clock, port, to, deadlineNs);
    }

    @Override
    public int replyMessage(Incoming message, long replyPa, int lengthBytes) {
        if (lengthBytes <= INLINE_REPLY_BYTES) {
            return replyMessageNowait(message, replyPa, lengthBytes);
        }
        long deadlineNs = clock.nowNs() + DEFAULT_TIMEOUT_NS;
        Call call = calls.take(clock, message.node, deadlineNs);
        if (call == null) {
            return -Errno.ETIMEDOUT;
        }
        try {
            int result = messenger.reply(message, replyPa, lengthBytes, 0, Messenger.SENT | call.tag(), deadlineNs);
            return result != 0 ? result : awaitSent(call, message.node, deadlineNs);
        } finally {
            calls.giveBack(call);
        }
    }

    @Override
    public int replyMessageWithPrivateBits(Incoming message, long replyPa, int lengthBytes, int privateBits) {
        return messenger.reply(message, replyPa, lengthBytes, privateBits, 0, Messenger.DO_NOT_WAIT);
    }

    @Override
    public int callNowait(int node, int port, long requestPa, int lengthBytes, long replyPa, int maxReplyBytes, long timeoutNs,
            WhenDone whenDone) {
        return gate != null ? -Errno.EAGAIN
                : nowait.call(node, port, requestPa, lengthBytes, replyPa, maxReplyBytes, Math.min(timeoutNs, config.maxTimeoutNs()), whenDone);
    }

    @Override
    public int replyMessageNowait(Incoming message, long replyPa, int lengthBytes, WhenDone whenSent) {
        return nowait.reply(message, replyPa, lengthBytes, DEFAULT_TIMEOUT_NS, whenSent);
    }

    @Override
    public void freeReceiveBuffer(Incoming message) {
        messenger.free(message);
    }

    @Override
    public int registerApplication(int port, String name) {
        return ports.register(port, name, null);
    }

    @Override
    public int registerHandler(int port, String name, Handler handler) {
        return ports.register(port, name, handler);
    }

    @Override
    public int unregisterApplication(int port) {
        return ports.unregister(port);
    }

    @Override
    public int queryPort(int node, String name) {
        return controlCalls.queryPort(node, name);
    }

    @Override
    public int distBarrier(int id, int count, long timeoutNs) {
        return id < 0 || id >= Control.BARRIERS || count < 1 || count > config.nodeCount()
                ? -Errno.EINVAL
                : controlCalls.distBarrier(id, count, timeoutNs);
    }

    /** CONFIG_FIT_DEBUG: each message is logged. */
    boolean isDebug() {
        return isDebug;
    }

    Peer[] peers() {
        return connections.peers();
    }

    Peer peer(int node) {
        return connections.peer(node);
    }

    Peer peerOfLid(int lid) {
        return connections.peerOfLid(lid);
    }

    Peer peerOfQpn(int qpn) {
        return connections.peerOfQpn(qpn);
    }

    /**
     * Waits until this node has nobody to serve any more in its present life: all peers have left, or one has started
     * anew and waits to be joined.
     *
     * @return false when the deadline passed first
     */
    public boolean awaitAbandoned(long deadlineNs) {
        return departures.awaitAbandoned(deadlineNs);
    }

    @Override
    public void onDeparture(IntConsumer handler) {
        departures.onDeparture(handler);
    }

    Departures departures() {
        return departures;
    }

    Connections connections() {
        return connections;
    }

    int remoteKey() {
        return connections.remoteKey();
    }

    Clock clock() {
        return clock;
    }

    CallTable calls() {
        return calls;
    }

    PortTable ports() {
        return ports;
    }

    FitCounters counters() {
        return counters;
    }

    Printk log() {
        return kernel.log();
    }

    void repostReceive(Peer peer, int qpn) {
        connections.postReceive(peer, qpn);
    }

    void joined(Peer peer) {
        log().info("fit:  ... Node [%2d] Joined. addr 0x%x rkey 0x%x nr_joined_nodes %d", peer.node, peer.remoteRingPa, peer.remoteKey,
                numConnectedNodes());
    }

    /** Leaves the cluster. The card keeps its queue pairs until it is reset or unplugged. */
    @Override
    public void close() {
        departures.close();
        connections.membership().close();
        nowait.close();
        for (Peer peer : peers()) {
            departures.markLeft(peer, "left with us");
            calls.failAll(peer.node, Errno.EHOSTUNREACH);
            peer.room.wakeAll();
        }
        ports.closeAll();
        connections.close();
    }
}
