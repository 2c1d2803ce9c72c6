package org.legoos.managers.processor.inet;

import org.legoos.isa.time.Clock;

/** The network of one processor node: interfaces, ports, and the way to the host. Thread-safe. */
public final class InetStack {
    private static final int HEAP_SHARE = 8;

    private final Clock clock;
    private final Interfaces interfaces;
    private final PortTable tcpPorts;
    private final PortTable udpPorts;
    private final PortTable udpLitePorts;
    private final RawNetwork raw;
    private final BufferBudget budget = new BufferBudget(Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    private final InetCounters counters = new InetCounters();
    private volatile HostNetwork host = HostNetwork.NONE;

    public InetStack(Clock clock, int nodeNumber) {
        this.clock = clock;
        this.interfaces = new Interfaces(nodeNumber);
        int seed = (int) (clock.wallTimeNs() >>> 16);
        this.tcpPorts = new PortTable(true, seed);
        this.udpPorts = new PortTable(false, seed >>> 7);
        this.udpLitePorts = new PortTable(false, seed >>> 5);
        this.raw = new RawNetwork(this, seed >>> 3);
    }

    public Interfaces interfaces() {
        return interfaces;
    }

    public HostNetwork host() {
        return host;
    }

    public void connectTo(HostNetwork network) {
        host = network;
    }

    public InetCounters counters() {
        return counters;
    }

    Clock clock() {
        return clock;
    }

    PortTable tcpPorts() {
        return tcpPorts;
    }

    PortTable udpPorts() {
        return udpPorts;
    }

    PortTable udpLitePorts() {
        return udpLitePorts;
    }

    RawNetwork raw() {
        return raw;
    }

    BufferBudget budget() {
        return budget;
    }

    /** Who listens for connections to {@code to}, or null; several with SO_REUSEPORT take turns by the source. */
    TcpSocket listener(Endpoint to, Endpoint from) {
        return (TcpSocket) tcpPorts.best(to.port(), from.hashCode() * 0x9e3779b9 >>> 8, socket -> {
            if (!socket.isListening()) {
                return -1;
            }
            return fit(socket, to.address());
        });
    }

    /** 2: bound to the address; 1: to every address of that family; 0: to every one of both; -1: not for it. */
    static int fit(InetSocket socket, IpAddress address) {
        IpAddress bound = socket.local().address();
        if (!bound.isAny()) {
            return bound.equals(address) ? 2 : -1;
        }
        if (!PortTable.overlaps(bound, socket.isV6Only(), address, false)) {
            return -1;
        }
        return bound.isV4() == address.isV4() ? 1 : 0;
    }

    /**
     * A connection from the host to a published port; the program sees it come from the gateway.
     *
     * @param fromPort the host's side
     */
    public void incoming(int fromPort, int guestPort, IncomingConnection connection) {
        Endpoint from = new Endpoint(Interfaces.GATEWAY, fromPort);
        Endpoint to = new Endpoint(interfaces.own4(), guestPort);
        TcpSocket listener = listener(to, from);
        if (listener == null) {
            connection.refused();
        } else {
            listener.incoming(from, to, connection);
        }
    }
}
