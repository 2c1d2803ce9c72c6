package org.legoos.kernel.ib.cm;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.ib.cm.CmUser.End;
import org.legoos.kernel.ib.mad.Datagram;
import org.legoos.kernel.ib.mad.Timers;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.mad.CmMad;

/**
 * One connection as the connection manager sees it (IBA 12.9.7). What it sent last it sends again until something answers it; what
 * the other side sends again it answers again.
 */
public final class CmConnection {
    /** Names of IBA 12.9.5; a REQ or REP that was answered by an MRA is still "sent". */
    public enum State { REQ_SENT, REQ_RECEIVED, REP_SENT, REP_RECEIVED, ESTABLISHED, DREQ_SENT, TIME_WAIT, CLOSED }

    private static final int CONSUMER_DEFINED = CmMad.Rej.CONSUMER_DEFINED;

    private final ConnectionManager manager;
    final int localId;
    final int remoteLid;
    private CmUser user;
    private State state;
    int remoteId; // 0: not known yet
    long remoteGuid;
    int remoteQpn; // 0: not known yet
    private int localQpn;
    private long transaction;
    private Datagram last; // what is sent again
    private int retriesLeft;
    private long resendAfterNs;
    private Timers.Timer timer;
    private int delayCode; // of the MRA sent for the REQ; 0: none was

    private CmConnection(ConnectionManager manager, int localId, int remoteLid, State state, CmUser user) {
        this.manager = manager;
        this.localId = localId;
        this.remoteLid = remoteLid;
        this.state = state;
        this.user = user;
        resendAfterNs = CmSettings.ns(manager.settings().responseTimeout());
    }

    /** The side that asks. */
    static CmConnection connecting(ConnectionManager manager, int localId, ConnectRequest request, CmUser user) {
        CmConnection made = new CmConnection(manager, localId, request.path().dlid(), State.REQ_SENT, user);
        made.localQpn = request.qpn();
        made.transaction = manager.newTransaction();
        Datagram message = made.message(CmMad.ATTR_REQ);
        request.write(message);
        CmSettings settings = manager.settings();
        CmMad.Req.REMOTE_RESPONSE_TIMEOUT.set(message.segment, 0, settings.responseTimeout());
        CmMad.Req.LOCAL_RESPONSE_TIMEOUT.set(message.segment, 0, settings.responseTimeout());
        CmMad.Req.MAX_CM_RETRIES.set(message.segment, 0, settings.maxRetries());
        made.sendUntilAnswered(message);
        return made;
    }

    /** The side that is asked. */
    static CmConnection requested(ConnectionManager manager, int localId, Datagram request) {
        CmConnection made = new CmConnection(manager, localId, request.lid, State.REQ_RECEIVED, null);
        MemorySegment m = request.segment;
        made.remoteId = CmMad.LOCAL_COMM_ID.get(m, 0);
        made.remoteGuid = CmMad.Req.LOCAL_CA_GUID.get(m, 0);
        made.remoteQpn = CmMad.Req.LOCAL_QPN.get(m, 0);
        made.transaction = request.transaction();
        made.waitFor(made.resendAfterNs * (manager.settings().maxRetries() + 1));
        return made;
    }

    public State state() {
        return state;
    }

    public int localQpn() {
        return localQpn;
    }

    // ---- what the user does ----

    /** Passive side: the queue pair is ready. */
    public void accept(ConnectReply reply, CmUser newUser) {
        if (state == State.REQ_RECEIVED) {
            user = newUser;
            localQpn = reply.qpn();
            state = State.REP_SENT;
            Datagram message = message(CmMad.ATTR_REP);
            reply.write(message);
            sendUntilAnswered(message);
        }
    }

    /** Passive side: it will take a while; the other side shall wait so long (4.096 us times 2 to {@code code}) before it asks again. */
    public void delay(int code) {
        if (state == State.REQ_RECEIVED) {
            delayCode = code;
            waitFor(CmSettings.ns(code) + resendAfterNs);
            sendMra();
        }
    }

    /** Either side does not want the connection (any more). */
    public void reject(int reason) {
        switch (state) {
            case REQ_SENT, REQ_RECEIVED -> sendRej(CmMad.ABOUT_REQ, reason);
            case REP_SENT, REP_RECEIVED -> sendRej(CmMad.ABOUT_REP, reason);
            default -> {
                return;
            }
        }
        close();
    }

    /** Active side: the queue pair is ready. */
    public void confirm() {
        if (state == State.REP_RECEIVED) {
            state = State.ESTABLISHED;
            sendRtu();
            user.established(this);
        }
    }

    /** Ends the connection from here, whatever its state; {@link CmUser#ended} says when the other side has agreed. */
    public void disconnect() {
        if (state == State.ESTABLISHED) {
            state = State.DREQ_SENT;
            Datagram message = message(CmMad.ATTR_DREQ);
            CmMad.Dreq.REMOTE_QPN.set(message.segment, 0, remoteQpn);
            sendUntilAnswered(message);
        } else {
            reject(CONSUMER_DEFINED);
        }
    }

    // ---- what the other side says; the manager has found out that it is about this connection ----

    void receive(Datagram message) {
        switch (message.attribute()) {
            case CmMad.ATTR_MRA -> delayed(message);
            case CmMad.ATTR_REJ -> rejected(CmMad.Rej.REASON.get(message.segment, 0));
            case CmMad.ATTR_REP -> replied(message);
            case CmMad.ATTR_RTU -> confirmed();
            case CmMad.ATTR_DREQ -> disconnected(message);
            case CmMad.ATTR_DREP -> {
                if (state == State.DREQ_SENT) {
                    end(End.DISCONNECTED, 0);
                }
            }
            default -> { }
        }
    }

