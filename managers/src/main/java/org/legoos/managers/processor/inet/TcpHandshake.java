package org.legoos.managers.processor.inet;

import org.legoos.kernel.syscall.Errno;

/** A connect between two sockets of the node on its way through the listener's queue. */
final class TcpHandshake implements TcpConnect {
    private final TcpSocket client;
    private final TcpSocket listener;
    private final Endpoint to;

    TcpHandshake(TcpSocket client, TcpSocket listener, Endpoint to) {
        this.client = client;
        this.listener = listener;
        this.to = to;
    }

    @Override
    public TcpSocket establish() {
        TcpSocket child = TcpSocket.accepted(listener, to, client.local());
        if (TcpSocket.join(client, child)) {
            return child;
        }
        child.abort();
        return null;
    }

    @Override
    public void refuse() {
        client.failed(Errno.ECONNREFUSED);
    }

    /** The client closes. */
    void giveUp() {
        listener.queue().forget(this);
    }
}
