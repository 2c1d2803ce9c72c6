package org.legoos.mlx4.hca;

import java.util.concurrent.atomic.AtomicReference;

/** Objects whose doorbell was rung, many producers to one consumer, in about the order of ringing. */
final class PendingList {
    private final AtomicReference<Pending> head = new AtomicReference<>();

    void push(Pending object) {
        if (!object.claimLink()) {
            return; // already listed, and not looked at yet
        }
        Pending seen;
        do {
            seen = head.get();
            object.next = seen;
        } while (!head.compareAndSet(seen, object));
    }

    /** Serves everything that is listed now; false when nothing was. */
    boolean drain() {
        if (head.get() == null) {
            return false;
        }
        Pending newestFirst = head.getAndSet(null);
        Pending oldestFirst = null;
        while (newestFirst != null) {
            Pending next = newestFirst.next;
            newestFirst.next = oldestFirst;
            oldestFirst = newestFirst;
            newestFirst = next;
        }
        while (oldestFirst != null) {
            Pending next = oldestFirst.next;
            oldestFirst.unlink();
            oldestFirst.onDoorbell();
            oldestFirst = next;
        }
        return true;
    }
}
