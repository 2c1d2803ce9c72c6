package org.legoos.mlx4.fabric;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.legoos.mlx4.prm.mad.Gid;
import org.legoos.mlx4.sa.MulticastGroup;
import org.legoos.mlx4.sa.MulticastGroups;

/** The switches' multicast tables: each group gets a tree of links that joins its members, found from the first one's switch. */
final class MulticastTrees {
    private final Map<Switch, long[]> tables = new HashMap<>();

    private MulticastTrees() {}

    /** Masks of output ports by switch and by multicast LID - 0xc000. */
    static Map<Switch, long[]> of(SubnetView view, Collection<MulticastGroup> groups) {
        MulticastTrees trees = new MulticastTrees();
        for (MulticastGroup group : groups) {
            trees.plant(view, group);
        }
        return trees.tables;
    }

    private void plant(SubnetView view, MulticastGroup group) {
        int index = group.mlid() - MulticastGroups.MLID_FIRST;
        Map<Switch, Port> up = null; // the port towards the root
        for (Map.Entry<Gid, Integer> member : group.members().entrySet()) {
            EndPort end = view.byGid(member.getKey());
            Port peer = end == null || end.isSwitch() ? null : end.port().peer();
            Switch at = peer == null ? null : peer.ofSwitch();
            if (at == null) {
                continue;
            }
            up = up == null ? from(at) : up;
            boolean receives = (member.getValue() & (MulticastGroup.FULL_MEMBER | MulticastGroup.NON_MEMBER)) != 0;
            set(at, index, receives ? peer.number() : 0);
            climb(at, index, up);
        }
    }

    private void climb(Switch from, int index, Map<Switch, Port> up) {
        Switch at = from;
        for (Port out = up.get(at); out != null; out = up.get(at)) {
            set(at, index, out.number());
            at = out.peer().ofSwitch();
            set(at, index, out.peer().number());
        }
    }

    /** Breadth first; a switch's way to the root is the port that it was reached by. */
    private static Map<Switch, Port> from(Switch root) {
        Map<Switch, Port> up = new HashMap<>();
        up.put(root, null);
        ArrayDeque<Switch> edge = new ArrayDeque<>();
        edge.add(root);
        while (!edge.isEmpty()) {
            for (Port out : edge.poll().cabledPorts()) {
                Port peer = out.peer();
                Switch next = peer == null || out.state() == PortState.DOWN ? null : peer.ofSwitch();
                if (next != null && !up.containsKey(next)) {
                    up.put(next, peer);
                    edge.add(next);
                }
            }
        }
        return up;
    }

    /** Port 0: only that the switch knows the group. */
    private void set(Switch at, int index, int port) {
        long[] table = tables.computeIfAbsent(at, key -> new long[MulticastGroups.GROUPS_MAX]);
        table[index] |= port == 0 ? 0 : 1L << port;
    }
}
