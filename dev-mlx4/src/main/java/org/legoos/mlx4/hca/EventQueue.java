package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;
import org.legoos.mlx4.hca.HcaCounters.Kind;
import org.legoos.mlx4.prm.EqContext;
import org.legoos.mlx4.prm.EqEntry;
import org.legoos.mlx4.prm.Uar;
import org.legoos.mlx4.transport.AgentTimers;

/** One event queue: a ring of EQEs in memory, an owner bit that flips each lap, and the interrupt's state machine. */
final class EventQueue extends Pending {
    private static final ValueLayout.OfInt BE32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong BE64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int COUNTER_MASK = 0xffffff;
    private static final int NO_DOORBELL = -1; // consumer indices have 24 bits, so no doorbell is all ones
    private static final int DOORBELL_MASK = Uar.EQ_ARM.of0(1) | COUNTER_MASK;

    final int eqn;
    private final QueueBuffer buffer;
    private final MemorySegment context;
    private final Interrupts interrupts;
    private final HcaCounters counters;
    private final int logSize;
    private final int intr;
    private final boolean isOverrunIgnored;
    private final AtomicInteger doorbell = new AtomicInteger(NO_DOORBELL);

    private final Moderation moderation;
    private int producer;
    private int consumer;
    private int state;
    private boolean isOverflowing;

    EventQueue(int eqn, MemorySegment context, QueueBuffer buffer, Interrupts interrupts, HcaCounters counters,
            AgentTimers timers) {
        this.eqn = eqn;
        this.buffer = buffer;
        this.context = context;
        this.interrupts = interrupts;
        this.counters = counters;
        logSize = EqContext.LOG_EQ_SIZE.get(context, 0);
        intr = EqContext.INTR.get(context, 0);
        isOverrunIgnored = EqContext.OVERRUN_IGNORE.isSet(context, 0);
        state = EqContext.STATE.get(context, 0);
        moderation = new Moderation(timers, this::fire);
        moderation.set(EqContext.MODERATION_PERIOD_US.get(context, 0), EqContext.MODERATION_COUNT.get(context, 0));
    }

    /** Hands every entry to the hardware; false when the ring is not all memory. */
    boolean initialise() {
        return buffer.fillEntries(1L << logSize, EqEntry.SIZE_BYTES, EqEntry.OWNER_BYTE, EqEntry.OWNER_BIT);
    }

    /** Any thread: a doorbell was written. The newest counts, but an arming must not be lost to a later update. */
    void ring(int value) {
        int seen;
        int merged;
        do {
            seen = doorbell.get();
            merged = value & DOORBELL_MASK | (seen == NO_DOORBELL ? 0 : Uar.EQ_ARM.of0(Uar.EQ_ARM.of(seen)));
        } while (!doorbell.compareAndSet(seen, merged));
    }

    @Override
    void onDoorbell() {
        int value = doorbell.getAndSet(NO_DOORBELL);
        if (value == NO_DOORBELL) {
            return;
        }
        consumer = Uar.EQ_CONSUMER.of(value);
        if (Uar.EQ_ARM.of(value) == 0 || state == EqContext.STATE_ALWAYS_ARMED) {
            return;
        }
        if ((producer & COUNTER_MASK) != consumer) {
            state = EqContext.STATE_FIRED;
            interrupt();
        } else {
            state = EqContext.STATE_ARMED;
        }
    }

    /**
     * Writes an event; its words are numbered from 0 (type and subtype), {@code quad} is 4 and 5.
     *
     * @return false when this is the first one of several that have no room
     */
    boolean post(int type, int subtype, int word1, int word2, int word3, long quad, int word6) {
        int size = 1 << logSize;
        if (!isOverrunIgnored && (producer - consumer & COUNTER_MASK) >= size) {
            counters.count(Kind.EQ_OVERFLOW, eqn);
            boolean isKnown = isOverflowing;
            isOverflowing = true;
            return isKnown;
        }
        isOverflowing = false;
        long at = (long) (producer & size - 1) * EqEntry.SIZE_BYTES;
        MemorySegment memory = buffer.locate(at);
        if (memory == null) {
            EqContext.STATUS.set(context, 0, EqContext.STATUS_WRITE_FAIL);
            return true;
        }
        long base = buffer.offset(at);
        memory.set(BE32, base, EqEntry.TYPE.of0(type) | EqEntry.SUBTYPE.of0(subtype));
        memory.set(BE32, base + 4, word1);
        memory.set(BE32, base + 8, word2);
        memory.set(BE32, base + 12, word3);
        memory.set(BE64, base + 16, quad);
        memory.set(BE32, base + 24, word6);
        VarHandle.releaseFence(); // the owner bit must not be seen before the rest
        buffer.written(at, EqEntry.OWNER_BYTE & -Integer.BYTES);
        memory.set(BE32, base + 28, EqEntry.OWNER.of0(producer >>> logSize & 1));
        buffer.written(at + 28, Integer.BYTES);
        producer = producer + 1 & COUNTER_MASK;
        counters.countFast(Kind.EVENTS);
        if (state != EqContext.STATE_FIRED && moderation.isDue()) {
            fire();
        }
        return true;
    }

    private void fire() {
        if (state == EqContext.STATE_ARMED) {
            state = EqContext.STATE_FIRED;
            interrupt();
        } else if (state == EqContext.STATE_ALWAYS_ARMED) {
            interrupt();
        }
    }

    /** The queue goes back to software. */
    void retire() {
        moderation.clear();
        state = EqContext.STATE_FIRED;
    }

    private void interrupt() {
        VarHandle.releaseFence();
        counters.countFast(Kind.INTERRUPTS);
        interrupts.raise(intr);
    }

    /** The context as it is now, for QUERY_EQ and HW2SW_EQ. */
    MemorySegment context() {
        EqContext.STATE.set(context, 0, state);
        EqContext.CONSUMER.set(context, 0, consumer);
        EqContext.PRODUCER.set(context, 0, producer);
        return context;
    }
}
