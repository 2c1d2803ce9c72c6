package org.legoos.managers.processor.inet;

import java.util.ArrayDeque;

/**
 * The queue of a listening socket: connections that stand and wait for accept(2), and connects that wait for a place in
 * it (in Linux their SYNs are dropped and sent again). Thread-safe.
 */
final class TcpListener {
    /** net.core.somaxconn. */
    static final int BACKLOG_MAX = 4096;

    private final ArrayDeque<TcpSocket> established = new ArrayDeque<>(); // guarded by this, as all
    private final ArrayDeque<TcpConnect> waiting = new ArrayDeque<>();
    private int backlog;
    private boolean isClosed;

    /** What {@link #offer} did. */
    enum Offer { TAKEN, LATER, REFUSED }

    TcpListener(int backlog) {
        setBacklog(backlog);
    }

    synchronized void setBacklog(int wanted) {
        backlog = Math.min(BACKLOG_MAX, Integer.compareUnsigned(wanted, BACKLOG_MAX) > 0 ? BACKLOG_MAX : wanted);
    }

    /** A connection wants in; a place is kept for it when TAKEN. */
    synchronized Offer offer(TcpConnect connect) {
        if (isClosed) {
            return Offer.REFUSED;
        }
        if (established.size() > backlog) {
            waiting.add(connect);
            return Offer.LATER;
        }
        TcpSocket child = connect.establish();
        if (child != null) {
            established.add(child);
        }
        return Offer.TAKEN;
    }

    /** The connect gave up. */
    synchronized void forget(TcpConnect connect) {
        waiting.remove(connect);
    }

    /** The next connection for accept, or null. */
    synchronized TcpSocket poll() {
        TcpSocket first = established.poll();
        while (first != null && !waiting.isEmpty() && established.size() <= backlog) {
            TcpSocket child = waiting.poll().establish();
            if (child != null) {
                established.add(child);
            }
        }
        return first;
    }

    synchronized boolean isReady() {
        return !established.isEmpty();
    }

    synchronized int queued() {
        return established.size();
    }

    synchronized int backlog() {
        return backlog;
    }

    /** Nobody listens any more: the connections that were not accepted are reset, the others refused. */
    void close() {
        ArrayDeque<TcpSocket> orphans;
        ArrayDeque<TcpConnect> refused;
        synchronized (this) {
            isClosed = true;
            orphans = new ArrayDeque<>(established);
            refused = new ArrayDeque<>(waiting);
            established.clear();
            waiting.clear();
        }
        orphans.forEach(TcpSocket::abort);
        refused.forEach(TcpConnect::refuse);
    }
}
