package org.legoos.managers.processor.inet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.legoos.kernel.syscall.Errno;

/**
 * Which sockets of one protocol have which ports (Linux's bind hash), with the rules of SO_REUSEADDR and SO_REUSEPORT
 * of socket(7). A closed connection's port is free at once: there is no TIME_WAIT, because no segment can come late.
 * Thread-safe; its lock is the last one that anybody takes.
 */
final class PortTable {
    /** net.ipv4.ip_local_port_range. */
    static final int EPHEMERAL_FIRST = 32768;
    static final int EPHEMERAL_LAST = 60999;

    /** The sockets of one port. */
    private static final class Port {
        final List<InetSocket> bound = new ArrayList<>();
        final Set<InetSocket> connections = new LinkedHashSet<>(); // accepted: they share the listener's port
    }

    private final boolean isTcp;
    private final Map<Integer, Port> ports = new HashMap<>(); // guarded by this
    private int nextEphemeral; // guarded by this

    PortTable(boolean isTcp, int firstEphemeral) {
        this.isTcp = isTcp;
        this.nextEphemeral = Math.floorMod(firstEphemeral, EPHEMERAL_LAST - EPHEMERAL_FIRST);
    }

    /**
     * Gives the socket a port at an address.
     *
     * @param port 0 for any
     * @return the port, or -EADDRINUSE
     */
    synchronized int bind(InetSocket socket, IpAddress address, int port) {
        int chosen = port == 0 ? ephemeral() : port;
        Port entry = chosen == 0 ? null : ports.computeIfAbsent(chosen, number -> new Port());
        if (entry == null || conflicts(entry, socket, address)) {
            return -Errno.EADDRINUSE;
        }
        entry.bound.add(socket);
        return chosen;
    }

    /** A port that nobody has, 0 when there is none. */
    private int ephemeral() {
        int count = EPHEMERAL_LAST - EPHEMERAL_FIRST + 1;
        for (int i = 0; i < count; i++) {
            int port = EPHEMERAL_FIRST + nextEphemeral;
            nextEphemeral = (nextEphemeral + 1) % count;
            Port entry = ports.get(port);
            if (entry == null || entry.bound.isEmpty() && entry.connections.isEmpty()) {
                return port;
            }
        }
        return 0;
    }

    private boolean conflicts(Port entry, InetSocket socket, IpAddress address) {
        for (InetSocket other : entry.bound) {
            if (other != socket && overlaps(address, socket.isV6Only(), other.local().address(), other.isV6Only())
                    && !mayShare(socket, other)) {
                return true;
            }
        }
        for (InetSocket other : entry.connections) {
            if (overlaps(address, socket.isV6Only(), other.local().address(), true) && !mayShare(socket, other)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayShare(InetSocket a, InetSocket b) {
        if (a.options().reusePort() && b.options().reusePort() && a.owner() == b.owner()) {
            return true;
        }
        boolean isReuse = a.options().reuseAddress() && b.options().reuseAddress();
        return isReuse && !(isTcp && (a.isListening() || b.isListening()));
    }

    /** Whether a packet could be for both. */
    static boolean overlaps(IpAddress a, boolean isAV6Only, IpAddress b, boolean isBV6Only) {
        if (a.isAny() && b.isAny()) {
            return a.isV4() == b.isV4() || !(a.isV4() ? isBV6Only : isAV6Only);
        }
        if (a.isAny()) {
            return covers(a, isAV6Only, b);
        }
        return b.isAny() ? covers(b, isBV6Only, a) : a.equals(b);
    }

    private static boolean covers(IpAddress any, boolean isV6Only, IpAddress other) {
        return any.isV4() ? other.isV4() : !other.isV4() || !isV6Only;
    }

    /** listen(2) of a bound socket. @return 0, or -EADDRINUSE when another one listens there */
    synchronized int listen(InetSocket socket, Runnable started) {
        Port entry = ports.get(socket.local().port());
        for (InetSocket other : entry == null ? List.<InetSocket>of() : entry.bound) {
            boolean isShared = socket.options().reusePort() && other.options().reusePort();
            if (other != socket && other.isListening() && !isShared && overlaps(socket.local().address(), socket.isV6Only(),
                    other.local().address(), other.isV6Only())) {
                return -Errno.EADDRINUSE;
            }
        }
        started.run();
        return 0;
    }

    /** An accepted connection, which has its listener's port. */
    synchronized void addConnection(InetSocket socket) {
        ports.computeIfAbsent(socket.local().port(), number -> new Port()).connections.add(socket);
    }

    /** Takes the socket out, if it is in. */
    synchronized void remove(InetSocket socket) {
        int port = socket.local().port();
        Port entry = ports.get(port);
        if (entry == null) {
            return;
        }
        entry.bound.remove(socket);
        entry.connections.remove(socket);
        if (entry.bound.isEmpty() && entry.connections.isEmpty()) {
            ports.remove(port);
        }
    }

    /** How well a socket fits a packet. */
    interface Fit {
        /** @return negative: not at all; the highest wins */
        int of(InetSocket socket);
    }

    /**
     * The socket with the best fit, or null; of several that fit alike (SO_REUSEPORT), one by {@code hash}.
     */
    synchronized InetSocket best(int port, int hash, Fit fit) {
        Port entry = ports.get(port);
        if (entry == null) {
            return null;
        }
        int bestFit = -1;
        int count = 0;
        for (InetSocket socket : entry.bound) {
            int how = fit.of(socket);
            if (how > bestFit) {
                bestFit = how;
                count = 0;
            }
            count += how >= 0 && how == bestFit ? 1 : 0;
        }
        int chosen = count == 0 ? 0 : Math.floorMod(hash, count);
        for (InetSocket socket : entry.bound) {
            if (bestFit >= 0 && fit.of(socket) == bestFit && chosen-- == 0) {
                return socket;
            }
        }
        return null;
    }

    /** All sockets bound to a port. */
    synchronized List<InetSocket> at(int port) {
        Port entry = ports.get(port);
        return entry == null ? List.of() : List.copyOf(entry.bound);
    }

    /** All sockets, for /proc/net. */
    synchronized List<InetSocket> all() {
        List<InetSocket> all = new ArrayList<>();
        for (Port entry : ports.values()) {
            all.addAll(entry.bound);
            all.addAll(entry.connections);
        }
        return all;
    }
}
