package org.legoos.managers.processor.socket.unix;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.WaitList;

/** Connections to a listening socket that were not accepted yet. Thread-safe. */
final class Backlog {
    /** net.core.somaxconn: listen's number is cut to it. */
    private static final int LENGTH_MAX = 4096;

    /** Clients that wait for room. */
    final WaitList roomWaiters = new WaitList();

    private final ArrayDeque<UnixStream> connections = new ArrayDeque<>(); // guarded by this
    private int length; // guarded by this
    private boolean isClosed; // guarded by this

    /** @return whether there is more room than before */
    synchronized boolean setLength(int newLength) {
        int old = length;
        length = newLength < 0 || newLength > LENGTH_MAX ? LENGTH_MAX : newLength;
        return length > old;
    }

    /** @return 0, -EAGAIN when full, -ECONNREFUSED */
    synchronized int add(UnixStream connection) {
        if (isClosed) {
            return -Errno.ECONNREFUSED;
        }
        if (connections.size() > length) {
            return -Errno.EAGAIN;
        }
        connections.add(connection);
        return 0;
    }

    synchronized UnixStream poll() {
        return connections.poll();
    }

    synchronized boolean isEmpty() {
        return connections.isEmpty();
    }

    synchronized List<UnixStream> snapshot() {
        return new ArrayList<>(connections);
    }

    /** @return the connections that were there */
    synchronized List<UnixStream> close() {
        isClosed = true;
        List<UnixStream> rest = new ArrayList<>(connections);
        connections.clear();
        return rest;
    }
}
