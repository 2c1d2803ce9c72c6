package org.legoos.emulator.perftest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import org.legoos.emulator.bench.BareNode;
import org.legoos.isa.time.Clock;
import org.legoos.mlx4.fabric.Fabric;
import org.legoos.mlx4.udp.UdpWire;

/** Machines with a card each, on one switch in this JVM or at the end of a UDP wire. */
final class PerfNodes implements AutoCloseable {
    private static final int SWITCH_PORTS = 4;

    private final Fabric fabric;
    private final BareNode[] nodes;
    private final UdpWire wire;

    private PerfNodes(Fabric fabric, UdpWire wire, BareNode... nodes) {
        this.fabric = fabric;
        this.wire = wire;
        this.nodes = nodes;
    }

    static PerfNodes twoOnASwitch(Clock clock) {
        Fabric fabric = Fabric.ofOneSwitch(clock, SWITCH_PORTS);
        BareNode a = new BareNode(1, clock);
        BareNode b = new BareNode(2, clock);
        fabric.attach(a.hca.port(1));
        fabric.attach(b.hca.port(1));
        a.probe();
        b.probe();
        return new PerfNodes(fabric, null, a, b);
    }

    /** The node with this LID; a line on stderr tells of trouble on the wire. */
    static PerfNodes oneOnUdp(int lid, Map<Integer, InetSocketAddress> addresses, boolean sharesMemory, int mtuBytes, Clock clock) throws IOException {
        Fabric fabric = new Fabric(clock);
        BareNode node = new BareNode(lid, clock);
        UdpWire wire = new UdpWire("node " + lid, lid, addresses, new UdpWire.Options(mtuBytes, sharesMemory, true),
                line -> System.err.println("lego perftest: " + line));
        node.hca.port(1).setConfiguredLid(lid);
        node.hca.port(1).setMtuBytes(mtuBytes);
        fabric.connect(node.hca.port(1), wire.port());
        node.probe();
        return new PerfNodes(fabric, wire, node);
    }

    BareNode node(int index) {
        return nodes[index];
    }

    Fabric fabric() {
        return fabric;
    }

    /** The UDP wire, or null. */
    UdpWire wire() {
        return wire;
    }

    @Override
    public void close() {
        fabric.close();
        if (wire != null) {
            wire.close();
        }
        for (BareNode node : nodes) {
            node.close();
        }
    }
}
