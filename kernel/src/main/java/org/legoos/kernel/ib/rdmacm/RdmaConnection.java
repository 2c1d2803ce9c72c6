package org.legoos.kernel.ib.rdmacm;

import java.util.function.BooleanSupplier;
import org.legoos.kernel.ib.CompletionQueue;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.ib.ProtectionDomain;
import org.legoos.kernel.ib.QpAttributes;
import org.legoos.kernel.ib.QpCapabilities;
import org.legoos.kernel.ib.QpType;
import org.legoos.kernel.ib.QueuePair;
import org.legoos.kernel.ib.WorkCompletion;
import org.legoos.kernel.ib.cm.CmConnection;
import org.legoos.kernel.ib.cm.CmUser;
import org.legoos.kernel.ib.cm.ConnectReply;
import org.legoos.kernel.ib.cm.ConnectRequest;
import org.legoos.kernel.ib.ipoib.LinkAddress;
import org.legoos.kernel.ib.mad.IbHost;
import org.legoos.kernel.ib.mad.Path;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;
import org.legoos.mlx4.prm.mad.CmMad;
import org.legoos.mlx4.prm.mad.CmMad.Rej;
import org.legoos.mlx4.prm.mad.RdmaIpCm;

/** A reliable connection to an IP address and port: its queue pair with one completion queue (librdmacm: struct rdma_cm_id). */
public final class RdmaConnection implements AutoCloseable {
    private static final int PSN_MASK = 0xffffff;
    private static final int RESOURCES = 1;
    private static final int RETRIES = 7;
    private static final int ACK_TIMEOUT_MAX = 31;
    private static final int SOURCE_PORT = 49152;
    private static final long DISCONNECT_NS_MAX = 10_000_000_000L;

    private enum State { NEW, CONNECTED, ENDED }

    private final RdmaServices services;
    private final IbHost host;
    private final ProtectionDomain pd;
    private final CompletionQueue cq;
    private final QueuePair qp;
    private final int psn;
    private final QpAttributes attributes = new QpAttributes();
    private final WaitQueue waiters = new WaitQueue();
    private final BooleanSupplier isDecided = () -> state() != State.NEW;
    private final BooleanSupplier hasEnded = () -> state() == State.ENDED;
    private final BooleanSupplier mayPoll = () -> hasEvent() || state() == State.ENDED;
    private final CmUser events = new Events();
    private CmConnection cm; // the port's thread's
    private ConnectRequest request; // passive side: what was asked for
    private Path path;
    private volatile State state = State.NEW;
    private volatile boolean hasEvent;
    private boolean isClosed;
    private volatile int errno;
    private volatile int rejectReason;

    private RdmaConnection(RdmaServices services, QpCapabilities capabilities) {
        this.services = services;
        host = services.port().host();
        pd = host.device().allocPd();
        cq = host.device().createCq(capabilities.maxSendWr() + capabilities.maxRecvWr(), this::completed);
        qp = host.device().createQp(pd, QpType.RC, capabilities, cq, cq);
        psn = (int) services.port().thread().clock().nowNs() & PSN_MASK;
        attributes.port = IbHost.PORT;
        attributes.remoteAtomic = false;
        attributes.maxDestRdAtomic = RESOURCES;
        attributes.maxRdAtomic = RESOURCES;
        attributes.receivePsn = psn;
        check(qp.toInit(attributes));
    }

    private static final QpCapabilities CAPABILITIES = new QpCapabilities(16, 16, 1, 1, 0);

    /** A connection to be: post receives, then {@link #connect}. */
    public static RdmaConnection create(RdmaServices services) {
        return new RdmaConnection(services, CAPABILITIES);
    }

    static RdmaConnection called(RdmaServices services, CmConnection cm, ConnectRequest request) {
        RdmaConnection made = create(services);
        made.cm = cm;
        made.request = request;
        return made;
    }

    private State state() {
        return state;
    }

    private boolean hasEvent() {
        return hasEvent;
    }

    public ProtectionDomain pd() {
        return pd;
    }

    public QueuePair qp() {
        return qp;
    }

    /** Passive side: who called, by what it says of itself. */
    public int callerIp() {
        return IpHeader.sourceIp(request);
    }

    // ---- the side that calls ----

    /** @throws IbException EHOSTUNREACH: nobody has the address, or no way there; ECONNREFUSED: nobody listens; ETIMEDOUT */
    public void connect(int ip, int tcpPort, long timeoutNs) {
        services.port().thread().execute(() -> services.ipoib().resolve(ip, address -> resolved(address, ip, tcpPort)));
        await(timeoutNs);
    }

    private void resolved(LinkAddress address, int ip, int tcpPort) {
        if (address == null) {
            failed(Errno.EHOSTUNREACH);
            return;
        }
        services.sa().path(address.gid(), found -> {
            if (found == null) {
                failed(Errno.EHOSTUNREACH);
            } else {
                ask(found, ip, tcpPort);
            }
        });
    }

