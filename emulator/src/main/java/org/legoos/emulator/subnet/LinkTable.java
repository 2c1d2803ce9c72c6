package org.legoos.emulator.subnet;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.legoos.mlx4.fabric.Fabric;
import org.legoos.mlx4.fabric.ManagementPort;
import org.legoos.mlx4.fabric.PortState;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.NodeInfo;
import org.legoos.mlx4.prm.PortInfo;

/**
 * The links of a subnet as iblinkinfo(8) prints them, found by directed-route requests from a port of its own, which the
 * table leaves out.
 */
public final class LinkTable {
    private static final long NODE_GUID = 0x0002_c903_00fe_0000L;
    private static final long ANSWER_S = 10;
    private static final int NODES_MAX = 1024;
    private static final String QDR_4X = "4X          10.0 Gbps";

    /** A node and the route to it. */
    private record Node(int[] route, boolean isSwitch, long guid, long portGuid, int ports, int entryPort, String name) {}

    private final BlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
    private final ManagementPort port = new ManagementPort("lego iblinkinfo", NODE_GUID, (mad, slid, dlid, from, to) -> answers.add(mad));
    private final List<String> cards = new ArrayList<>();
    private final List<String> switches = new ArrayList<>();
    private long transaction;

    private LinkTable() {}

    /** Walks the subnet; the lines to be printed. */
    public static List<String> of(Fabric fabric) throws InterruptedException {
        LinkTable table = new LinkTable();
        fabric.attach(table.port.port());
        table.port.port().setEnabled(true);
        try {
            table.walk();
        } finally {
            table.port.close();
        }
        List<String> all = new ArrayList<>(table.cards);
        all.addAll(table.switches);
        return all;
    }

    private void walk() throws InterruptedException {
        ArrayDeque<Node> edge = new ArrayDeque<>();
        Set<Long> seen = new HashSet<>(Set.of(NODE_GUID));
        Node first = node(new int[] {1});
        if (first != null && seen.add(first.guid)) {
            edge.add(first);
        }
        while (!edge.isEmpty() && seen.size() < NODES_MAX) {
            Node at = edge.poll();
            List<String> lines = at.isSwitch ? switches : cards;
            lines.add(at.isSwitch ? String.format("Switch: 0x%016x %s:", at.guid, at.name) : "CA: " + at.name + ":");
            int firstPort = at.isSwitch ? 1 : at.entryPort;
            int lastPort = at.isSwitch ? at.ports : at.entryPort;
            for (int number = firstPort; number <= lastPort; number++) {
                Node peer = at.isSwitch ? peerOfSwitch(at, number) : node(Arrays.copyOf(at.route, at.route.length - 1));
                if (peer != null && peer.guid == NODE_GUID) {
                    continue;
                }
                lines.add(line(at, number, peer));
                if (peer != null && seen.add(peer.guid)) {
                    edge.add(peer);
                }
            }
        }
    }

    private Node peerOfSwitch(Node at, int number) throws InterruptedException {
        MemorySegment info = ask(at.route, Mad.ATTR_PORT_INFO, number);
        if (info == null || PortInfo.PORT_STATE.get(info, Mad.DATA) <= PortState.DOWN.ordinal()) {
            return null;
        }
        int[] route = Arrays.copyOf(at.route, at.route.length + 1);
        route[at.route.length] = number;
        return node(route);
    }

    private String line(Node at, int number, Node peer) throws InterruptedException {
        MemorySegment info = ask(at.route, Mad.ATTR_PORT_INFO, number);
        boolean isUp = info != null && peer != null;
        String link = isUp ? String.format("%s %6s/%8s", QDR_4X, state(info), "LinkUp") : "               Down/ Polling";
        int farPort = !isUp ? 0 : at.isSwitch ? peer.entryPort : at.route[at.route.length - 1]; // a card is where its route ends
        String far = isUp ? String.format("%7d %4d[  ] \"%s\" ( )", lid(peer), farPort, peer.name) : "            [  ] \"\" ( )";
        int lid = at.isSwitch || info == null ? lid(at) : PortInfo.LID.get(info, Mad.DATA);
        return at.isSwitch ? String.format("     %7d %4d[  ] ==( %s)==> %s", lid, number, link, far)
                : String.format("      0x%016x %6d %4d[  ] ==( %s)==> %s", at.portGuid, lid, number, link, far);
    }

    private static String state(MemorySegment info) {
        String name = PortState.values()[Math.min(PortInfo.PORT_STATE.get(info, Mad.DATA), PortState.ACTIVE.ordinal())].name();
        return name.charAt(0) + name.substring(1).toLowerCase(java.util.Locale.ROOT);
    }

    /** A switch's LID is its port 0's. */
    private int lid(Node node) throws InterruptedException {
        MemorySegment info = ask(node.route, Mad.ATTR_PORT_INFO, node.isSwitch ? 0 : node.entryPort);
        return info == null ? 0 : PortInfo.LID.get(info, Mad.DATA);
    }

    private Node node(int[] route) throws InterruptedException {
        MemorySegment info = ask(route, Mad.ATTR_NODE_INFO, 0);
        if (info == null) {
            return null;
        }
        MemorySegment description = ask(route, Mad.ATTR_NODE_DESC, 0);
        String name = description == null ? "" : text(description);
        return new Node(route, NodeInfo.NODE_TYPE.get(info, Mad.DATA) == NodeInfo.TYPE_SWITCH, NodeInfo.NODE_GUID.get(info, Mad.DATA),
                NodeInfo.PORT_GUID.get(info, Mad.DATA), NodeInfo.NUM_PORTS.get(info, Mad.DATA), NodeInfo.LOCAL_PORT.get(info, Mad.DATA), name);
    }

    private static String text(MemorySegment mad) {
        byte[] bytes = mad.asSlice(Mad.DATA, Mad.SMP_DATA_BYTES).toArray(ValueLayout.JAVA_BYTE);
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** A Get by directed route; null without an answer, or with one that says no. */
    private MemorySegment ask(int[] route, int attribute, int modifier) throws InterruptedException {
        byte[] mad = LocalSmp.get(Mad.CLASS_SUBN_DIRECTED, attribute, modifier);
        MemorySegment m = MemorySegment.ofArray(mad);
        Mad.TRANSACTION_ID.set(m, 0, ++transaction);
        Mad.HOP_COUNT.set(m, 0, route.length);
        for (int i = 0; i < route.length; i++) {
            m.set(ValueLayout.JAVA_BYTE, Mad.INITIAL_PATH + i + 1, (byte) route[i]);
        }
        if (!port.send(mad, 0, 0, 0)) {
            return null;
        }
        while (true) {
            byte[] answer = answers.poll(ANSWER_S, TimeUnit.SECONDS);
            if (answer == null) {
                return null;
            }
            MemorySegment got = MemorySegment.ofArray(answer);
            if (Mad.TRANSACTION_ID.get(got, 0) == transaction) {
                return (Mad.STATUS.get(got, 0) & ~Mad.STATUS_DIRECTION) == 0 ? got : null;
            }
        }
    }
}
