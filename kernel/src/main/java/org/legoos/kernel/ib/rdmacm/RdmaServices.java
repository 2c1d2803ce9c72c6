package org.legoos.kernel.ib.rdmacm;

import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.ib.cm.CmSettings;
import org.legoos.kernel.ib.cm.ConnectionManager;
import org.legoos.kernel.ib.ipoib.IpoibInterface;
import org.legoos.kernel.ib.mad.IbHost;
import org.legoos.kernel.ib.mad.MadPort;
import org.legoos.kernel.ib.mad.PingService;
import org.legoos.kernel.ib.mad.SaClient;
import org.legoos.kernel.syscall.Errno;

/** All that a node offers at queue pair 1 and at its IP address: ping of both kinds, and connections. */
public final class RdmaServices implements AutoCloseable {
    private static final long PATIENCE_NS = 30_000_000_000L;

    private final MadPort port;
    private PingService ping;
    private SaClient sa;
    private ConnectionManager connections;
    private IpoibInterface ipoib;
    private final int ip;

    private RdmaServices(MadPort port, int ip) {
        this.port = port;
        this.ip = ip;
    }

    /** @param name that the node tells who pings it; @param ip its IPv4 address, 0: none, and no IPoIB */
    public static RdmaServices open(IbHost host, String name, int ip, CmSettings settings) {
        RdmaServices made = new RdmaServices(MadPort.open(host), ip);
        made.run(() -> {
            made.ping = new PingService(made.port, name);
            made.sa = new SaClient(made.port);
            made.connections = ConnectionManager.on(made.port, settings);
            made.ipoib = ip == 0 ? null : new IpoibInterface(made.port, made.sa, ip);
        });
        return made;
    }

    /** Has the port's thread run this, and waits for it. */
    void run(Runnable task) {
        if (!port.thread().executeAndWait(task, PATIENCE_NS)) {
            throw new IbException(Errno.ETIMEDOUT, "the port's thread is busy or has ended");
        }
    }

    public MadPort port() {
        return port;
    }

    public PingService ping() {
        return ping;
    }

    public SaClient sa() {
        return sa;
    }

    ConnectionManager connections() {
        return connections;
    }

    IpoibInterface ipoib() {
        return ipoib;
    }

    /** The node's address, 0: none. */
    public int ip() {
        return ip;
    }

    /** Queue pairs of connections must be closed. */
    @Override
    public void close() {
        if (ipoib != null) {
            run(ipoib::close);
        }
        port.close();
    }
}