    private void ask(Path found, int ip, int tcpPort) {
        path = found;
        int ackTimeout = Math.min(ACK_TIMEOUT_MAX, found.lifeTime() + 1);
        attributes.ackTimeout = ackTimeout;
        ConnectRequest wanted = new ConnectRequest(RdmaIpCm.serviceId(tcpPort), host.device().nodeGuid(), CmMad.SERVICE_RC, qp.qpn(), psn,
                RESOURCES, RESOURCES, RETRIES, RETRIES, ackTimeout, found, IpHeader.of(services.ip(), SOURCE_PORT, ip));
        cm = services.connections().connect(wanted, events);
        if (cm == null) {
            failed(Errno.ENOMEM);
        }
    }

    // ---- the side that is called ----

    /** @throws IbException the caller has given up */
    public void accept(long timeoutNs) {
        services.port().thread().execute(this::accept);
        await(timeoutNs);
    }

    private void accept() {
        if (cm.state() != CmConnection.State.REQ_RECEIVED) {
            failed(Errno.ECONNRESET);
            return;
        }
        Path theirs = request.path();
        attributes.ackTimeout = request.ackTimeout();
        int resources = Math.min(RESOURCES, request.responderResources());
        int result = ready(theirs.slid(), theirs.serviceLevel(), theirs.mtuBytes(), request.qpn(), request.psn(), request.rnrRetryCount());
        if (result != 0) {
            cm.reject(Rej.NO_RESOURCES);
            failed(-result);
            return;
        }
        cm.accept(new ConnectReply(host.device().nodeGuid(), qp.qpn(), psn, Math.min(RESOURCES, request.initiatorDepth()), resources,
                request.rnrRetryCount(), new byte[0]), events);
    }

    // ---- both ----

    private int ready(int lid, int serviceLevel, int mtuBytes, int qpn, int theirPsn, int rnrRetryCount) {
        attributes.destinationLid = lid;
        attributes.serviceLevel = serviceLevel;
        attributes.pathMtuBytes = mtuBytes;
        attributes.destinationQpn = qpn;
        attributes.sendPsn = theirPsn;
        attributes.rnrRetry = rnrRetryCount;
        attributes.retryCount = RETRIES;
        int result = qp.toReadyToReceive(attributes);
        return result == 0 ? qp.toReadyToSend(attributes) : result;
    }

    private final class Events implements CmUser {
        @Override
        public void accepted(CmConnection connection, ConnectReply reply) {
            int result = ready(path.dlid(), path.serviceLevel(), path.mtuBytes(), reply.qpn(), reply.psn(), reply.rnrRetryCount());
            if (result == 0) {
                connection.confirm();
            } else {
                connection.reject(Rej.NO_RESOURCES);
                failed(-result);
            }
        }

        @Override
        public void established(CmConnection connection) {
            become(State.CONNECTED);
        }

        @Override
        public void ended(CmConnection connection, End end, int reason) {
            rejectReason = reason;
            errno = switch (end) {
                case DISCONNECTED -> Errno.ECONNRESET;
                case REJECTED -> Errno.ECONNREFUSED;
                case TIMED_OUT -> Errno.ETIMEDOUT;
            };
            qp.toError(); // what is posted comes back flushed
            become(State.ENDED);
        }
    }

    private void failed(int newErrno) {
        errno = newErrno;
        become(State.ENDED);
    }

    private void become(State to) {
        state = to;
        waiters.wakeAll();
    }

    private void await(long timeoutNs) {
        if (!waiters.await(services.port().thread().clock(), isDecided, 0, services.port().thread().clock().nowNs() + timeoutNs)) {
            throw new IbException(Errno.ETIMEDOUT, "no answer");
        }
        if (state == State.ENDED) {
            throw new IbException(errno, rejectReason == 0 ? "no connection" : "rejected, reason " + rejectReason);
        }
    }

    /** Is the other side still there? */
    public boolean isConnected() {
        return state == State.CONNECTED;
    }

    private void completed() {
        hasEvent = true;
        waiters.wakeAll();
    }

    /** Waits for a completion. @return false when the connection has ended without one, or the deadline passed */
    public boolean poll(WorkCompletion into, long deadlineNs) {
        while (true) {
            hasEvent = false;
            if (cq.poll(into)) {
                return true;
            }
            cq.requestNotification(false);
            if (cq.poll(into)) {
                return true;
            }
            if (state == State.ENDED || !waiters.await(services.port().thread().clock(), mayPoll, WaitQueue.BRIEF_SPIN_NS, deadlineNs)) {
                return cq.poll(into);
            }
        }
    }

    /** Takes leave of the other side, if it is there, and closes the queue pair. */
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        services.run(() -> {
            if (cm != null) {
                cm.disconnect();
            }
        });
        if (state == State.CONNECTED) {
            waiters.await(services.port().thread().clock(), hasEnded, 0, services.port().thread().clock().nowNs() + DISCONNECT_NS_MAX);
        }
        qp.close();
        cq.close();
    }

    private static void check(int result) {
        if (result != 0) {
            throw new IbException(-result, "the queue pair does not start");
        }
    }
}
