package org.legoos.mlx4.hca;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.legoos.mlx4.hca.HcaCounters.Kind;
import org.legoos.mlx4.prm.EqEntry;
import org.legoos.mlx4.prm.EventType;

/** All event queues, and which kind of event goes to which (MAP_EQ). */
final class EventQueues {
    static final int EVENT_TYPES = 64;
    private static final int NOWHERE = -1;

    private final AtomicReferenceArray<EventQueue> queues = new AtomicReferenceArray<>(1 << HcaLimits.LOG_MAX_EQ);
    private final int[] eqnOfType = new int[EVENT_TYPES];
    private final HcaCounters counters;

    EventQueues(HcaCounters counters) {
        this.counters = counters;
        Arrays.fill(eqnOfType, NOWHERE);
    }

    /** The queue, or null; any thread. */
    EventQueue get(int eqn) {
        return eqn >= 0 && eqn < queues.length() ? queues.get(eqn) : null;
    }

    void put(int eqn, EventQueue queue) {
        queues.set(eqn, queue);
    }

    void map(long eventMask, int eqn, boolean isUnmap) {
        for (int type = 0; type < EVENT_TYPES; type++) {
            if ((eventMask >>> type & 1) != 0) {
                eqnOfType[type] = isUnmap ? NOWHERE : eqn;
            }
        }
    }

    /** An event about a QP, CQ or SRQ. */
    void postResource(int type, int number) {
        post(type, 0, EqEntry.RESOURCE.of0(number), 0, 0, 0);
    }

    void postCqError(int cqn, int syndrome) {
        post(EventType.CQ_ERROR, 0, EqEntry.RESOURCE.of0(cqn), 0, EqEntry.CQ_SYNDROME.of0(syndrome), 0);
    }

    void postPortChange(int port, boolean isActive) {
        int subtype = isActive ? EventType.PORT_ACTIVE : EventType.PORT_DOWN;
        post(EventType.PORT_CHANGE, subtype, 0, 0, EqEntry.PORT.of0(port), 0);
    }

    void postCommand(int token, int status, long outParam) {
        post(EventType.COMMAND, 0, EqEntry.CMD_TOKEN.of0(token), 0, EqEntry.CMD_STATUS.of0(status), outParam);
    }

    /** A completion event goes to the queue that its CQ names; one that does not exist gets none. */
    void postCompletion(int eqn, int cqn) {
        EventQueue queue = get(eqn);
        if (queue == null) {
            counters.count(Kind.EVENTS_UNMAPPED);
            return;
        }
        queue.post(EventType.COMPLETION, 0, EqEntry.RESOURCE.of0(cqn), 0, 0, 0);
    }

    private void post(int type, int subtype, int word1, int word2, int word3, long quad) {
        EventQueue queue = get(eqnOfType[type]);
        if (queue == null) {
            counters.count(Kind.EVENTS_UNMAPPED);
            return;
        }
        queue.post(type, subtype, word1, word2, word3, quad);
    }

    void clear() {
        for (int eqn = 0; eqn < queues.length(); eqn++) {
            queues.set(eqn, null);
        }
        Arrays.fill(eqnOfType, NOWHERE);
    }
}
