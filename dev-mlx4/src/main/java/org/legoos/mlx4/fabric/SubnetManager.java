package org.legoos.mlx4.fabric;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.legoos.mlx4.wire.Lrh;

/**
 * The built-in subnet manager: one LID a card port (the configured one if it is free), one a switch, shortest-path
 * forwarding tables, all trained links ACTIVE. It sets objects directly instead of sending SMPs; what cards and
 * switches then show is the same. A port keeps its LID while it lives.
 */
final class SubnetManager {
    /** Switches get LIDs from the top of the unicast range, out of the way of configured node LIDs. */
    private static final int SWITCH_LID_FIRST = 0xbfff;

    private final Map<Port, Integer> lids = new HashMap<>();
    private boolean active = true;
    private boolean takesOver; // the next sweep is the first after somebody else's

    void setActive(boolean isActive) {
        takesOver |= isActive && !active;
        active = isActive;
    }

    /** Gives every switch its multicast table; null stands for an empty one. */
    void setGroups(Map<Switch, long[]> tables, List<Switch> switches) {
        if (active) {
            switches.forEach(each -> each.setMulticast(tables.getOrDefault(each, new long[0])));
        }
    }

    /** What another manager gave stays, as far as it can: peers know these LIDs. */
    private void adopt(List<Switch> switches, List<Port> cards) {
        List<Port> all = new ArrayList<>(cards);
        switches.forEach(each -> all.add(each.port(0)));
        Set<Integer> taken = new HashSet<>();
        for (Port port : all) {
            if (port.lid() != 0 && taken.add(port.lid())) {
                lids.put(port, port.lid());
            } else {
                lids.remove(port);
            }
        }
    }

    /** Looks at the whole subnet; returns the ports whose owners must hear of a change. */
    List<Port> sweep(List<Switch> switches, List<Link> links) {
        Set<Port> changed = new LinkedHashSet<>();
        if (!active) {
            return List.of();
        }
        Map<Port, Switch> switchOf = new HashMap<>();
        for (Switch each : switches) {
            for (int i = 0; i <= each.portCount(); i++) {
                switchOf.put(each.port(i), each);
            }
        }
        List<Port> cards = new ArrayList<>();
        for (Link link : links) {
            for (Port end : List.of(link.a(), link.b())) {
                if (!switchOf.containsKey(end)) {
                    cards.add(end);
                }
            }
        }
        lids.keySet().removeIf(port -> !cards.contains(port) && !switchOf.containsKey(port));
        boolean isNew = takesOver;
        takesOver = false;
        if (isNew) {
            adopt(switches, cards);
            switches.forEach(each -> each.setMulticast(new long[0]));
        }
        giveLids(switches, cards);
        int smLid = switches.isEmpty() ? 1 : lids.get(switches.getFirst().port(0));
        for (Map.Entry<Port, Integer> each : lids.entrySet()) {
            Port port = each.getKey();
            boolean down = !switchOf.containsKey(port) && port.state() == PortState.DOWN;
            if (!down && port.changeLids(each.getValue(), 0, smLid)) {
                changed.add(port);
            }
            if (!down && isNew) {
                port.askToReregister(); // it has to join its groups again
                changed.add(port);
            }
        }
        route(switches, switchOf, cards);
        for (Link link : links) {
            activate(link.a(), changed);
            activate(link.b(), changed);
        }
        return List.copyOf(changed);
    }

    private static void activate(Port port, Collection<Port> changed) {
        if (port.state() == PortState.INIT || port.state() == PortState.ARMED) {
            if (port.changeState(PortState.ACTIVE)) {
                changed.add(port);
            }
        }
    }

    private void giveLids(List<Switch> switches, List<Port> cards) {
        Set<Integer> taken = new HashSet<>(lids.values());
        int next = SWITCH_LID_FIRST;
        for (Switch each : switches) {
            if (!lids.containsKey(each.port(0))) {
                while (!taken.add(next)) {
                    next--;
                }
                lids.put(each.port(0), next--);
            }
        }
        for (Port card : cards) {
            int wanted = card.configuredLid();
            Integer has = lids.get(card);
            boolean legal = wanted > 0 && wanted < Lrh.LID_MULTICAST_FIRST;
            if (legal && (has == null || has != wanted) && taken.add(wanted)) {
                taken.remove(has);
                lids.put(card, wanted);
            }
        }
        int lowest = 1;
        for (Port card : cards) {
            if (!lids.containsKey(card)) {
                while (!taken.add(lowest)) {
                    lowest++;
                }
                lids.put(card, lowest);
            }
        }
    }

    /** Every switch: for each destination the port on a shortest path, found from the destination outwards. */
    private void route(List<Switch> switches, Map<Port, Switch> switchOf, List<Port> cards) {
        int highest = lids.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        Map<Switch, byte[]> tables = new HashMap<>();
        for (Switch each : switches) {
            byte[] table = new byte[highest + 1];
            Arrays.fill(table, (byte) Switch.NO_PORT);
            tables.put(each, table);
        }
        for (Port card : cards) {
            Port first = card.peer();
            Switch at = switchOf.get(first);
            if (at != null) {
                tables.get(at)[lids.get(card)] = (byte) portNumber(at, first);
                spread(at, lids.get(card), tables, switchOf);
            }
        }
        for (Switch each : switches) {
            tables.get(each)[lids.get(each.port(0))] = 0; // to itself
            spread(each, lids.get(each.port(0)), tables, switchOf);
        }
        tables.forEach(Switch::setForwarding);
    }

    private static void spread(Switch from, int lid, Map<Switch, byte[]> tables, Map<Port, Switch> switchOf) {
        Set<Switch> seen = new HashSet<>(Set.of(from));
        ArrayDeque<Switch> edge = new ArrayDeque<>(seen);
        while (!edge.isEmpty()) {
            for (Port out : edge.poll().cabledPorts()) {
                Switch neighbour = switchOf.get(out.peer());
                if (neighbour != null && seen.add(neighbour)) {
                    tables.get(neighbour)[lid] = (byte) portNumber(neighbour, out.peer());
                    edge.add(neighbour);
                }
            }
        }
    }

    private static int portNumber(Switch at, Port port) {
        for (int i = 1; i <= at.portCount(); i++) {
            if (at.port(i) == port) {
                return i;
            }
        }
        throw new IllegalArgumentException(port + " is not of " + at.name());
    }
}
