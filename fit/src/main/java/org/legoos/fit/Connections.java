package org.legoos.fit;

import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.ib.CompletionQueue;
import org.legoos.kernel.ib.IbDevice;
import org.legoos.kernel.ib.MemoryRegion;
import org.legoos.kernel.ib.ProtectionDomain;
import org.legoos.kernel.ib.QpAttributes;
import org.legoos.kernel.ib.QpCapabilities;
import org.legoos.kernel.ib.QpType;
import org.legoos.kernel.ib.QueuePair;

/**
 * The queue pairs of a node: K for each peer with numbers fixed by configuration (CONFIG_FIT_FIRST_QPN up),
 * all sharing one send CQ and (CONFIG_FIT_NR_RECVCQ_POLLING_THREADS) a few receive CQs, and the datagram QP for joining behind them.
 */
final class Connections {
    private static final int RECEIVE_DEPTH = 256;
    /** Beyond CONFIG_FIT_MAX_OUTSTANDING_SEND: room for replies and credits, which must never wait. */
    private static final int SPARE_SENDS = 40;
    /** CONFIG_FIT_BATCH_POLL_SEND_CQ: how long a send completion may wait for others. */
    private static final int SEND_BATCH_PERIOD_US = 20;

    private final Fit fit;
    private final Kernel kernel;
    private final FitConfig config;
    private final ProtectionDomain pd;
    private final MemoryRegion allMemory;
    private final CompletionQueue sendCq;
    private final CompletionQueue[] receiveCqs;
    private final SendCompletions sends;
    private final ReceiveMode[] receiveModes; // of each receive CQ
    private final Peer[] peers;
    private final Membership membership;
    private final int pathMtuBytes;

    Connections(Fit fit, Kernel kernel, FitConfig config) {
        this.fit = fit;
        this.kernel = kernel;
        this.config = config;
        announce();
        IbDevice device = kernel.ib();
        checkLid(device.queryPort(1).lid());
        pd = device.allocPd();
        allMemory = pd.dmaRegion(true);
        int totalQps = (config.nodeCount() - 1) * config.qpsPerPair();
        SendCompletions[] reaper = new SendCompletions[1];
        sendCq = device.createCq(Math.max(16, totalQps * (config.maxOutstandingSends() + SPARE_SENDS)), () -> reaper[0].interrupt());
        sends = reaper[0] = new SendCompletions(fit, sendCq);
        if (kernel.config().bool("FIT_BATCH_POLL_SEND_CQ")) {
            sendCq.setModeration(FitQp.SIGNAL_EVERY, SEND_BATCH_PERIOD_US);
        }
        int receivers = kernel.config().integer("FIT_NR_RECVCQ_POLLING_THREADS");
        receiveCqs = new CompletionQueue[receivers];
        receiveModes = new ReceiveMode[receivers];
        for (int i = 0; i < receivers; i++) {
            openReceiver(i, device, (totalQps + receivers - 1) / receivers + config.qpsPerPair());
        }
        skipToHelloQpn(device);
        pathMtuBytes = Math.min(new QpAttributes().pathMtuBytes, device.queryPort(1).activeMtuBytes());
        membership = new Membership(fit, config, kernel, pd, allMemory.localKey(), pathMtuBytes);
        peers = new Peer[config.nodeCount() - 1];
        for (int slot = 0; slot < peers.length; slot++) {
            peers[slot] = newPeer(device, slot < config.localId() ? slot : slot + 1);
        }
    }

    private void openReceiver(int i, IbDevice device, int qps) {
        boolean inInterrupt = kernel.config().bool("FIT_RECEIVE_IN_INTERRUPT");
        receiveCqs[i] = device.createCq(Math.max(16, qps * RECEIVE_DEPTH), () -> receiveModes[i].interrupt());
        boolean sharesHandlers = receiveModes.length > 1 && !inInterrupt; // the interrupt is on one thread at a time
        ReceivePath path = new ReceivePath(fit, kernel.memory(), receiveCqs[i], inInterrupt, sharesHandlers);
        receiveModes[i] = new ReceiveMode(path, inInterrupt, kernel, i);
    }

    /** All of a peer's messages come to one receiver. */
    private int receiverOf(int node) {
        return FitConfig.slotOf(node, config.localId()) % receiveModes.length;
    }

    private void announce() {
        fit.log().info("fit: ***  FIT_initial_timeout_s:   %d", config.joinTimeoutNs() / 1_000_000_000L);
        fit.log().info("fit: ***  FIT_LOCAL_ID: %d   FIT_FIRST_QPN: %d   FIT_NR_QPS_PER_PAIR: %d   FIT_MAX_SEND_WR: %d",
                config.localId(), config.firstQpn(), config.qpsPerPair(), config.maxOutstandingSends());
        fit.log().info("fit: ***    NodeID    Hostname    LID    QPN");
        for (int node = 0; node < config.nodeCount(); node++) {
            fit.log().info("fit: *** %9d %11s %6d %6d%s", node, config.hostNames().get(node), config.lids().get(node), config.firstQpn(),
                    node == config.localId() ? " <---" : "");
        }
    }

    private void checkLid(int lid) {
        fit.log().info("fit: Query returned LID: %d", lid);
        int configured = config.lids().get(config.localId());
        if (lid != configured) {
            throw new FitException("this node's port has LID " + lid + ", but CONFIG_FIT_NODE_LIDS gives node " + config.localId()
                    + " LID " + configured);
        }
    }

