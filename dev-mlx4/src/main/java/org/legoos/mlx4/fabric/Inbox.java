package org.legoos.mlx4.fabric;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.legoos.mlx4.wire.Packet;

/**
 * Bounded queue of packets: any thread offers, the receiving agent polls. A slot is written by whoever won its
 * number and read when it is not null. A full inbox refuses; nothing here ever waits.
 */
public final class Inbox {
    private final AtomicReferenceArray<Packet> slots;
    private final int mask;
    private final AtomicLong tail = new AtomicLong();
    private final AtomicLong head = new AtomicLong(); // written only by the receiver

    /** @param capacity a power of two */
    public Inbox(int capacity) {
        slots = new AtomicReferenceArray<>(capacity);
        mask = capacity - 1;
    }

    public boolean offer(Packet packet) {
        long at;
        do {
            at = tail.get();
            if (at - head.get() > mask) {
                return false;
            }
        } while (!tail.compareAndSet(at, at + 1));
        slots.setRelease((int) at & mask, packet);
        return true;
    }

    /** The next packet, or null. Only the receiver's agent calls it. */
    public Packet poll() {
        long at = head.get();
        int slot = (int) at & mask;
        Packet packet = slots.getAcquire(slot);
        if (packet != null) {
            slots.setPlain(slot, null);
            head.setRelease(at + 1);
        }
        return packet;
    }

    int size() {
        return (int) (tail.get() - head.get());
    }

    int capacity() {
        return mask + 1;
    }
}
