package org.legoos.emulator.rdma;

import java.io.PrintStream;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.ib.rdmacm.RdmaConnection;
import org.legoos.kernel.sched.WaitQueue;

/** The client of rping. */
public final class RpingClient {
    private static final long CONNECT_NS_MAX = 30_000_000_000L;
    private static final long PAUSE_NS = 300_000_000L;

    private final RdmaNode node;
    private final PingPlan plan;
    private final PrintStream out;

    public RpingClient(RdmaNode node, PingPlan plan, PrintStream out) {
        this.node = node;
        this.plan = plan;
        this.out = out;
    }

    /** @param waitNs how long to try when nobody is there yet */
    public void run(int ip, int port, long waitNs) {
        long deadlineNs = node.clock().nowNs() + waitNs;
        while (true) {
            try (RdmaConnection connection = RdmaConnection.create(node.services());
                    Rping rping = new Rping(node.node(), connection, plan, out)) {
                connection.connect(ip, port, CONNECT_NS_MAX);
                int count = rping.call();
                if (count < plan.count()) {
                    throw new IllegalStateException("the server has gone after " + count + " exchanges");
                }
                out.println("client: " + count + " exchanges of " + plan.sizeBytes() + " bytes");
                return;
            } catch (IbException e) {
                if (node.clock().nowNs() >= deadlineNs) {
                    throw new IllegalStateException(IpAddress.format(ip) + " port " + port + ": " + e.getMessage() + " (errno " + e.errno() + ")");
                }
                new WaitQueue().await(node.clock(), () -> false, 0, node.clock().nowNs() + PAUSE_NS);
            }
        }
    }
}