    /** Creates QPs until the next number is that of the QP for joining; the configured first one is behind it. */
    private void skipToHelloQpn(IbDevice device) {
        int firstSkipped = -1;
        while (true) {
            QueuePair probe = device.createQp(pd, QpType.RC, new QpCapabilities(1, 1, 1, 1, 0), sendCq, receiveCqs[0]);
            int qpn = probe.qpn();
            if (qpn >= config.helloQpn()) {
                throw new FitException("queue pair " + config.firstQpn() + " is taken: the first free one is " + qpn);
            }
            firstSkipped = firstSkipped < 0 ? qpn : firstSkipped;
            if (qpn == config.helloQpn() - 1) {
                break;
            }
        }
        fit.log().info("fit: To align first QPN, we skipped: #%d ... #%d", firstSkipped, config.firstQpn() - 1);
    }

    private Peer newPeer(IbDevice device, int node) {
        int lid = config.lids().get(node);
        FitQp[] qps = new FitQp[config.qpsPerPair()];
        QpCapabilities wanted = new QpCapabilities(config.maxOutstandingSends() + SPARE_SENDS, RECEIVE_DEPTH, 2, 1, Ibapi.INLINE_REPLY_BYTES);
        for (int i = 0; i < qps.length; i++) {
            QueuePair qp = device.createQp(pd, QpType.RC, wanted, sendCq, receiveCqs[receiverOf(node)]);
            if (qp.qpn() != config.qpn(config.localId(), node, i)) {
                throw new FitException("got queue pair " + qp.qpn() + " instead of " + config.qpn(config.localId(), node, i));
            }
            qps[i] = new FitQp(qp, allMemory.localKey());
        }
        long ring = kernel.frames().allocContiguous(RingGeometry.SIZE_BYTES / PhysicalMemory.PAGE_SIZE);
        if (ring == 0) {
            throw new FitException("no memory for a receive ring of " + RingGeometry.SIZE_BYTES + " bytes");
        }
        return new Peer(node, config.hostNames().get(node), lid, qps, new ReceiveRing(ring));
    }

    /** Takes all QPs to RTS, starts receiving and joining. */
    void start() {
        for (Peer peer : peers) {
            for (int i = 0; i < peer.qps.length; i++) {
                connect(peer, i);
            }
            fit.log().info("fit: ***  Successfully built QP for node %2d [LID: %d QPN: %d]", peer.node, peer.lid,
                    config.qpn(peer.node, config.localId(), 0));
        }
        sendCq.requestNotification(false);
        for (ReceiveMode mode : receiveModes) {
            mode.start();
        }
        membership.start();
    }

    private void connect(Peer peer, int i) {
        QueuePair qp = peer.qps[i].qp;
        QpAttributes attributes = new QpAttributes();
        attributes.pathMtuBytes = pathMtuBytes;
        attributes.destinationLid = peer.lid;
        attributes.destinationQpn = config.qpn(peer.node, config.localId(), i);
        int result = qp.toInit(attributes);
        for (int n = 0; result == 0 && n < RECEIVE_DEPTH; n++) {
            result = qp.postReceive(0, 0, 0, allMemory.localKey());
        }
        result = result != 0 ? result : qp.toReadyToReceive(attributes);
        result = result != 0 ? result : qp.toReadyToSend(attributes);
        if (result != 0) {
            throw new FitException("queue pair " + qp.qpn() + " does not come up: errno " + -result);
        }
    }

    /** The connection to a peer that has died and started anew, in the state that it had at first. May block. */
    void reconnect(Peer peer) {
        peer.sendRing.reset();
        peer.receiveRing.reset();
        for (int i = 0; i < peer.qps.length; i++) {
            int result = peer.qps[i].qp.toReset();
            if (result != 0) {
                throw new FitException("queue pair " + peer.qps[i].qp.qpn() + " cannot be reset: errno " + -result);
            }
            connect(peer, i);
        }
    }

    void postReceive(Peer peer, int qpn) {
        FitQp qp = peer.qps[qpn - config.qpn(config.localId(), peer.node, 0)];
        qp.qp.postReceive(0, 0, 0, allMemory.localKey());
    }

    Peer[] peers() {
        return peers;
    }

    Peer peer(int node) {
        if (node < 0 || node >= config.nodeCount() || node == config.localId()) {
            return null;
        }
        return peers[FitConfig.slotOf(node, config.localId())];
    }

    Peer peerOfLid(int lid) {
        for (Peer peer : peers) {
            if (peer.lid == lid) {
                return peer;
            }
        }
        return null;
    }

    Peer peerOfQpn(int qpn) {
        int index = qpn - config.firstQpn();
        int slot = index / config.qpsPerPair();
        return index >= 0 && slot < peers.length ? peers[slot] : null;
    }

    int remoteKey() {
        return allMemory.remoteKey();
    }

    Membership membership() {
        return membership;
    }

    /** Who takes what comes from a node. */
    ReceiveMode receiveMode(int node) {
        return receiveModes[receiverOf(node)];
    }

    void reapSends() {
        sends.reap();
    }

    void close() {
        for (ReceiveMode mode : receiveModes) {
            mode.stop();
        }
    }
}
