package org.legoos.mlx4.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The packets of one sender. {@link #take()} belongs to the sender's agent; packets come back from any thread.
 * A pool makes packets up to its limit and then answers null, which bounds what a sender can have in flight.
 */
public final class PacketPool {
    private static final VarHandle RETURNED;

    static {
        try {
            RETURNED = MethodHandles.lookup().findVarHandle(PacketPool.class, "returned", Packet.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int limit;
    private int made;
    private Packet free; // only the taker touches it
    private volatile Packet returned; // pushed by any thread, taken as a whole

    public PacketPool(int limit) {
        this.limit = limit;
    }

    /** An empty packet, or null when all of them are in flight. */
    public Packet take() {
        Packet packet = free;
        if (packet == null) {
            packet = (Packet) RETURNED.getAndSet(this, (Packet) null);
            if (packet == null) {
                if (made == limit) {
                    return null;
                }
                made++;
                packet = new Packet(this);
            }
        }
        free = packet.next;
        packet.next = null;
        packet.clear();
        return packet;
    }

    /**
     * Packets that are somewhere in the fabric, maybe with references to the owner's memory. A card that goes away
     * takes its port down and gives its memory back when this is 0. Only the taker asks.
     */
    public int inFlight() {
        return made - count(free) - count(returned);
    }

    private static int count(Packet first) {
        int count = 0;
        for (Packet packet = first; packet != null; packet = packet.next) {
            count++;
        }
        return count;
    }

    void giveBack(Packet packet) {
        Packet head;
        do {
            head = returned;
            packet.next = head;
        } while (!RETURNED.compareAndSet(this, head, packet));
    }
}
