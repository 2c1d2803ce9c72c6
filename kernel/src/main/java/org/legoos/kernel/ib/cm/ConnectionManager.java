package org.legoos.kernel.ib.cm;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.legoos.kernel.ib.mad.Datagram;
import org.legoos.kernel.ib.mad.MadAgent;
import org.legoos.kernel.ib.mad.MadDrops;
import org.legoos.kernel.ib.mad.MadDrops.Reason;
import org.legoos.kernel.ib.mad.MadPort;
import org.legoos.kernel.ib.mad.Timers;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.mad.CmMad;
import org.legoos.mlx4.prm.mad.CmMad.Rej;

/**
 * Finds the connection that each message is about, and answers what is about none (IBA 12.9). For one thread, the port's. A message
 * must come from the LID that the connection is with, and name both sides' identifiers.
 */
public final class ConnectionManager {
    private static final int MTU_CODE_MAX = 5;
    private static final int LONGEST_DELAY_CODE = 24; // 69 s: as long as RDMA-CM of Linux ever asks for

    /** Two numbers of the other side: its card, and one that the card gives. */
    private record Remote(long guid, int number) {}

    private final Consumer<Datagram> wire;
    private final Timers timers;
    private final CmSettings settings;
    private final MadDrops drops;
    private final Map<Long, CmListener> listeners = new HashMap<>();
    private final Map<Integer, CmConnection> byLocalId = new HashMap<>();
    private final Map<Remote, CmConnection> byRemoteId = new HashMap<>();
    private final Map<Remote, CmConnection> byRemoteQpn = new HashMap<>();
    private int nextId;
    private long nextTransaction;

    /** @param seed of identifiers: other ones than before, after a restart */
    public ConnectionManager(Consumer<Datagram> wire, Timers timers, CmSettings settings, MadDrops drops, long seed) {
        this.wire = wire;
        this.timers = timers;
        this.settings = settings;
        this.drops = drops;
        nextId = (int) seed | 1;
        nextTransaction = seed & 0xffff_ffffL;
    }

    /** At queue pair 1 of a port; on its thread. */
    public static ConnectionManager on(MadPort port, CmSettings settings) {
        MadAgent[] agent = new MadAgent[1];
        ConnectionManager made = new ConnectionManager(datagram -> agent[0].send(datagram), port.timers(), settings, port.drops(),
                port.thread().clock().wallTimeNs());
        agent[0] = port.register(CmMad.CLASS_COMM_MGT, made::receive);
        return made;
    }

    /** Takes requests for a service from now on; replaces who did before. */
    public void listen(long serviceId, CmListener listener) {
        listeners.put(serviceId, listener);
    }

    public void stopListening(long serviceId) {
        listeners.remove(serviceId);
    }

    /** Asks for a connection; null when there are too many. */
    public CmConnection connect(ConnectRequest request, CmUser user) {
        if (byLocalId.size() >= settings.maxConnections()) {
            return null;
        }
        CmConnection made = CmConnection.connecting(this, newId(), request, user);
        byLocalId.put(made.localId, made);
        return made;
    }

    /** Connections that are, are to be, or have just been. */
    public int size() {
        return byLocalId.size();
    }

    // ---- for connections ----

    CmSettings settings() {
        return settings;
    }

    Timers timers() {
        return timers;
    }

    void send(Datagram message) {
        wire.accept(message);
    }

    long newTransaction() {
        return nextTransaction++;
    }

    long longestDelayNs() {
        return CmSettings.ns(LONGEST_DELAY_CODE);
    }

    void learned(CmConnection connection) {
        byRemoteId.put(new Remote(connection.remoteGuid, connection.remoteId), connection);
        byRemoteQpn.put(new Remote(connection.remoteGuid, connection.remoteQpn), connection);
    }

    void forget(CmConnection connection) {
        byLocalId.remove(connection.localId, connection);
        byRemoteId.remove(new Remote(connection.remoteGuid, connection.remoteId), connection);
        byRemoteQpn.remove(new Remote(connection.remoteGuid, connection.remoteQpn), connection);
    }

    private int newId() {
        do {
            nextId++;
        } while (nextId == 0 || byLocalId.containsKey(nextId));
        return nextId;
    }

    // ---- what comes ----

