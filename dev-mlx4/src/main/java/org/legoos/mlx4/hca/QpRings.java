package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.prm.QpContext;

/**
 * Where a QP's queues lie in its buffer: the one with the larger stride first, the send queue first on equal strides.
 *
 * @param receive null when receives come from an SRQ
 */
record QpRings(SendRing send, ReceiveRing receive) {
    private static final int MIN_LOG_STRIDE = 4;
    private static final int PAGE_OFFSET_UNIT_BYTES = 64;

    /** Reads the queues' description from a new QP's context. */
    static QpRings of(MemorySegment context, HcaCore core) {
        boolean hasSrq = QpContext.hasNoReceiveQueue(context);
        int logSend = QpContext.LOG_SQ_SIZE.get(context, 0);
        int logSendStride = QpContext.LOG_SQ_STRIDE.get(context, 0) + MIN_LOG_STRIDE;
        int logReceive = QpContext.LOG_RQ_SIZE.get(context, 0);
        int logReceiveStride = QpContext.LOG_RQ_STRIDE.get(context, 0) + MIN_LOG_STRIDE;
        boolean isReceiveFirst = !hasSrq && logReceiveStride > logSendStride;
        long sendStart = isReceiveFirst ? 1L << logReceive + logReceiveStride : 0;
        long receiveStart = isReceiveFirst ? 0 : 1L << logSend + logSendStride;
        SendRing send = new SendRing(buffer(context, core), core.wqeSource, sendStart, logSend, logSendStride);
        ReceiveRing receive = hasSrq
                ? null
                : new ReceiveRing(buffer(context, core), core.bus, receiveStart, logReceive, logReceiveStride,
                        QpContext.DB_RECORD.get(context, 0));
        return new QpRings(send, receive);
    }

    /** One for each queue: each remembers its own current page. */
    private static QueueBuffer buffer(MemorySegment context, HcaCore core) {
        return new QueueBuffer(core.mtt, core.bus, QpContext.MTT_BASE.get(context, 0),
                QpContext.LOG_PAGE_SIZE.get(context, 0),
                (long) QpContext.PAGE_OFFSET.get(context, 0) * PAGE_OFFSET_UNIT_BYTES);
    }
}
