package org.legoos.fit;

import java.util.function.IntConsumer;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.ib.WcStatus;
import org.legoos.kernel.printk.LogLevel;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;

/** Peers that leave, die, and start anew. */
final class Departures {
    private final Fit fit;
    private final Kernel kernel;
    private final Clock clock;
    private final FitConfig config;
    private final CallTable calls;
    private final WaitQueue departed = new WaitQueue();
    private volatile boolean hasRestartedPeer;
    private volatile String lastDeparture;
    private volatile boolean closed;
    private volatile IntConsumer onDeparture;

    Departures(Fit fit, Kernel kernel, FitConfig config, CallTable calls) {
        this.fit = fit;
        this.kernel = kernel;
        this.clock = kernel.clock();
        this.config = config;
        this.calls = calls;
    }

    /** Which node left last and why, in words for the user; null while all are there. */
    String last() {
        return lastDeparture;
    }

    /** See {@link Fit#onDeparture}. */
    void onDeparture(IntConsumer handler) {
        onDeparture = handler;
    }

    /** We leave ourselves. */
    void close() {
        closed = true;
        departed.wakeAll();
    }

    void sendFailed(Peer peer, WcStatus status) {
        leaves(peer, status == WcStatus.RETRY_EXC_ERR ? "does not answer any more: has it died, or been stopped? (" + status + ")"
                : "is not reachable (" + status + ")");
    }

    /** The peer has booted anew: to it we are strangers, and what we have of it is of its former life. Runs inside an agent. */
    void restarted(Peer peer) {
        hasRestartedPeer = true;
        if (!leaves(peer, "has started anew")) {
            departed.wakeAll();
        }
    }

    /**
     * A peer without a state of its own has booted anew, and says hello until it is heard. What was asked of it before has failed;
     * what is asked from now on is answered. Runs inside an agent.
     */
    void cameBack(Peer peer) {
        if (!leaves(peer, "has started anew") && peer.isDisconnected.compareAndSet(true, false)) {
            kernel.sched().spawn("FIT_reconnect", self -> reconnect(peer));
        }
    }

    private void reconnect(Peer peer) {
        try {
            fit.connections().reconnect(peer);
            lastDeparture = null;
            fit.connections().membership().forget(peer);
        } catch (FitException e) {
            fit.log().warn("fit: node %d (%s) cannot come back: %s", peer.node, config.whereIs(peer.node), e.getMessage());
        }
    }

    /** See {@link Fit#awaitAbandoned}. */
    boolean awaitAbandoned(long deadlineNs) {
        return departed.await(clock, () -> hasRestartedPeer || fit.numConnectedNodes() == 0 || closed, 0, deadlineNs);
    }

    /** The peer says so itself; runs inside an agent. */
    void saidBye(Peer peer) {
        leaves(peer, "has left");
    }

    void receiveFailed(Peer peer, WcStatus status) {
        if (status == WcStatus.WR_FLUSH_ERR) {
            leaves(peer, "is not reachable: the connection broke"); // unless it was us
        } else {
            fit.log().once(LogLevel.WARNING, "fit-receive-" + peer.node + status, "fit: receive from node %d failed: %s", peer.node, status);
        }
    }

    /** A peer is gone: nothing of it may reach our memory any more, and its callers get -EHOSTUNREACH. May block. */
    void peerLeft(Peer peer, String why) {
        if (markLeft(peer, why)) {
            disconnect(peer);
        }
    }

    /** @return false when it had left before */
    boolean markLeft(Peer peer, String why) {
        synchronized (peer) {
            if (peer.state == Peer.State.LEFT) {
                return false;
            }
            peer.state = Peer.State.LEFT;
        }
        if (!closed) {
            fit.log().warn("fit: node %d (%s) %s", peer.node, config.whereIs(peer.node), why);
            lastDeparture = "node " + peer.node + " (" + config.whereIs(peer.node) + ") " + why;
        }
        departed.wakeAll();
        return true;
    }

    /**
     * As {@link #peerLeft}, where nothing may block: the card is told by commands, which a thread of its own does.
     *
     * @return false when it had left before
     */
    private boolean leaves(Peer peer, String why) {
        boolean isNews = markLeft(peer, why);
        if (isNews) {
            kernel.sched().spawn("FIT_disconnect", self -> disconnect(peer));
        }
        return isNews;
    }

    private void disconnect(Peer peer) {
        for (FitQp qp : peer.qps) {
            qp.qp.toError();
        }
        calls.failAll(peer.node, Errno.EHOSTUNREACH);
        peer.room.wakeAll();
        peer.isDisconnected.set(true);
        IntConsumer handler = onDeparture;
        if (handler != null) { // whoever noticed it may have locks that the handler wants
            kernel.sched().spawn("FIT_departed", self -> handler.accept(peer.node));
        }
    }
}
