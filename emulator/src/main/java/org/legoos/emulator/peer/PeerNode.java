package org.legoos.emulator.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.legoos.emulator.bench.BareNode;
import org.legoos.emulator.vfiouser.VfioUserCards;
import org.legoos.isa.time.Clock;
import org.legoos.mlx4.fabric.Fabric;
import org.legoos.mlx4.udp.EtherWire;

/** A LegoOS node with its card and driver, on a switch with the cards of virtual machines or on an Ethernet with them. */
public final class PeerNode implements AutoCloseable {
    private static final int NODE_NUMBER = 1;
    private static final int SWITCH_PORTS = 16;

    private final BareNode node;
    private final Fabric fabric;
    private final VfioUserCards guests; // or null
    private final EtherWire wire; // or null
    private final InetAddress ip; // or null

    private PeerNode(BareNode node, Fabric fabric, VfioUserCards guests, EtherWire wire, InetAddress ip) {
        this.node = node;
        this.fabric = fabric;
        this.guests = guests;
        this.wire = wire;
        this.ip = ip;
    }

    /**
     * On one switch, with the built-in subnet manager, with a card for each of these vfio-user sockets.
     *
     * @param log takes a line for the user
     * @throws IOException for the user: a socket cannot be made
     */
    public static PeerNode besideGuests(List<Path> sockets, Clock clock, Consumer<String> log) throws IOException {
        Fabric fabric = Fabric.ofOneSwitch(clock, Math.max(SWITCH_PORTS, sockets.size() + 1));
        BareNode node = new BareNode(NODE_NUMBER, clock);
        fabric.attach(node.hca.port(1));
        node.probe();
        VfioUserCards guests = VfioUserCards.on(fabric, sockets, clock, log);
        return new PeerNode(node, fabric, guests, null, null);
    }

    /** @see EtherWire */
    public static PeerNode onEthernet(InetAddress ip, InetSocketAddress local, InetSocketAddress remote, int mtuBytes, Clock clock,
            Consumer<String> log) throws IOException {
        Fabric fabric = new Fabric(clock);
        BareNode node = new BareNode(NODE_NUMBER, clock);
        EtherWire wire = new EtherWire("node", NODE_NUMBER, ip, local, remote, mtuBytes, log);
        node.hca.port(1).setConfiguredLid(NODE_NUMBER);
        node.hca.port(1).setMtuBytes(mtuBytes);
        fabric.connect(node.hca.port(1), wire.port());
        node.probe();
        return new PeerNode(node, fabric, null, wire, ip);
    }

    public BareNode node() {
        return node;
    }

    public Fabric fabric() {
        return fabric;
    }

    /** The Ethernet, or null. */
    public EtherWire wire() {
        return wire;
    }

    /** The node's address there, or null. */
    public InetAddress ip() {
        return ip;
    }

    @Override
    public void close() {
        if (guests != null) {
            guests.close();
        }
        fabric.close();
        if (wire != null) {
            wire.close();
        }
        node.close();
    }
}
