package org.legoos.kernel.drivers.mlx4;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.drivers.pci.Mmio;
import org.legoos.kernel.ib.CompletionQueue;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.ib.WorkCompletion;
import org.legoos.kernel.syscall.Errno;
import org.legoos.mlx4.prm.CqContext;
import org.legoos.mlx4.prm.CqDoorbell;
import org.legoos.mlx4.prm.CqEntry;
import org.legoos.mlx4.prm.Opcode;
import org.legoos.mlx4.prm.Uar;

/** A completion queue (Linux mlx4_ib cq.c). Polling an empty queue takes no lock. */
final class Mlx4Cq implements CompletionQueue {
    private static final int MODERATE = 1; // MODIFY_CQ's opcode modifier

    private final Mlx4Device device;
    private final MemorySegment memory;
    private final Mmio uar;
    private final long armDoorbell;
    private final int cqn;
    private final int logSize;
    private final QueueMemory queue;
    private final long bufferPa;
    private final long doorbellRecord;
    private final Runnable onEvent;
    private volatile int consumer; // written under this
    private volatile int armSequence = 1; // written by the event queue

    Mlx4Cq(Mlx4Device device, int cqn, int logSize, Runnable onEvent) {
        this.device = device;
        this.cqn = cqn;
        this.logSize = logSize;
        this.onEvent = onEvent;
        memory = device.host().memory().segment();
        uar = device.uar();
        armDoorbell = Uar.cqDoorbell(Mlx4Device.UAR_PAGE);
        queue = new QueueMemory(device, (long) CqEntry.SIZE_BYTES << logSize, "completion queue " + cqn);
        bufferPa = queue.buffer.pa();
        doorbellRecord = queue.doorbellRecord;
    }

    /** Hands the queue to the card, which makes all entries its own. */
    void open(int eqn) {
        try (Command command = device.commands().begin()) {
            command.clearInput(CqContext.SIZE_BYTES);
            MemorySegment box = command.memory();
            long at = command.inputPa();
            CqContext.LOG_CQ_SIZE.set(box, at, logSize);
            CqContext.USR_PAGE.set(box, at, Mlx4Device.UAR_PAGE);
            CqContext.COMP_EQN.set(box, at, eqn);
            CqContext.LOG_PAGE_SIZE.set(box, at, queue.mapping.contextPageSize());
            CqContext.MTT_BASE.set(box, at, queue.mapping.byteOffset());
            CqContext.DB_RECORD.set(box, at, doorbellRecord);
            command.withInput(Opcode.SW2HW_CQ, cqn, 0);
        } catch (IbException e) {
            queue.release();
            throw e;
        }
    }

    int cqn() {
        return cqn;
    }

    @Override
    public boolean poll(WorkCompletion to) {
        if (!isOurs(consumer)) {
            return device.hasCardFailed() && flushOne(to);
        }
        synchronized (this) {
            while (isOurs(consumer)) {
                boolean isKnown = Completions.take(memory, entry(consumer), device, to);
                advance(consumer + 1);
                if (isKnown) {
                    return true;
                }
            }
        }
        return false;
    }

    private synchronized boolean flushOne(WorkCompletion to) {
        return device.flushOne(this, to);
    }

    private void advance(int index) {
        consumer = index;
        WireWords.publish(memory, doorbellRecord, CqDoorbell.RECORD_CONSUMER.of0(index));
    }

    @Override
    public void requestNotification(boolean solicitedOnly) {
        int command = solicitedOnly ? CqDoorbell.CMD_NEXT_SOLICITED : CqDoorbell.CMD_NEXT_ANY;
        int index = CqDoorbell.CONSUMER.of0(consumer);
        int request = CqDoorbell.SN.of0(armSequence) | CqDoorbell.CMD.of0(command);
        WireWords.publish(memory, doorbellRecord + CqDoorbell.RECORD_ARM_CONSUMER.byteOffset(), request | index);
        uar.write64Be(armDoorbell, (long) (request | cqn) << 32 | index);
    }

    /** The card reports a completion that was asked for. */
    void event() {
        armSequence++;
        onEvent.run();
    }

    /**
     * Drops the entries of a QP that is gone (Linux: mlx4_ib_cq_clean).
     *
     * @param shared gets the slots of its receives back; null when they were its own
     */
    synchronized void purge(int qpn, Mlx4Srq shared) {
        int end = consumer;
        while (isOurs(end) && end - consumer < 1 << logSize) {
            end++;
        }
        int kept = end;
        for (int i = end - 1; i - consumer >= 0; i--) {
            if (CqEntry.QPN.get(memory, entry(i)) != qpn) {
                kept--;
                if (kept != i) {
                    move(i, kept);
                }
            } else if (shared != null && !CqEntry.IS_SEND.isSet(memory, entry(i))) {
                shared.done(CqEntry.WQE_INDEX.get(memory, entry(i)));
            }
        }
        if (kept != consumer) {
            advance(kept);
        }
    }

    /** Moves an entry; the owner bit belongs to the place. */
    private void move(int from, int to) {
        int owner = CqEntry.OWNER.get(memory, entry(to));
        MemorySegment.copy(memory, entry(from), memory, entry(to), CqEntry.SIZE_BYTES);
        CqEntry.OWNER.set(memory, entry(to), owner);
    }

    private boolean isOurs(int index) {
        int owner = WireWords.observe(memory, entry(index) + CqEntry.OWNER_BYTE) & CqEntry.OWNER_BIT;
        return owner != 0 == ((index >>> logSize & 1) != 0);
    }

    private long entry(int index) {
        return bufferPa + (long) (index & (1 << logSize) - 1) * CqEntry.SIZE_BYTES;
    }

    @Override
    public int setModeration(int maxCompletions, int maxPeriodUs) {
        if (maxCompletions < 0 || maxPeriodUs < 0 || maxCompletions > CqContext.MODERATION_COUNT.maxValue()
                || maxPeriodUs > CqContext.MODERATION_PERIOD_US.maxValue()) {
            return -Errno.EINVAL;
        }
        try (Command command = device.commands().begin()) {
            command.clearInput(CqContext.SIZE_BYTES);
            CqContext.MODERATION_PERIOD_US.set(command.memory(), command.inputPa(), maxPeriodUs);
            CqContext.MODERATION_COUNT.set(command.memory(), command.inputPa(), maxCompletions);
            command.withInput(Opcode.MODIFY_CQ, cqn, MODERATE);
            return 0;
        } catch (IbException e) {
            return -e.errno();
        }
    }

    /** Queue pairs that use it must be gone: else the card says EBUSY. */
    @Override
    public void close() {
        try (Command command = device.commands().begin()) {
            command.plain(Opcode.HW2SW_CQ, cqn, 1);
        }
        device.dropCq(this);
        queue.release();
        device.freeCqn(cqn);
    }
}
