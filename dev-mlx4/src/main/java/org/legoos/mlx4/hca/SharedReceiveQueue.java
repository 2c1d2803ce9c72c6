package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import org.legoos.mlx4.prm.DataSegment;
import org.legoos.mlx4.prm.EventType;
import org.legoos.mlx4.prm.RqDoorbell;
import org.legoos.mlx4.prm.SrqContext;
import org.legoos.mlx4.prm.SrqNextSegment;
import org.legoos.mlx4.transport.ReceiveRequest;

/** Receive WQEs that several queue pairs share: a linked list inside a ring, whose order software decides. */
final class SharedReceiveQueue {
    private static final int COUNTER_MASK = 0xffff;

    final int srqn;
    private final MemorySegment context;
    private final QueueBuffer buffer;
    private final BusMaster bus;
    private final EventQueues events;
    private final int logSize;
    private final int logStride;
    private final long dbRecordAddr;
    private int head; // index of the next WQE
    private int counter;
    private int posted;
    private int limit;
    final int pd;
    final CompletionQueue xrcCq; // null: not for XRC
    final int xrcDomain;
    int users;

    SharedReceiveQueue(int srqn, MemorySegment context, QueueBuffer buffer, HcaCore core, CompletionQueue xrcCq) {
        this.srqn = srqn;
        this.context = context;
        this.buffer = buffer;
        this.xrcCq = xrcCq;
        bus = core.bus;
        events = core.events;
        pd = SrqContext.PD.get(context, 0);
        xrcDomain = SrqContext.XRC_DOMAIN.get(context, 0);
        logSize = SrqContext.LOG_SRQ_SIZE.get(context, 0);
        logStride = SrqContext.LOG_STRIDE.get(context, 0) + 4;
        dbRecordAddr = SrqContext.DB_RECORD.get(context, 0);
        limit = SrqContext.LIMIT.get(context, 0);
    }

    boolean fetch(ReceiveRequest into) {
        if (posted == counter) {
            posted = RqDoorbell.POSTED.of(bus.read32(dbRecordAddr, posted));
            if (posted == counter) {
                return false;
            }
            VarHandle.acquireFence();
        }
        long at = (long) head << logStride;
        MemorySegment memory = buffer.locate(at);
        if (memory == null || !buffer.refresh(at, 1L << logStride)) {
            return false;
        }
        int next = SrqNextSegment.NEXT_WQE_INDEX.get(memory, buffer.offset(at));
        into.wqeIndex = head;
        int entries = (1 << logStride) / DataSegment.SIZE_BYTES - 1;
        ReceiveRing.readScatterList(buffer, at + SrqNextSegment.SIZE_BYTES, entries, into);
        head = next & (1 << logSize) - 1;
        counter = counter + 1 & COUNTER_MASK;
        checkLimit();
        return true;
    }

    private void checkLimit() {
        if (limit == 0) {
            return;
        }
        posted = RqDoorbell.POSTED.of(bus.read32(dbRecordAddr, posted));
        if ((posted - counter & COUNTER_MASK) < limit) {
            limit = 0;
            events.postResource(EventType.SRQ_LIMIT, srqn);
        }
    }

    void arm(int newLimit) {
        limit = newLimit & COUNTER_MASK;
        checkLimit();
    }

    /** The context as it is now, for QUERY_SRQ and HW2SW_SRQ. */
    MemorySegment context() {
        SrqContext.LIMIT.set(context, 0, limit);
        SrqContext.WQE_COUNT.set(context, 0, posted - counter & COUNTER_MASK);
        SrqContext.WQE_COUNTER.set(context, 0, counter);
        return context;
    }
}
