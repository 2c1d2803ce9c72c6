package org.legoos.mlx4.udp;

import org.legoos.isa.time.SerialAgent;
import org.legoos.mlx4.fabric.Inbox;
import org.legoos.mlx4.fabric.Port;
import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.Packet;

/** The far end of a card's cable that is a socket of the host: a port, what the socket's thread has received, and an end. */
abstract class SocketWire extends SerialAgent implements AutoCloseable {
    /** The wire's own port; above all LIDs that nodes may have. */
    private static final int OWN_LID = Lrh.LID_MULTICAST_FIRST - 1;

    final Port port;
    final UdpCounters counters = new UdpCounters();
    private final Inbox arrived;
    private UdpSocket socket;
    private volatile boolean isOpen;
    private volatile boolean closing;
    private boolean closed;

    SocketWire(String name, int mtuBytes, int arrivedMax) {
        arrived = new Inbox(arrivedMax);
        port = new Port(name, OWN_LID, this);
        port.setConfiguredLid(OWN_LID);
        port.setMtuBytes(mtuBytes);
        port.setEnabled(true);
    }

    /** The last step of construction: from now on {@link #turn()} runs. */
    final void open(UdpSocket bound) {
        socket = bound;
        isOpen = true;
        signal();
    }

    /** To be connected with the card's port. */
    public final Port port() {
        return port;
    }

    public final UdpCounters counters() {
        return counters;
    }

    /** The receiving thread hands over a packet. */
    final void take(Packet packet) {
        if (!arrived.offer(packet)) {
            counters.overruns++;
            packet.release();
        }
    }

    /** The next packet that was received, or null. */
    final Packet pollArrived() {
        return arrived.poll();
    }

    /** A batch of both directions; signals itself for more. */
    abstract void turn();

    /** Lets go of what is its own, just before the socket is closed. */
    void end() {}

    @Override
    protected final void doWork() {
        if (isOpen && !closing) {
            port.takeChange();
            turn();
        } else if (closing && !closed) {
            closed = true;
            port.dropArrived();
            end();
            socket.close(); // here, so that nobody is about to send
        }
    }

    /** Gives the address back; what still arrives is dropped. */
    @Override
    public final void close() {
        closing = true;
        signal();
        socket.awaitClosed();
    }
}
