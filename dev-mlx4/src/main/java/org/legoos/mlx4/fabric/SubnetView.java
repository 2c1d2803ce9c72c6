package org.legoos.mlx4.fabric;

import java.util.ArrayList;
import java.util.List;
import org.legoos.mlx4.prm.mad.Gid;

/** The subnet as it is now: the ports that have LIDs, and where packets between them go. */
final class SubnetView {
    private static final int HOPS_MAX = 64;

    private final List<EndPort> endPorts = new ArrayList<>();
    private final List<Switch> switches;

    SubnetView(List<Switch> switches, List<Link> links) {
        this.switches = switches;
        for (Switch each : switches) {
            add(each.port(0));
        }
        for (Link link : links) {
            addCard(link.a());
            addCard(link.b());
        }
    }

    private void addCard(Port port) {
        if (port.ofSwitch() == null && port.state() != PortState.DOWN) {
            add(port);
        }
    }

    private void add(Port port) {
        if (port.lid() != 0) {
            endPorts.add(new EndPort(port));
        }
    }

    /** In a fixed order: switches, then cards. */
    List<EndPort> endPorts() {
        return endPorts;
    }

    List<Switch> switches() {
        return switches;
    }

    /** The port with that LID, or null. */
    EndPort byLid(int lid) {
        for (EndPort each : endPorts) {
            if (each.hasLid(lid)) {
                return each;
            }
        }
        return null;
    }

    EndPort byGid(Gid gid) {
        for (EndPort each : endPorts) {
            if (each.gid().equals(gid)) {
                return each;
            }
        }
        return null;
    }

    /** The smallest MTU on the way that the forwarding tables lead, in PortInfo's code; 0 when they lead nowhere. */
    int mtuOfPath(EndPort from, EndPort to) {
        Port at = from.port();
        int mtu = at.mtuCode();
        if (from.equals(to)) {
            return mtu;
        }
        Switch via = at.ofSwitch();
        if (via == null) {
            Port peer = at.peer();
            if (peer == null || at.state() != PortState.ACTIVE) {
                return 0;
            }
            via = peer.ofSwitch();
            if (via == null) {
                return peer == to.port() ? mtu : 0;
            }
        }
        for (int hop = 0; hop < HOPS_MAX; hop++) {
            if (to.port() == via.port(0)) {
                return mtu;
            }
            int out = via.outPort(to.lid());
            Port next = out > 0 && out <= via.portCount() ? via.port(out) : null;
            Port peer = next == null ? null : next.peer();
            if (peer == null || next.state() != PortState.ACTIVE) {
                return 0;
            }
            mtu = Math.min(mtu, next.mtuCode());
            if (peer == to.port()) {
                return mtu;
            }
            via = peer.ofSwitch();
            if (via == null) {
                return 0;
            }
        }
        return 0;
    }
}
