package org.legoos.emulator.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.legoos.kernel.kconfig.KConfig;
import org.legoos.mlx4.capture.LinkCapture.Direction;
import org.legoos.mlx4.capture.PcapFile;
import org.legoos.mlx4.fabric.Fabric;
import org.legoos.mlx4.fabric.Port;
import org.legoos.mlx4.fabric.Tap;
import org.legoos.mlx4.udp.UdpWire;

/**
 * Joins the nodes of this process with those of others: each card has a UDP wire instead of a cable to a switch.
 * CONFIG_FIT_NODE_ADDRESSES says where each node is, in order of node id, as CONFIG_FIT_NODE_LIDS says its LID.
 */
final class UdpCabling implements AutoCloseable {
    static final String OPTION = "FIT_NODE_ADDRESSES";

    /** Fits into Ethernet frames with all headers; on the loopback interface there is room for the largest. */
    private static final int MTU_ETHERNET = 1024;
    private static final int MTU_LOOPBACK = 4096;
    /** Where the LIDs of wires begin: between those of nodes and those of switches. */
    private static final int FAR_END_LIDS = 0x8000;

    private final Map<Integer, InetSocketAddress> addressByLid = new LinkedHashMap<>();
    private final Consumer<String> log;
    private final Map<Port, UdpWire> wires = new LinkedHashMap<>(); // by the card's port
    private final UdpWire.Options options;
    private final int localId;

    private UdpCabling(NodeSpec any, Consumer<String> log) {
        this.log = log;
        String[] lids = any.config().string("FIT_NODE_LIDS").split(",");
        List<InetSocketAddress> addresses = addresses(any.name(), any.config());
        boolean isLocal = true;
        for (int node = 0; node < addresses.size(); node++) {
            addressByLid.put(Integer.decode(lids[node].strip()), addresses.get(node));
            isLocal &= addresses.get(node).getAddress().isLoopbackAddress();
        }
        localId = any.nodeId();
        int asked = any.config().integer("FIT_UDP_MTU");
        int mtuBytes = asked != 0 ? asked : isLocal ? MTU_LOOPBACK : MTU_ETHERNET;
        if (Integer.bitCount(mtuBytes) != 1 || mtuBytes < 256 || mtuBytes > MTU_LOOPBACK) {
            throw new ConfigException(any.name() + ": CONFIG_FIT_UDP_MTU=" + mtuBytes + ": expected 256, 512, 1024, 2048, 4096, or 0 to choose");
        }
        options = new UdpWire.Options(mtuBytes, any.config().bool("FIT_SHARED_MEMORY"), any.config().bool("FIT_UDP_SPLIT_IN_KERNEL"));
    }

    static boolean isAskedFor(KConfig config) {
        return !config.string(OPTION).isBlank();
    }

    /** The cabling that the topology asks for, now in charge of the fabric's cards; null when they share a switch. */
    static UdpCabling install(Topology topology, Fabric fabric, Consumer<String> log) {
        NodeSpec first = topology.nodes().getFirst();
        if (!isAskedFor(first.config())) {
            return null;
        }
        UdpCabling cabling = new UdpCabling(first, log);
        fabric.attachTo(cabling::farEnd);
        return cabling;
    }

    /** Where each node is, by node id; a ConfigException says what is wrong. */
    static List<InetSocketAddress> addresses(String name, KConfig config) {
        List<InetSocketAddress> all = new ArrayList<>();
        for (String word : config.string(OPTION).split(",")) {
            all.add(parse(name, word.strip()));
        }
        if (all.size() < config.integer("FIT_NR_NODES")) {
            throw new ConfigException(name + ": CONFIG_" + OPTION + " names " + all.size() + (all.size() == 1 ? " node of " : " nodes of ")
                    + config.integer("FIT_NR_NODES"));
        }
        if (all.stream().distinct().count() < all.size()) {
            throw new ConfigException(name + ": CONFIG_" + OPTION + " has an address twice");
        }
        return all;
    }

    private static InetSocketAddress parse(String name, String word) {
        int colon = word.lastIndexOf(':');
        String port = word.substring(colon + 1);
        if (colon <= 0 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 0xffff) {
            throw new ConfigException(name + ": CONFIG_" + OPTION + ": '" + word + "': expected HOST:PORT, e.g. 10.0.0.7:4791");
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(word.substring(0, colon)), Integer.parseInt(port));
        } catch (UnknownHostException e) {
            throw new ConfigException(name + ": CONFIG_" + OPTION + ": there is no host '" + word.substring(0, colon) + "'");
        }
    }

    /** Makes the wire of the card whose port this is; called when a node is assembled. */
    private Port farEnd(Port card) {
        InetSocketAddress local = addressByLid.get(card.configuredLid());
        try {
            if (NetworkInterface.getByInetAddress(local.getAddress()) == null && !local.getAddress().isLoopbackAddress()
                    && !local.getAddress().isAnyLocalAddress()) {
                throw new ConfigException(nodeOf(card) + ": CONFIG_" + OPTION + " says that this node, CONFIG_FIT_LOCAL_ID=" + localId
                        + ", is at " + local.getAddress().getHostAddress() + ", but that is no address of this host");
            }
            card.setMtuBytes(options.mtuBytes());
            UdpWire wire = new UdpWire(card.name(), card.configuredLid(), addressByLid, options,
                    line -> log.accept(card.name() + ": " + line));
            wire.port().setConfiguredLid(FAR_END_LIDS + card.configuredLid()); // none that a node has
            wires.put(card, wire);
            return wire.port();
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException(nodeOf(card) + ": " + e.getMessage() + ": another program has it, or another node has CONFIG_FIT_LOCAL_ID="
                    + localId + ", too");
        }
    }

    private static String nodeOf(Port card) {
        return card.name().replaceFirst("/.*", "");
    }

    /** What a user may look at when nothing was heard of a node; more than that it may not run is known when others wrote to us. */
    String whySilent() {
        String strangers = wires.values().stream().map(UdpWire::strangers).filter(each -> !each.isEmpty()).collect(Collectors.joining(", "));
        return strangers.isEmpty() ? "; is it running, and does it have us at " + wires.values().stream().map(wire -> wire.address().getAddress()
                .getHostAddress() + ":" + wire.address().getPort()).collect(Collectors.joining(", ")) + "?"
                : ", but packets came from " + strangers + ", which CONFIG_" + OPTION + " does not name";
    }

    /** Records what passes the port of a card: RoCE v2 in Ethernet frames. */
    Tap capture(Port card, PcapFile file, Direction direction) {
        return wires.get(card).capture(file, direction);
    }

    @Override
    public void close() {
        wires.values().forEach(UdpWire::close);
    }
}
