package org.legoos.mlx4.fabric;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.legoos.isa.time.Clock;

/**
 * A subnet: switches, cables, and the built-in subnet manager that gives LIDs, fills forwarding tables and brings
 * ports to ACTIVE whenever a port is powered or a cable changes. Thread-safe; packets never come through here.
 */
public final class Fabric implements AutoCloseable {
    private static final long SWITCH_GUID_BASE = 0x0002c902004b0000L;

    private final Clock clock;
    private final List<Switch> switches = new ArrayList<>(); // guarded by this
    private final List<Link> links = new ArrayList<>(); // guarded by this
    private final SubnetManager manager = new SubnetManager();
    private UnaryOperator<Port> farEnds = card -> firstFreePort(); // guarded by this

    public Fabric(Clock clock) {
        this.clock = clock;
    }

    /** A fabric of one switch: what a small cluster has. */
    public static Fabric ofOneSwitch(Clock clock, int ports) {
        Fabric fabric = new Fabric(clock);
        fabric.addSwitch("switch0", ports);
        return fabric;
    }

    public synchronized Switch addSwitch(String name, int ports) {
        Switch added = new Switch(name, SWITCH_GUID_BASE + switches.size(), ports);
        switches.add(added);
        return added;
    }

    /** Cards are from now on attached to what that function gives for their port, instead of to a switch of ours. */
    public synchronized void attachTo(UnaryOperator<Port> newFarEnds) {
        farEnds = newFarEnds;
    }

    /**
     * Cables a card's port to the first free switch port. The port's owner sees INIT and then ACTIVE, with a LID,
     * once it has powered the port.
     */
    public Link attach(Port card) {
        Link link;
        synchronized (this) {
            link = Link.plug(card, farEnds.apply(card), clock);
            links.add(link);
        }
        return bringUp(link);
    }

    private Port firstFreePort() {
        for (Switch candidate : switches) {
            Port free = candidate.freePort();
            if (free != null) {
                return free;
            }
        }
        throw new IllegalStateException("no switch has a free port for another card");
    }

    /** Cables two ports. */
    public Link connect(Port a, Port b) {
        Link link;
        synchronized (this) {
            link = Link.plug(a, b, clock);
            links.add(link);
        }
        return bringUp(link);
    }

    /** Outside the lock: agents that hear of the link may come back here. */
    private Link bringUp(Link link) {
        link.a().onEnabledChange(this::sweep);
        link.b().onEnabledChange(this::sweep);
        link.retrain();
        sweep();
        return link;
    }

    /** Takes a cable out; its ports go down and can be cabled anew. */
    public void disconnect(Link link) {
        synchronized (this) {
            links.remove(link);
        }
        link.close();
        sweep();
    }

    /** Pulls the cable of a link (false) or puts it back. */
    public void setUp(Link link, boolean isUp) {
        link.setUp(isUp);
        sweep();
    }

    public synchronized List<Link> links() {
        return List.copyOf(links);
    }

    public synchronized List<Switch> switches() {
        return List.copyOf(switches);
    }

    /** Lets an external subnet manager take over (false): LIDs, tables and states are then its business. */
    public void setManaged(boolean byUs) {
        synchronized (this) {
            manager.setActive(byUs);
            switches.forEach(each -> each.managementAgent().setMaster(byUs));
        }
        sweep();
    }

    /** Lets the subnet manager look at everything again. */
    public void sweep() {
        List<Port> changed;
        synchronized (this) {
            changed = manager.sweep(switches, links);
        }
        for (Port port : changed) {
            port.owner().signal(); // outside the lock: the agent may power a port and come back here
        }
    }

    @Override
    public void close() {
        for (Link link : links()) {
            link.close();
        }
    }
}
