package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLong;
import org.legoos.mlx4.hca.HcaCounters.Kind;
import org.legoos.mlx4.prm.CqContext;
import org.legoos.mlx4.prm.CqDoorbell;
import org.legoos.mlx4.prm.CqEntry;
import org.legoos.mlx4.prm.EventType;
import org.legoos.mlx4.transport.AgentTimers;

/** One completion queue: a ring of CQEs in memory, its consumer's doorbell record, and event arming. */
final class CompletionQueue extends Pending {
    private static final ValueLayout.OfInt BE32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int COUNTER_MASK = 0xffffff;
    private static final int NO_SN = -1;
    private static final long NO_DOORBELL = -1;

    final int cqn;
    int users; // queue pairs that complete here
    private final MemorySegment context;
    private final BusMaster bus;
    private final EventQueues events;
    private final HcaCounters counters;
    private final boolean isOverrunIgnored;
    private final int eqn;
    private final long dbRecordAddr;
    private final AtomicLong doorbell = new AtomicLong(NO_DOORBELL); // both words as written

    private final Moderation moderation;
    private QueueBuffer buffer;
    private int logSize;
    private int producer;
    private int knownConsumer;
    private int solicitedProducer;
    private int lastNotified;
    private int state = CqContext.STATE_NONE;
    private int armedSn;
    private int firedSn = NO_SN;
    private boolean isBroken; // overflowed, or its memory went away

    CompletionQueue(int cqn, MemorySegment context, QueueBuffer buffer, BusMaster bus, EventQueues events,
            HcaCounters counters, AgentTimers timers) {
        this.cqn = cqn;
        this.context = context;
        this.buffer = buffer;
        this.bus = bus;
        this.events = events;
        this.counters = counters;
        logSize = CqContext.LOG_CQ_SIZE.get(context, 0);
        isOverrunIgnored = CqContext.OVERRUN_IGNORE.isSet(context, 0);
        eqn = CqContext.COMP_EQN.get(context, 0);
        dbRecordAddr = CqContext.DB_RECORD.get(context, 0);
        moderation = new Moderation(timers, this::periodEnds);
        moderation.set(CqContext.MODERATION_PERIOD_US.get(context, 0), CqContext.MODERATION_COUNT.get(context, 0));
    }

    /** Hands every entry to the hardware; false when the ring is not all memory. */
    boolean initialise() {
        return initialise(buffer, logSize);
    }

    static boolean initialise(QueueBuffer ring, int logSize) {
        return ring.fillEntries(1L << logSize, CqEntry.SIZE_BYTES, CqEntry.OWNER_BYTE, CqEntry.OWNER_BIT);
    }

    boolean isBroken() {
        return isBroken;
    }

    /** A successful send or receive completion; {@code ownerByte} has direction and opcode. False: the CQ is broken. */
    boolean post(int qpn, int immediate, int word2, int word3, int byteCount, int wqeIndex, int ownerByte,
            boolean isSolicited) {
        return write(qpn, immediate, word2, word3, byteCount, CqEntry.WQE_INDEX.of0(wqeIndex), ownerByte, isSolicited);
    }

    boolean postError(int qpn, int wqeIndex, boolean isSend, int syndrome, int vendorSyndrome) {
        int word6 = CqEntry.WQE_INDEX.of0(wqeIndex) | CqEntry.VENDOR_SYNDROME.of0(vendorSyndrome)
                | CqEntry.SYNDROME.of0(syndrome);
        int ownerByte = CqEntry.OPCODE.of0(CqEntry.OP_ERROR) | CqEntry.IS_SEND.of0(isSend ? 1 : 0);
        return write(qpn, 0, 0, 0, 0, word6, ownerByte, true);
    }

    private boolean write(int word0, int word1, int word2, int word3, int word5, int word6, int ownerByte,
            boolean isSolicited) {
        int size = 1 << logSize;
        if (isBroken || !isOverrunIgnored && isFull(size)) {
            return breakDown(CqContext.STATUS_OVERFLOW, EventType.CQ_OVERRUN);
        }
        long at = (long) (producer & size - 1) * CqEntry.SIZE_BYTES;
        MemorySegment memory = buffer.locate(at);
        if (memory == null) {
            return breakDown(CqContext.STATUS_WRITE_FAIL, EventType.CQ_ACCESS_VIOLATION);
        }
        long base = buffer.offset(at);
        memory.set(BE32, base, word0);
        memory.set(BE32, base + 4, word1);
        memory.set(BE32, base + 8, word2);
        memory.set(BE32, base + 12, word3);
        memory.set(BE32, base + 16, 0);
        memory.set(BE32, base + 20, word5);
        memory.set(BE32, base + 24, word6);
        VarHandle.releaseFence(); // data and the rest of the entry are seen before the owner bit
        buffer.written(at, CqEntry.OWNER_BYTE & -Integer.BYTES);
        memory.set(BE32, base + 28, CqEntry.OWNER.in(ownerByte, producer >>> logSize & 1));
        buffer.written(at + 28, Integer.BYTES);
        producer = producer + 1 & COUNTER_MASK;
        if (isSolicited) {
            solicitedProducer = producer;
        }
        counters.countFast(Kind.COMPLETIONS);
        boolean isAwaited = state == CqContext.STATE_ARMED || state == CqContext.STATE_ARMED_SOLICITED && isSolicited;
        if (isAwaited && moderation.isDue()) {
            fire();
        }
        return true;
    }