    /** The same REQ again. */
    void requestedAgain() {
        if (state == State.REQ_RECEIVED && delayCode != 0) {
            sendMra();
        } else if (state == State.REP_SENT) {
            manager.send(last);
        }
    }

    private void delayed(Datagram message) {
        int about = CmMad.Mra.MESSAGE.get(message.segment, 0);
        boolean isForLast = about == CmMad.ABOUT_REQ && state == State.REQ_SENT || about == CmMad.ABOUT_REP && state == State.REP_SENT;
        if (isForLast) {
            long ns = CmSettings.ns(CmMad.Mra.SERVICE_TIMEOUT.get(message.segment, 0));
            startTimer(Math.min(ns, manager.longestDelayNs()) + resendAfterNs, this::resend);
        }
    }

    private void rejected(int reason) {
        switch (state) {
            case REQ_SENT, REQ_RECEIVED, REP_SENT, REP_RECEIVED -> end(End.REJECTED, reason);
            case ESTABLISHED, DREQ_SENT -> end(End.DISCONNECTED, 0); // the other side does not know it any more
            default -> { }
        }
    }

    private void replied(Datagram message) {
        if (state == State.ESTABLISHED) {
            sendRtu(); // the first one did not arrive
        } else if (state == State.REQ_SENT) {
            stopTimer();
            ConnectReply reply = ConnectReply.read(message);
            remoteId = CmMad.LOCAL_COMM_ID.get(message.segment, 0);
            remoteGuid = reply.caGuid();
            remoteQpn = reply.qpn();
            state = State.REP_RECEIVED;
            manager.learned(this);
            user.accepted(this, reply);
        }
    }

    private void confirmed() {
        if (state == State.REP_SENT) {
            stopTimer();
            state = State.ESTABLISHED;
            user.established(this);
        }
    }

    private void disconnected(Datagram message) {
        if (CmMad.Dreq.REMOTE_QPN.get(message.segment, 0) != localQpn) {
            return;
        }
        switch (state) {
            case REP_SENT, ESTABLISHED, DREQ_SENT -> {
                manager.send(manager.drep(message));
                end(End.DISCONNECTED, 0);
            }
            case TIME_WAIT -> manager.send(manager.drep(message));
            default -> { }
        }
    }

    /** The other side's queue pair is in another connection now, so this one is no more (IBA 12.9.8.3). */
    void foundStale() {
        if (state == State.ESTABLISHED) {
            disconnect();
        } else if (state == State.REP_SENT) {
            reject(CmMad.Rej.STALE_CONNECTION);
        }
    }

    // ---- messages ----

    private Datagram message(int attribute) {
        Datagram made = Datagram.of(CmMad.CLASS_COMM_MGT, CmMad.CLASS_VERSION, CmMad.METHOD_SEND, attribute, remoteLid);
        Mad.TRANSACTION_ID.set(made.segment, 0, transaction);
        CmMad.LOCAL_COMM_ID.set(made.segment, 0, localId);
        if (attribute != CmMad.ATTR_REQ) {
            CmMad.REMOTE_COMM_ID.set(made.segment, 0, remoteId);
        }
        return made;
    }

    private void sendRtu() {
        manager.send(message(CmMad.ATTR_RTU));
    }

    private void sendMra() {
        Datagram message = message(CmMad.ATTR_MRA);
        CmMad.Mra.MESSAGE.set(message.segment, 0, CmMad.ABOUT_REQ);
        CmMad.Mra.SERVICE_TIMEOUT.set(message.segment, 0, delayCode);
        manager.send(message);
    }

    private void sendRej(int about, int reason) {
        manager.send(manager.rej(message(CmMad.ATTR_REJ), about, reason));
    }

    // ---- time ----

    private void sendUntilAnswered(Datagram message) {
        last = message;
        retriesLeft = manager.settings().maxRetries();
        manager.send(message);
        startTimer(resendAfterNs, this::resend);
    }

    private void resend() {
        if (retriesLeft-- > 0) {
            manager.send(last);
            startTimer(resendAfterNs, this::resend);
            return;
        }
        if (state == State.DREQ_SENT) {
            end(End.DISCONNECTED, 0);
        } else {
            sendRej(state == State.REQ_SENT ? CmMad.ABOUT_REQ : CmMad.ABOUT_REP, CmMad.Rej.TIMEOUT);
            end(End.TIMED_OUT, 0);
        }
    }

    /** Nobody decides about a REQ for so long: it is rejected. */
    private void waitFor(long ns) {
        startTimer(ns, () -> reject(CmMad.Rej.NO_RESOURCES));
    }

    private void startTimer(long ns, Runnable action) {
        stopTimer();
        timer = manager.timers().after(ns, action);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void end(End how, int reason) {
        boolean wasUsed = state == State.ESTABLISHED || state == State.DREQ_SENT || state == State.REP_SENT;
        state = wasUsed ? State.TIME_WAIT : State.CLOSED;
        last = null;
        if (wasUsed) {
            startTimer(manager.settings().timeWaitNs(), this::close);
        } else {
            close();
        }
        if (user != null) {
            user.ended(this, how, reason);
        }
    }

    private void close() {
        stopTimer();
        state = State.CLOSED;
        last = null;
        manager.forget(this);
    }
}