    /** A datagram of the connection manager's class; anything may be in it. */
    public void receive(Datagram message) {
        if (message.method() != CmMad.METHOD_SEND) {
            drops.count(Reason.MALFORMED);
        } else if (message.attribute() == CmMad.ATTR_REQ) {
            request(message);
        } else if (message.classVersion() != CmMad.CLASS_VERSION) {
            drops.count(Reason.MALFORMED);
        } else {
            CmConnection connection = find(message);
            if (connection != null) {
                connection.receive(message);
            } else {
                unknown(message);
            }
        }
    }

    private CmConnection find(Datagram message) {
        MemorySegment m = message.segment;
        int theirs = CmMad.LOCAL_COMM_ID.get(m, 0);
        CmConnection found = byLocalId.get(CmMad.REMOTE_COMM_ID.get(m, 0));
        boolean isRej = message.attribute() == CmMad.ATTR_REJ;
        if (isRej && found == null && Rej.REASON.get(m, 0) == Rej.TIMEOUT) { // it may never have learned our identifier
            found = byRemoteId.get(new Remote(Rej.CA_GUID.get(m, 0), theirs));
        }
        boolean isFromPeer = found != null && found.remoteLid == message.lid
                && (found.remoteId == theirs || found.remoteId == 0 || isRej && theirs == 0);
        return isFromPeer ? found : null;
    }

    private void unknown(Datagram message) {
        switch (message.attribute()) {
            case CmMad.ATTR_REP -> send(rej(answer(message, CmMad.ATTR_REJ), CmMad.ABOUT_REP, Rej.INVALID_COMM_ID));
            case CmMad.ATTR_DREQ -> send(drep(message));
            default -> drops.count(Reason.UNEXPECTED);
        }
    }

    private void request(Datagram message) {
        ConnectRequest request = ConnectRequest.read(message);
        Remote id = new Remote(request.caGuid(), CmMad.LOCAL_COMM_ID.get(message.segment, 0));
        CmConnection same = byRemoteId.get(id);
        if (same != null && same.state() != CmConnection.State.TIME_WAIT) {
            if (same.remoteLid == message.lid) {
                same.requestedAgain();
            }
            return;
        }
        CmConnection stale = same != null ? same : byRemoteQpn.get(new Remote(request.caGuid(), request.qpn()));
        CmListener listener = listeners.get(request.serviceId());
        int reason = refusal(message, request, listener);
        if (stale != null && stale.remoteLid == message.lid) {
            stale.foundStale();
            reason = Rej.STALE_CONNECTION;
        }
        if (reason != 0) {
            send(rej(answer(message, CmMad.ATTR_REJ), CmMad.ABOUT_REQ, reason));
            return;
        }
        CmConnection made = CmConnection.requested(this, newId(), message);
        byLocalId.put(made.localId, made);
        learned(made);
        listener.requested(made, request);
    }

    /** Why a request cannot be taken, or 0. */
    private int refusal(Datagram message, ConnectRequest request, CmListener listener) {
        int mtu = request.path().mtu();
        return message.classVersion() != CmMad.CLASS_VERSION ? Rej.INVALID_CLASS_VERSION
                : listener == null ? Rej.INVALID_SERVICE_ID
                : !request.isReliable() ? Rej.INVALID_TRANSPORT_TYPE
                : request.path().slid() != message.lid ? Rej.INVALID_LID
                : mtu < 1 || mtu > MTU_CODE_MAX ? Rej.INVALID_MTU
                : byLocalId.size() >= settings.maxConnections() ? Rej.NO_RESOURCES : 0;
    }

    // ---- answers without a connection ----

    private static Datagram answer(Datagram to, int attribute) {
        Datagram made = Datagram.of(CmMad.CLASS_COMM_MGT, CmMad.CLASS_VERSION, CmMad.METHOD_SEND, attribute, to.lid);
        made.qpn = to.qpn;
        made.pkey = to.pkey;
        Mad.TRANSACTION_ID.set(made.segment, 0, to.transaction());
        CmMad.LOCAL_COMM_ID.set(made.segment, 0, to.attribute() == CmMad.ATTR_REQ ? 0 : CmMad.REMOTE_COMM_ID.get(to.segment, 0));
        CmMad.REMOTE_COMM_ID.set(made.segment, 0, CmMad.LOCAL_COMM_ID.get(to.segment, 0));
        return made;
    }

    Datagram drep(Datagram dreq) {
        return answer(dreq, CmMad.ATTR_DREP);
    }

    Datagram rej(Datagram message, int about, int reason) {
        Rej.MESSAGE.set(message.segment, 0, about);
        Rej.REASON.set(message.segment, 0, reason);
        return message;
    }
}
