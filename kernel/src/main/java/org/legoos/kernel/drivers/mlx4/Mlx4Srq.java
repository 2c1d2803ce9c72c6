package org.legoos.kernel.drivers.mlx4;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.ib.SharedReceiveQueue;
import org.legoos.kernel.syscall.Errno;
import org.legoos.mlx4.prm.DataSegment;
import org.legoos.mlx4.prm.MemKey;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.RqDoorbell;
import org.legoos.mlx4.prm.SrqContext;
import org.legoos.mlx4.prm.SrqNextSegment;

/**
 * A shared receive queue (mlx4_ib srq.c): slots linked to a list that the card follows. Free slots hang at its end in
 * the order in which they completed; one always stays there, so that the list never ends.
 */
final class Mlx4Srq implements SharedReceiveQueue {
    private static final int LOG_STRIDE = 5; // link and one scatter entry
    private static final int CONTEXT_STRIDE_BASE = 4;

    private final Mlx4Device device;
    private final MemorySegment memory;
    private final int srqn;
    private final int pd;
    private final int logSlots;
    private final Runnable onLimit;
    private final QueueMemory queue;
    private final long doorbellRecord;
    private final long[] workRequestIds;
    private int head; // next slot to post; guarded by this
    private int tail; // last free slot; guarded by this
    private int posted; // guarded by this

    Mlx4Srq(Mlx4Device device, int srqn, int pd, int logSlots, Runnable onLimit) {
        this.device = device;
        this.srqn = srqn;
        this.pd = pd;
        this.logSlots = logSlots;
        this.onLimit = onLimit;
        memory = device.host().memory().segment();
        queue = new QueueMemory(device, 1L << logSlots + LOG_STRIDE, "shared receive queue " + srqn);
        doorbellRecord = queue.doorbellRecord;
        workRequestIds = new long[1 << logSlots];
        int mask = (1 << logSlots) - 1;
        for (int i = 0; i <= mask; i++) {
            SrqNextSegment.NEXT_WQE_INDEX.set(memory, slot(i), i + 1 & mask);
        }
        tail = mask;
        WireWords.publish(memory, doorbellRecord, 0);
    }

    void open() {
        try (Command command = device.commands().begin()) {
            command.clearInput(SrqContext.SIZE_BYTES);
            MemorySegment box = command.memory();
            long at = command.inputPa();
            SrqContext.LOG_SRQ_SIZE.set(box, at, logSlots);
            SrqContext.SRQN.set(box, at, srqn);
            SrqContext.LOG_STRIDE.set(box, at, LOG_STRIDE - CONTEXT_STRIDE_BASE);
            SrqContext.LOG_PAGE_SIZE.set(box, at, queue.mapping.contextPageSize());
            SrqContext.MTT_BASE.set(box, at, queue.mapping.byteOffset());
            SrqContext.PD.set(box, at, pd);
            SrqContext.DB_RECORD.set(box, at, doorbellRecord);
            command.withInput(Opcode.SW2HW_SRQ, srqn, 0);
        } catch (IbException e) {
            queue.release();
            throw e;
        }
    }

    int srqn() {
        return srqn;
    }

    private long slot(int index) {
        return queue.buffer.pa() + ((long) index << LOG_STRIDE);
    }

    @Override
    public int postReceive(long workRequestId, long address, int lengthBytes, int localKey) {
        if (lengthBytes < 0) {
            return -Errno.EINVAL;
        }
        synchronized (this) {
            if (head == tail) {
                return -Errno.ENOMEM;
            }
            int index = head;
            long segment = slot(index) + SrqNextSegment.SIZE_BYTES;
            WireWords.put(memory, segment, lengthBytes);
            DataSegment.LKEY.set(memory, segment, lengthBytes == 0 ? MemKey.INVALID_LKEY : localKey);
            DataSegment.ADDRESS.set(memory, segment, address);
            workRequestIds[index] = workRequestId;
            head = SrqNextSegment.NEXT_WQE_INDEX.get(memory, slot(index));
            posted++;
            WireWords.publish(memory, doorbellRecord, RqDoorbell.POSTED.of0(posted));
        }
        return 0;
    }

    /** A receive completed: its slot is free. @return the work request's id */
    synchronized long done(int index) {
        int slot = index & (1 << logSlots) - 1;
        SrqNextSegment.NEXT_WQE_INDEX.set(memory, slot(tail), slot);
        tail = slot;
        return workRequestIds[slot];
    }

    @Override
    public int armLimit(int receives) {
        if (receives < 0 || receives >= 1 << logSlots) {
            return -Errno.EINVAL;
        }
        try (Command command = device.commands().begin()) {
            command.immediate(Opcode.ARM_SRQ, srqn, 0, receives);
            return 0;
        } catch (IbException e) {
            return -e.errno();
        }
    }

    /** The card says that the limit was reached. */
    void limitReached() {
        onLimit.run();
    }

    @Override
    public void close() {
        try (Command command = device.commands().begin()) {
            command.plain(Opcode.HW2SW_SRQ, srqn, 1);
        }
        device.dropSrq(this);
        queue.release();
    }
}
