package org.legoos.emulator.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.legoos.emulator.bench.BareNode;
import org.legoos.emulator.vfiouser.VfioUserCards;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.ib.IbDevice.PortState;
import org.legoos.kernel.ib.MemoryRegion;
import org.legoos.kernel.ib.ProtectionDomain;
import org.legoos.mlx4.capture.LinkCapture;
import org.legoos.mlx4.capture.PcapFile;
import org.legoos.mlx4.fabric.Fabric;
import org.legoos.mlx4.prm.mad.Gid;
import org.legoos.mlx4.udp.EtherWire;

/** A LegoOS node with its card and driver, on a switch with the cards of virtual machines or on an Ethernet with them. */
public final class PeerNode implements AutoCloseable {
    private static final int NODE_NUMBER = 1;
    private static final int SWITCH_PORTS = 16;
    private static final int LID_MAX = 0xbfff;
    private static final long PORT_PATIENCE_NS = 30_000_000_000L;
    private static final long PORT_LOOK_NS = 10_000_000;
    private static final long GUEST_LOOK_NS = 100_000_000;

    private final BareNode node;
    private final Fabric fabric;
    private final boolean isFabricOurs;
    private final VfioUserCards guests; // or null
    private final EtherWire wire; // or null
    private final InetAddress ip; // or null
    private ProtectionDomain pd; // made when first needed
    private MemoryRegion memory; // as well
    private PcapFile capture; // or null

    private PeerNode(BareNode node, Fabric fabric, boolean isFabricOurs, VfioUserCards guests, EtherWire wire, InetAddress ip) {
        this.node = node;
        this.fabric = fabric;
        this.isFabricOurs = isFabricOurs;
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
        return new PeerNode(node, fabric, true, guests, null, null);
    }

    /** On a switch that others use, too. */
    public static PeerNode on(Fabric fabric, int number, Clock clock) {
        BareNode node = new BareNode(number, clock);
        fabric.attach(node.hca.port(1));
        node.probe();
        return new PeerNode(node, fabric, false, null, null, null);
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
        return new PeerNode(node, fabric, true, null, wire, ip);
    }

    /** Writes what passes the node's link to a file that Wireshark reads, from now until the end. @throws IOException for the user */
    public void capture(Path file) throws IOException {
        capture = PcapFile.create(file, PcapFile.LINKTYPE_ERF, node.clock);
        node.hca.port(1).setTap(new LinkCapture(capture, LinkCapture.Direction.BOTH, node.clock));
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

    /** The one of everything that talks here. */
    public synchronized ProtectionDomain pd() {
        if (pd == null) {
            pd = node.device.allocPd();
        }
        return pd;
    }

    /** The whole memory, for local use. */
    public synchronized MemoryRegion memory() {
        if (memory == null) {
            memory = pd().dmaRegion(false);
        }
        return memory;
    }

    /**
     * What the port is now, when a subnet manager has set it up.
     *
     * @throws IOException for the user: none has
     */
    public PortState port() throws IOException {
        long deadlineNs = node.clock.nowNs() + PORT_PATIENCE_NS;
        PortState state = node.device.queryPort(1);
        while (!state.active() || state.lid() == 0) {
            if (node.clock.nowNs() > deadlineNs) {
                throw new IOException("the port of the node's card does not become active");
            }
            LockSupport.parkNanos(PORT_LOOK_NS);
            state = node.device.queryPort(1);
        }
        return state;
    }

    /** A virtual machine whose card goes away hangs in its driver: waits until none has one here. */
    public void awaitGuestsGone() {
        while (guests != null && guests.areInUse()) {
            LockSupport.parkNanos(GUEST_LOOK_NS);
        }
    }

    /** By which others know the card. */
    public Gid gid() {
        return ip == null ? Gid.ofPort(node.device.nodeGuid() + 1) : Gid.mapped(ip);
    }

    /**
     * The LID by which the card reaches who told these.
     *
     * @throws IOException for the user: there is no such peer
     */
    public int lidOf(int lid, Gid gid) throws IOException {
        if (wire == null) {
            if (lid == 0 || lid > LID_MAX) {
                throw new IOException("the other end has no LID of a card: 0x" + Integer.toHexString(lid));
            }
            return lid;
        }
        if (gid.ip() == null) {
            throw new IOException("the other end's GID " + gid.ipv6() + " is no IPv4 address: its program needs -g or -x");
        }
        try {
            int known = wire.lidOf(gid.ip());
            awaitReachable(gid.ip());
            return known;
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** A datagram that has nowhere to go is lost. */
    private void awaitReachable(InetAddress peer) throws IOException {
        long deadlineNs = node.clock.nowNs() + PORT_PATIENCE_NS;
        while (!wire.isReachable(peer)) {
            if (node.clock.nowNs() > deadlineNs) {
                throw new IOException("nobody on the Ethernet has the address " + peer.getHostAddress());
            }
            LockSupport.parkNanos(PORT_LOOK_NS);
        }
    }

    @Override
    public void close() {
        if (guests != null) {
            guests.close();
        }
        if (isFabricOurs) {
            fabric.close();
        }
        if (wire != null) {
            wire.close();
        }
        if (capture != null) {
            node.hca.port(1).setTap(null);
            capture.close();
        }
        node.close();
    }
}
