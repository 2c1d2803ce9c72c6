package org.legoos.mlx4.hca;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.legoos.isa.bus.MmioDevice;
import org.legoos.isa.time.SerialAgent;
import org.legoos.mlx4.hca.HcaCounters.Kind;
import org.legoos.mlx4.prm.CqDoorbell;
import org.legoos.mlx4.prm.CtrlSegment;
import org.legoos.mlx4.prm.Uar;

/**
 * BAR 2: doorbells, and BlueFlame, which is a doorbell with the WQE in it (the copy in memory counts). A doorbell finds
 * its object, leaves its news there, and wakes the agent: no allocation, and no doorbell is ever lost. Any thread.
 */
final class UarBar implements MmioDevice {
    private static final int PAGES = (int) (Uar.UAR_AREA_BYTES >>> Uar.PAGE_SHIFT);
    private static final int PAGE_MASK = Uar.PAGE_SIZE_BYTES - 1;
    private static final int OLD_SEND_DOORBELL = Uar.SEND_DOORBELL - 4; // 64 bits wide, of which only the rest counts
    private static final int EQ_DOORBELL_END = Uar.EQ_DOORBELL + Uar.EQS_PER_PAGE * Uar.EQ_DOORBELL_STRIDE;
    private static final int BLUE_FLAME_HALF_MASK = 256 - 1;
    private static final int BLUE_FLAME_QPN = 4;

    private final HcaCore core;
    private final SerialAgent agent;
    private final AtomicIntegerArray cqFirstWords = new AtomicIntegerArray(PAGES); // of doorbells written in two halves

    UarBar(HcaCore core, SerialAgent agent) {
        this.core = core;
        this.agent = agent;
    }

    /** Doorbells are write-only. */
    @Override
    public long read(long offset, int sizeBytes) {
        return 0;
    }

    @Override
    public void write(long offset, int sizeBytes, long value) {
        boolean isWide = sizeBytes == Long.BYTES;
        if (!isWide && sizeBytes != Integer.BYTES || (offset & sizeBytes - 1) != 0) {
            core.counters.count(Kind.BAD_DOORBELL, offset);
            return;
        }
        // Words in the order of their addresses; a narrow write has only the second.
        long both = isWide ? Long.reverseBytes(value) : Integer.toUnsignedLong(Integer.reverseBytes((int) value));
        int first = (int) (both >>> Integer.SIZE);
        int last = (int) both;
        int page = (int) (offset >>> Uar.PAGE_SHIFT);
        int inPage = (int) offset & PAGE_MASK;
        if (offset >= Uar.UAR_AREA_BYTES) {
            blueFlame(page - PAGES, inPage + (isWide ? Integer.BYTES : 0), last);
        } else if (inPage == Uar.SEND_DOORBELL || isWide && inPage == OLD_SEND_DOORBELL) {
            send(page, Uar.SEND_QPN.of(last));
        } else if (inPage == Uar.CQ_DOORBELL) {
            cq(page, isWide, isWide ? first : last, last);
        } else if (inPage == Uar.CQ_DOORBELL + Integer.BYTES && !isWide) {
            cq(page, true, cqFirstWords.get(page), last);
        } else if (inPage >= Uar.EQ_DOORBELL && inPage < EQ_DOORBELL_END) {
            eq(page, inPage - Uar.EQ_DOORBELL, isWide ? first : last);
        } else {
            core.counters.count(Kind.BAD_DOORBELL, offset);
        }
    }

    private void send(int page, int qpn) {
        QueuePair qp = core.qps.get(qpn);
        if (qp == null || qp.qpn != qpn || qp.usrPage != page) {
            core.counters.count(Kind.BAD_DOORBELL, qpn);
            return;
        }
        serve(qp);
    }

    /** The WQE's second word names the QP; the rest of the write is of no interest. */
    private void blueFlame(int page, int inPage, int word) {
        if ((inPage & BLUE_FLAME_HALF_MASK) == BLUE_FLAME_QPN) {
            send(page, CtrlSegment.BF_QPN.of(word));
        }
    }

    private void cq(int page, boolean isComplete, int commandWord, int consumerWord) {
        if (!isComplete) {
            cqFirstWords.set(page, commandWord);
            return;
        }
        int cqn = CqDoorbell.CQN.of(commandWord);
        CompletionQueue queue = core.cqs.get(cqn);
        if (queue == null || queue.cqn != cqn) {
            core.counters.count(Kind.BAD_DOORBELL, cqn);
            return;
        }
        queue.ring(commandWord, consumerWord);
        serve(queue);
    }

    private void eq(int page, int inArea, int word) {
        EventQueue queue = core.events.get(page * Uar.EQS_PER_PAGE + inArea / Uar.EQ_DOORBELL_STRIDE);
        if (queue == null || inArea % Uar.EQ_DOORBELL_STRIDE != 0) {
            core.counters.count(Kind.BAD_DOORBELL, page);
            return;
        }
        queue.ring(word);
        serve(queue);
    }

    private void serve(Pending object) {
        core.doorbells.push(object);
        agent.signal();
    }
}
