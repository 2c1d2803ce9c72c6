package org.legoos.mlx4.fabric;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.legoos.isa.time.Clock;
import org.legoos.mlx4.prm.SmInfo;
import org.legoos.mlx4.sa.MulticastGroup;

/**
 * A subnet: switches, cables, and the built-in subnet manager that gives LIDs, fills forwarding tables and brings
 * ports to ACTIVE whenever a port is powered or a cable changes. Thread-safe; packets never come through here.
 */
public final class Fabric implements AutoCloseable {
    /** Above cards' GUIDs, so that the built-in subnet manager yields to one of the same priority. */
    private static final long SWITCH_GUID_BASE = 0xf4521403_004b0000L;

    private final Clock clock;
    private final List<Switch> switches = new ArrayList<>(); // guarded by this
    private final List<Link> links = new ArrayList<>(); // guarded by this
    private final SubnetManager manager = new SubnetManager();
    private volatile SubnetHost host; // null without a switch: cards on one cable have no administration
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
        Switch added = new Switch(name, SWITCH_GUID_BASE + switches.size(), ports, clock);
        switches.add(added);
        if (host == null) {
            host = new SubnetHost(this, added, clock);
            added.setSubnetHost(host);
        }
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

    /**
     * Whether there is a built-in subnet manager at all. Without it (false) LIDs, tables and states are somebody else's business;
     * with it, it steps aside for a better one and comes back by itself.
     */
    public void setManaged(boolean byUs) {
        SubnetHost built = host;
        if (built != null) {
            built.election().become(byUs ? SmInfo.STATE_MASTER : SmInfo.STATE_NOT_ACTIVE);
        }
        setMaster(byUs);
    }

    /** Is the built-in subnet manager the master now? */
    public boolean isManaged() {
        SubnetHost built = host;
        return built == null || built.election().isMaster();
    }

    /** For attacks: the last exception that a management datagram caused in the subnet manager, which went on without it; or null. */
    public RuntimeException mistake() {
        SubnetHost built = host;
        return built == null ? null : built.mistake();
    }

    /** The built-in subnet manager has become the master, or no longer is. */
    void setMaster(boolean isMaster) {
        synchronized (this) {
            manager.setActive(isMaster);
        }
        sweep();
    }

    SubnetView view() {
        return new SubnetView(switches(), links());
    }

    /** Lets multicast packets go to the members of these groups. */
    void setGroups(Collection<MulticastGroup> groups) {
        SubnetView view = view();
        synchronized (this) {
            manager.setGroups(MulticastTrees.of(view, groups), switches);
        }
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
        noteChange();
    }

    /** Something that managers look at changed without a sweep, such as a capability of a port. */
    public void noteChange() {
        SubnetHost built = host;
        if (built != null) {
            built.noteChange();
        }
    }

    @Override
    public void close() {
        SubnetHost built = host;
        if (built != null) {
            built.close();
        }
        for (Link link : links()) {
            link.close();
        }
    }
}