    /** The consumer index is read from memory only when the ring looks full. */
    private boolean isFull(int size) {
        if ((producer - knownConsumer & COUNTER_MASK) < size) {
            return false;
        }
        knownConsumer = CqDoorbell.RECORD_CONSUMER.of(bus.read32(dbRecordAddr, knownConsumer));
        return (producer - knownConsumer & COUNTER_MASK) >= size;
    }

    private boolean breakDown(int status, int syndrome) {
        if (!isBroken) {
            isBroken = true;
            CqContext.STATUS.set(context, 0, status);
            counters.count(Kind.CQ_OVERFLOW, cqn);
            events.postCqError(cqn, syndrome);
        }
        return false;
    }

    private void periodEnds() {
        if (state == CqContext.STATE_ARMED || state == CqContext.STATE_ARMED_SOLICITED) {
            fire();
        }
    }

    private void fire() {
        moderation.clear();
        state = CqContext.STATE_FIRED;
        firedSn = armedSn;
        lastNotified = producer;
        events.postCompletion(eqn, cqn);
    }

    /** Any thread: the arm doorbell was written; the newest replaces any not yet looked at. */
    void ring(int commandWord, int consumerWord) {
        doorbell.set((long) commandWord << Integer.SIZE | consumerWord & COUNTER_MASK);
    }

    @Override
    void onDoorbell() {
        long value = doorbell.getAndSet(NO_DOORBELL);
        if (value == NO_DOORBELL) {
            return;
        }
        int commandWord = (int) (value >>> Integer.SIZE);
        arm(CqDoorbell.CMD.of(commandWord), CqDoorbell.SN.of(commandWord), (int) value);
    }

    /** Entries that an event told of are not told of again, even if software has not taken them yet. */
    private void arm(int command, int sn, int consumer) {
        if (sn == firedSn) {
            return; // a request that was answered already, written again
        }
        armedSn = sn;
        if (command == CqDoorbell.CMD_NEXT_ANY) {
            state = CqContext.STATE_ARMED;
            if (producer != consumer && producer != lastNotified) {
                fire();
            }
        } else if (command == CqDoorbell.CMD_NEXT_SOLICITED) {
            state = CqContext.STATE_ARMED_SOLICITED;
            if (isAfter(solicitedProducer, consumer) && isAfter(solicitedProducer, lastNotified)) {
                fire();
            }
        } else {
            counters.count(Kind.BAD_DOORBELL, command);
        }
    }

    /** True when index {@code a} is ahead of {@code b}, both modulo 2^24. */
    private static boolean isAfter(int a, int b) {
        int distance = a - b & COUNTER_MASK;
        return distance != 0 && distance <= COUNTER_MASK / 2;
    }

    /**
     * Goes on in another ring: says so in the last entry of the old one. Entries not yet consumed stay there for
     * software to move.
     *
     * @return false when they would not fit
     */
    boolean resize(QueueBuffer newBuffer, int newLogSize) {
        knownConsumer = CqDoorbell.RECORD_CONSUMER.of(bus.read32(dbRecordAddr, knownConsumer));
        int used = producer - knownConsumer & COUNTER_MASK;
        if (used > 1 << newLogSize || used >= 1 << logSize) { // the latter: no room to say so in the old ring
            return false;
        }
        int before = producer;
        write(0, 0, 0, 0, 0, 0, CqEntry.OPCODE.of0(CqEntry.OP_RESIZE), false);
        producer = before;
        buffer = newBuffer;
        logSize = newLogSize;
        CqContext.LOG_CQ_SIZE.set(context, 0, newLogSize);
        return true;
    }

    void setModeration(int periodUs, int count) {
        CqContext.MODERATION_PERIOD_US.set(context, 0, periodUs);
        CqContext.MODERATION_COUNT.set(context, 0, count);
        moderation.set(periodUs, count);
    }

    /** The queue goes back to software. */
    void retire() {
        moderation.clear();
        state = CqContext.STATE_NONE;
    }

    /** The context as it is now, for QUERY_CQ and HW2SW_CQ. */
    MemorySegment context() {
        CqContext.STATE.set(context, 0, state);
        CqContext.LAST_NOTIFIED.set(context, 0, lastNotified);
        CqContext.SOLICITED_PRODUCER.set(context, 0, solicitedProducer);
        CqContext.CONSUMER.set(context, 0, knownConsumer);
        CqContext.PRODUCER.set(context, 0, producer);
        return context;
    }
}
