package org.legoos.fit;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.sched.WaitQueue;

/**
 * FIT's own port: answers port queries and counts barrier arrivals. Messages start with a u32 operation:
 * QUERY_PORT followed by a name (reply: i32), BARRIER followed by a u32 id (no reply).
 */
final class Control {
    static final int QUERY_PORT = 1;
    static final int BARRIER = 2;
    /** Barrier ids are small numbers; each counts arrivals of its rounds. */
    static final int BARRIERS = 64;
    private static final int MAX_NAME_BYTES = 64;

    private final Fit fit;
    private final PhysicalMemory memory;
    private final AtomicIntegerArray arrivals = new AtomicIntegerArray(BARRIERS);
    private final WaitQueue waiters = new WaitQueue();

    Control(Fit fit, PhysicalMemory memory) {
        this.fit = fit;
        this.memory = memory;
    }

    /** The port's handler. The reply of a query overwrites the request, whose ring space is ours until then. */
    void handle(Incoming message) {
        int operation = message.lengthBytes >= 4 ? memory.getInt(message.messagePa) : 0;
        if (operation == QUERY_PORT && message.wantsReply && message.lengthBytes <= 4 + MAX_NAME_BYTES) {
            byte[] name = new byte[message.lengthBytes - 4];
            memory.read(message.messagePa + 4, name, 0, name.length);
            memory.putInt(message.messagePa, fit.ports().find(new String(name, StandardCharsets.UTF_8)));
            fit.replyMessageNowait(message, message.messagePa, 4);
            return;
        }
        if (operation == BARRIER && message.lengthBytes == 8) {
            int id = memory.getInt(message.messagePa + 4);
            if (id >= 0 && id < BARRIERS) {
                arrivals.incrementAndGet(id);
                waiters.wakeAll();
            }
        }
        if (message.wantsReply) {
            fit.replyMessageNowait(message, message.messagePa, 0);
        } else {
            fit.freeReceiveBuffer(message);
        }
    }

    /** Waits for {@code others} arrivals and takes them off the count, so that the id can be used again. */
    boolean awaitArrivals(Clock clock, int id, int others, long deadlineNs) {
        boolean met = waiters.await(clock, () -> arrivals.get(id) >= others, WaitQueue.BRIEF_SPIN_NS, deadlineNs);
        if (met) {
            arrivals.addAndGet(id, -others);
        }
        return met;
    }
}
