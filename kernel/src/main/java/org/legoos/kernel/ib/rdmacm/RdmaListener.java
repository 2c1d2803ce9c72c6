package org.legoos.kernel.ib.rdmacm;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.legoos.kernel.ib.cm.CmConnection;
import org.legoos.kernel.ib.cm.ConnectRequest;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.mlx4.prm.mad.CmMad.Rej;
import org.legoos.mlx4.prm.mad.RdmaIpCm;

/** Takes connections at a port of the node's address (rdma_listen). */
public final class RdmaListener implements AutoCloseable {
    /** A caller is told to wait so long, 17 s: it may be in the queue. */
    private static final int DELAY_CODE = 22;

    private final RdmaServices services;
    private final int tcpPort;
    private final int backlog;
    private final ConcurrentLinkedQueue<Call> calls = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final WaitQueue waiters = new WaitQueue();
    private final BooleanSupplier hasCall = () -> !calls.isEmpty();

    private record Call(CmConnection connection, ConnectRequest request) {}

    private RdmaListener(RdmaServices services, int tcpPort, int backlog) {
        this.services = services;
        this.tcpPort = tcpPort;
        this.backlog = backlog;
    }

    /** @param backlog calls that may wait; more are rejected */
    public static RdmaListener at(RdmaServices services, int tcpPort, int backlog) {
        RdmaListener made = new RdmaListener(services, tcpPort, backlog);
        services.run(() -> services.connections().listen(RdmaIpCm.serviceId(tcpPort), made::requested));
        return made;
    }

    private void requested(CmConnection connection, ConnectRequest request) {
        if (!IpHeader.isIpv4(request) || waiting.get() >= backlog) {
            connection.reject(Rej.NO_RESOURCES);
            return;
        }
        connection.delay(DELAY_CODE);
        waiting.incrementAndGet();
        calls.add(new Call(connection, request));
        waiters.wakeAll();
    }

    /** Waits for a call; null when none came until the deadline. The connection is not ready: post receives, then {@link RdmaConnection#accept}. */
    public RdmaConnection take(long deadlineNs) {
        if (!waiters.await(services.port().thread().clock(), hasCall, 0, deadlineNs)) {
            return null;
        }
        Call call = calls.poll();
        if (call == null) {
            return null;
        }
        waiting.decrementAndGet();
        return RdmaConnection.called(services, call.connection, call.request);
    }

    @Override
    public void close() {
        services.run(() -> {
            services.connections().stopListening(RdmaIpCm.serviceId(tcpPort));
            for (Call call = calls.poll(); call != null; call = calls.poll()) {
                call.connection.reject(Rej.CONSUMER_DEFINED);
            }
        });
    }
}
