package org.legoos.fit;

import java.util.function.BooleanSupplier;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.sched.WaitQueue;

/** Messages of one port that wait for receiveMessage; bounded, because each also holds ring space. */
final class MessageQueue {
    static final int CAPACITY = 256;

    private final Incoming[] slots = new Incoming[CAPACITY];
    private int head; // guarded by this
    private int count; // guarded by this
    private volatile boolean ready;
    private volatile boolean closed;
    private final WaitQueue waiters = new WaitQueue();
    private final BooleanSupplier readyOrClosed = () -> ready || closed;

    MessageQueue() {
        for (int i = 0; i < CAPACITY; i++) {
            slots[i] = new Incoming();
        }
    }

    /** @return false when full */
    boolean offer(Incoming message) {
        synchronized (this) {
            if (count == CAPACITY) {
                return false;
            }
            message.moveTo(slots[(head + count) % CAPACITY]);
            count++;
            ready = true;
        }
        waiters.wakeAll();
        return true;
    }

    boolean take(Clock clock, Incoming to, long deadlineNs) {
        while (true) {
            synchronized (this) {
                if (count > 0) {
                    slots[head].moveTo(to);
                    head = (head + 1) % CAPACITY;
                    count--;
                    ready = count > 0;
                    return true;
                }
            }
            if (closed || !waiters.await(clock, readyOrClosed, WaitQueue.BRIEF_SPIN_NS, deadlineNs)) {
                return false;
            }
        }
    }

    void close() {
        closed = true;
        waiters.wakeAll();
    }
}
