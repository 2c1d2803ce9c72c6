package org.legoos.emulator.rdma;

import java.io.PrintStream;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.ib.rdmacm.RdmaConnection;
import org.legoos.kernel.ib.rdmacm.RdmaListener;
import org.legoos.kernel.sched.WaitQueue;

/** The server of rping: one client, or any number, each served by a kernel thread of its own. */
public final class RpingServer {
    private static final int BACKLOG = 8;
    private static final long ACCEPT_NS_MAX = 60_000_000_000L;

    private final RdmaNode node;
    private final int port;
    private final PingPlan plan;
    private final PrintStream out;
    private final PrintStream err;

    public RpingServer(RdmaNode node, int port, PingPlan plan, PrintStream out, PrintStream err) {
        this.node = node;
        this.port = port;
        this.plan = plan;
        this.out = out;
        this.err = err;
    }

    /** @param isPersistent goes on until the thread is interrupted; else until the first client has gone */
    public void run(boolean isPersistent) {
        try (RdmaListener listener = RdmaListener.at(node.services(), port, BACKLOG)) {
            out.println("listening on " + IpAddress.format(node.services().ip()) + " port " + port);
            out.flush();
            while (isPersistent) {
                RdmaConnection connection = listener.take(WaitQueue.FOREVER);
                node.spawn("rping", () -> serveAlone(connection));
            }
            serve(listener.take(WaitQueue.FOREVER));
        }
    }

    /** One of several: its end is not theirs. */
    private void serveAlone(RdmaConnection connection) {
        try {
            serve(connection);
        } catch (IbException | IllegalStateException e) {
            err.println("lego rping: " + e.getMessage());
        }
    }

    private void serve(RdmaConnection connection) {
        String caller = IpAddress.format(connection.callerIp());
        try (Rping rping = new Rping(node.node(), connection, plan, out)) {
            connection.accept(ACCEPT_NS_MAX);
            int count = rping.serve();
            out.println("server DISCONNECT EVENT... " + caller + ": " + count + " exchanges");
            out.flush();
        }
    }
}
