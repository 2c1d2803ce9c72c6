package org.legoos.mlx4.fabric;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.legoos.isa.time.SerialAgent;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.wire.Deth;
import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.PacketPool;

/**
 * A channel adapter that speaks nothing but management datagrams: where tools and subnet managers outside of the fabric
 * are attached. Requests about itself it answers; everything else that arrives goes to its listener.
 */
public final class ManagementPort extends SerialAgent implements AutoCloseable {
    /** Datagrams that wait to be sent; more are refused. */
    private static final int WAITING_MAX = 1024;

    private static final int BATCH = 64;

    /** Takes what arrives, on the thread that carries it: short, never blocking. */
    @FunctionalInterface
    public interface Listener {
        void received(byte[] mad, int slid, int dlid, int sourceQp, int destinationQp);
    }

    private record Outgoing(byte[] mad, int dlid, int sourceQp, int destinationQp) {}

    private final Port port;
    private final ManagementPortAgent agent;
    private final Listener listener;
    private final PacketPool packets = new PacketPool(WAITING_MAX);
    private final ConcurrentLinkedQueue<Outgoing> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingCount = new AtomicInteger();

    public ManagementPort(String name, long nodeGuid, Listener listener) {
        this.listener = listener;
        port = new Port(name, nodeGuid + 1, this);
        agent = new ManagementPortAgent(name, nodeGuid, port);
        port.setAgent(agent::process);
    }

    /** To be attached to a fabric; {@link Port#setEnabled} powers it. */
    public Port port() {
        return port;
    }

    /** Is a subnet manager among those attached? PortInfo then says so; the fabric has to be told (Fabric.noteChange). */
    public void setSubnetManager(boolean isSm) {
        agent.setSubnetManager(isSm);
    }

    /** Executes a request about this port itself in place; false when it is none. Any thread. */
    public boolean executeLocally(byte[] mad) {
        return agent.process(MemorySegment.ofArray(mad));
    }

    /**
     * Sends a datagram; a directed route begins with its first hop. Any thread.
     *
     * @return false when it cannot go anywhere: no link, or too much waits
     */
    public boolean send(byte[] mad, int dlid, int sourceQp, int destinationQp) {
        if (port.state() == PortState.DOWN || waitingCount.incrementAndGet() > WAITING_MAX) {
            if (port.state() != PortState.DOWN) {
                waitingCount.decrementAndGet();
            }
            return false;
        }
        waiting.add(new Outgoing(mad.clone(), dlid, sourceQp, destinationQp));
        signal();
        return true;
    }

    @Override
    protected void doWork() {
        port.takeChange();
        for (int i = 0; i < BATCH; i++) {
            Outgoing next = waiting.poll();
            if (next == null) {
                break;
            }
            waitingCount.decrementAndGet();
            transmit(next);
        }
        for (int i = 0; i < BATCH; i++) {
            Packet packet = port.poll();
            if (packet == null) {
                if (!waiting.isEmpty()) {
                    signal();
                }
                return;
            }
            receive(packet);
        }
        signal();
    }

    private void transmit(Outgoing next) {
        Packet packet = packets.take();
        if (packet == null) {
            return; // management asks again
        }
        MemorySegment mad = MemorySegment.ofArray(next.mad);
        boolean isDirected = Mad.MGMT_CLASS.get(mad, 0) == Mad.CLASS_SUBN_DIRECTED;
        if (isDirected && (Mad.STATUS.get(mad, 0) & Mad.STATUS_DIRECTION) == 0) {
            Mad.HOP_POINTER.set(mad, 0, 1);
        }
        ManagementPacket.fill(packet, mad, isDirected ? Lrh.LID_PERMISSIVE : port.lid(), isDirected ? Lrh.LID_PERMISSIVE : next.dlid,
                next.sourceQp, next.destinationQp);
        port.transmit(packet);
    }

    private void receive(Packet packet) {
        if (!ManagementPacket.isSound(packet)) {
            port.counters().rcvErrors++;
            packet.release();
            return;
        }
        byte[] bytes = new byte[Mad.SIZE_BYTES];
        packet.copyPayload(0, bytes, 0, bytes.length);
        int slid = packet.slid();
        int dlid = packet.dlid();
        int sourceQp = Deth.SRC_QP.get(packet.header, packet.extensionAt());
        int destinationQp = packet.destQp();
        packet.release();
        MemorySegment mad = MemorySegment.ofArray(bytes);
        boolean isDirected = Mad.MGMT_CLASS.get(mad, 0) == Mad.CLASS_SUBN_DIRECTED;
        boolean isReturning = (Mad.STATUS.get(mad, 0) & Mad.STATUS_DIRECTION) != 0;
        if (isDirected && !isReturning && !arrives(mad)) {
            return;
        }
        if (isDirected && isReturning) {
            Mad.HOP_POINTER.set(mad, 0, 0);
        }
        boolean isForAgent = destinationQp == (agent.isPerformance(mad) ? ManagementPacket.QP1 : ManagementPacket.QP0);
        if (isForAgent && agent.process(mad)) {
            answer(bytes, mad, isDirected, slid, sourceQp, destinationQp);
        } else {
            listener.received(bytes, slid, dlid, sourceQp, destinationQp);
        }
    }

    private void answer(byte[] bytes, MemorySegment mad, boolean isDirected, int slid, int sourceQp, int ownQp) {
        if (isDirected) {
            Mad.STATUS.set(mad, 0, Mad.STATUS.get(mad, 0) | Mad.STATUS_DIRECTION);
        }
        transmit(new Outgoing(bytes, slid, ownQp, sourceQp));
    }

    /** The last hop of a route that ends here. */
    private static boolean arrives(MemorySegment mad) {
        int count = Mad.HOP_COUNT.get(mad, 0);
        if (count >= Mad.HOPS_MAX || Mad.HOP_POINTER.get(mad, 0) != count) {
            return false;
        }
        mad.set(ValueLayout.JAVA_BYTE, Mad.RETURN_PATH + count, (byte) 1);
        return true;
    }

    @Override
    public void close() {
        port.setEnabled(false);
    }
}
