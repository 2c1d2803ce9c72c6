package org.legoos.mlx4.hca;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.legoos.mlx4.hca.HcaCounters.Kind;
import org.legoos.mlx4.prm.EqEntry;
import org.legoos.mlx4.prm.EventType;
import org.legoos.mlx4.prm.PortChangeEvent;

/** All event queues, and which kind of event goes to which (MAP_EQ). */
final class EventQueues {
    static final int EVENT_TYPES = 64;
    private static final int NOWHERE = -1;
    private static final int ALL_ENTRIES = -1;

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

    void postCatastrophe() {
        post(EventType.LOCAL_CATASTROPHIC_ERROR, 0, 0, 0, 0, 0);
    }

    void postPortChange(int port, boolean isActive) {
        int subtype = isActive ? EventType.PORT_ACTIVE : EventType.PORT_DOWN;
        post(EventType.PORT_CHANGE, subtype, 0, 0, EqEntry.PORT.of0(port), 0);
    }

    /** Port management change: addresses of the port or of its subnet manager. */
    void postPortInfoChange(int port, int smLid, int lid, int changed, int smSl, long gidPrefix) {
        long quad = Integer.toUnsignedLong(PortChangeEvent.SM_SL.of0(smSl)) << Integer.SIZE | gidPrefix >>> Integer.SIZE;
        post(EventType.PORT_MNG_CHANGE, EventType.CHANGE_PORT_INFO, PortChangeEvent.PORT.of0(port),
                PortChangeEvent.SM_LID.of0(smLid) | PortChangeEvent.LID.of0(lid), changed, quad, (int) gidPrefix);
    }

    /** Port management change: some entries of a block of the P_Key or GUID table. */
    void postTableChange(int port, int subtype, int block) {
        post(EventType.PORT_MNG_CHANGE, subtype, PortChangeEvent.PORT.of0(port), block, ALL_ENTRIES, 0, 0);
    }

    void postSlToVlChange(int port, byte[] table) {
        int high = ByteBuffer.wrap(table).getInt(0);
        int low = ByteBuffer.wrap(table).getInt(Integer.BYTES);
        post(EventType.PORT_MNG_CHANGE, EventType.CHANGE_SL_TO_VL, PortChangeEvent.PORT.of0(port), high, low, 0, 0);
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
        if (!queue.post(EventType.COMPLETION, 0, EqEntry.RESOURCE.of0(cqn), 0, 0, 0, 0)) {
            postOverflow(queue);
        }
    }

    private void post(int type, int subtype, int word1, int word2, int word3, long quad) {
        post(type, subtype, word1, word2, word3, quad, 0);
    }

    private void post(int type, int subtype, int word1, int word2, int word3, long quad, int word6) {
        EventQueue queue = get(eqnOfType[type]);
        if (queue == null) {
            counters.count(Kind.EVENTS_UNMAPPED);
            return;
        }
        if (!queue.post(type, subtype, word1, word2, word3, quad, word6)) {
            postOverflow(queue);
        }
    }

    /** Events are being lost; another queue can say so. */
    private void postOverflow(EventQueue lost) {
        if (eqnOfType[EventType.EQ_OVERFLOW] != lost.eqn) {
            post(EventType.EQ_OVERFLOW, 0, EqEntry.RESOURCE.of0(lost.eqn), 0, 0, 0);
        }
    }

    void clear() {
        for (int eqn = 0; eqn < queues.length(); eqn++) {
            EventQueue queue = queues.getAndSet(eqn, null);
            if (queue != null) {
                queue.retire();
            }
        }
        Arrays.fill(eqnOfType, NOWHERE);
    }
}
