package org.legoos.emulator.mlx4;

import org.legoos.emulator.bench.BareNode;
import org.legoos.isa.time.Clock;
import org.legoos.mlx4.fabric.Fabric;

/** Two machines with a card each, whose drivers are up: on one switch, or at the ends of one cable. */
final class TwoNodes implements AutoCloseable {
    private static final int SWITCH_PORTS = 8;

    final BareNode a;
    final BareNode b;
    private final Fabric fabric;

    private TwoNodes(Fabric fabric, Clock clock) {
        this.fabric = fabric;
        a = new BareNode(1, clock);
        b = new BareNode(2, clock);
    }

    static TwoNodes onASwitch(Clock clock, int lidOfA, int lidOfB) {
        TwoNodes nodes = new TwoNodes(Fabric.ofOneSwitch(clock, SWITCH_PORTS), clock);
        nodes.a.hca.port(1).setConfiguredLid(lidOfA);
        nodes.b.hca.port(1).setConfiguredLid(lidOfB);
        nodes.fabric.attach(nodes.a.hca.port(1));
        nodes.fabric.attach(nodes.b.hca.port(1));
        return nodes.probed();
    }

    /** A cable carries every multicast group. */
    static TwoNodes onACable(Clock clock) {
        TwoNodes nodes = new TwoNodes(new Fabric(clock), clock);
        nodes.fabric.connect(nodes.a.hca.port(1), nodes.b.hca.port(1));
        return nodes.probed();
    }

    private TwoNodes probed() {
        a.probe();
        b.probe();
        return this;
    }

    @Override
    public void close() {
        fabric.close();
        a.close();
        b.close();
    }
}
