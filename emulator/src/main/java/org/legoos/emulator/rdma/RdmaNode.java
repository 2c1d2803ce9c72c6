package org.legoos.emulator.rdma;

import org.legoos.emulator.bench.BareNode;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.ib.cm.CmSettings;
import org.legoos.kernel.ib.mad.IbHost;
import org.legoos.kernel.ib.rdmacm.RdmaServices;
import org.legoos.kernel.sched.Scheduler;
import org.legoos.kernel.sched.WaitQueue;

/** A node's card with all that it answers at queue pair 1 and, if it has an address, over IPoIB. */
public final class RdmaNode implements AutoCloseable {
    private static final long STOP_NS_MAX = 5_000_000_000L;
    private static final long ACTIVE_NS_MAX = 120_000_000_000L;

    private final BareNode node;
    private final Scheduler scheduler;
    private final RdmaServices services;

    private RdmaNode(BareNode node, String name, int ip) {
        this.node = node;
        scheduler = new Scheduler(name, node.clock, (thread, error) -> {
            System.err.println(name + "/" + thread.name() + " died: " + error);
            error.printStackTrace();
        });
        node.device.setNodeDescription(name + " " + node.device.name());
        services = RdmaServices.open(new IbHost(node.device, node.memory, node.frames, scheduler, node.log), name, ip, CmSettings.usual());
    }

    /** @param ip the node's IPv4 address, 0: none */
    public static RdmaNode on(BareNode node, String name, int ip) {
        return new RdmaNode(node, name, ip);
    }

    /** Waits until a subnet manager has made the port active. */
    public boolean awaitActive() {
        return node.device.awaitPortActive(IbHost.PORT, ACTIVE_NS_MAX).active();
    }

    public BareNode node() {
        return node;
    }

    public Clock clock() {
        return node.clock;
    }

    public RdmaServices services() {
        return services;
    }

    /** Has a kernel thread of the node run this. */
    public void spawn(String name, Runnable task) {
        scheduler.spawn(name, self -> task.run());
    }

    /** Lets the node answer until the thread is interrupted or the deadline has passed. */
    public void serveUntil(long deadlineNs) {
        new WaitQueue().await(node.clock, () -> Thread.currentThread().isInterrupted(), 0, deadlineNs);
    }

    @Override
    public void close() {
        services.close();
        scheduler.stopAll(node.clock.nowNs() + STOP_NS_MAX);
    }
}
