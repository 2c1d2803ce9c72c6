package org.legoos.mlx4.fabric;

import org.legoos.isa.time.Clock;

/** A cable between two ports. Both ends powered and the cable in: the ports are up. */
public final class Link implements AutoCloseable {
    private final Port a;
    private final Port b;
    private final Clock clock;
    private final Wire toA;
    private final Wire toB;
    private ImpairedWire badToA; // guarded by this
    private ImpairedWire badToB; // guarded by this
    private volatile boolean up = true;

    private Link(Port a, Port b, Clock clock) {
        this.a = a;
        this.b = b;
        this.clock = clock;
        this.toA = new Wire(this, a);
        this.toB = new Wire(this, b);
    }

    /** Plugs a cable into both ports. */
    public static Link connect(Port a, Port b, Clock clock) {
        Link link = plug(a, b, clock);
        link.retrain();
        return link;
    }

    /** As {@link #connect}, but the ports do not notice before {@link #retrain}. */
    static Link plug(Port a, Port b, Clock clock) {
        Link link = new Link(a, b, clock);
        a.plug(link.toB);
        b.plug(link.toA);
        return link;
    }

    public Port a() {
        return a;
    }

    public Port b() {
        return b;
    }

    /**
     * Sets what is wrong with both directions from now on; {@link Impairments#NONE} makes the link perfect and free
     * again. The first impairment fixes the seed of the link's random numbers.
     */
    public synchronized void impair(Impairments rules, long seed) {
        if (rules.equals(Impairments.NONE)) {
            toA.impair(null);
            toB.impair(null);
            return;
        }
        if (badToA == null) {
            badToA = new ImpairedWire(a, clock, rules, seed);
            badToB = new ImpairedWire(b, clock, rules, seed + 1);
        }
        badToA.change(rules);
        badToB.change(rules);
        toA.impair(badToA);
        toB.impair(badToB);
    }

    /** Pulls the cable (false) or puts it back. */
    public void setUp(boolean isUp) {
        up = isUp;
        retrain();
    }

    /** Brings the ports up or down; agents are signalled outside the lock, for they may come back here. */
    void retrain() {
        boolean changedA;
        boolean changedB;
        synchronized (this) {
            boolean works = up && a.isEnabled() && b.isEnabled();
            changedA = train(a, works);
            changedB = train(b, works);
        }
        if (changedA) {
            a.owner().signal();
        }
        if (changedB) {
            b.owner().signal();
        }
    }

    private static boolean train(Port port, boolean works) {
        if (!works) {
            return port.changeState(PortState.DOWN);
        }
        return port.state() == PortState.DOWN && port.changeState(PortState.INIT);
    }

    @Override
    public void close() {
        setUp(false);
        a.plug(null);
        b.plug(null);
    }
}
