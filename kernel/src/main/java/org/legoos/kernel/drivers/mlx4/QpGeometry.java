package org.legoos.kernel.drivers.mlx4;

import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.ib.QpCapabilities;
import org.legoos.kernel.ib.QpType;
import org.legoos.kernel.ib.SendWorkRequest;
import org.legoos.kernel.syscall.Errno;
import org.legoos.mlx4.prm.AtomicSegment;
import org.legoos.mlx4.prm.CtrlSegment;
import org.legoos.mlx4.prm.DataSegment;
import org.legoos.mlx4.prm.DatagramSegment;
import org.legoos.mlx4.prm.RemoteAddrSegment;

/**
 * Sizes and places of a QP's two work queues in their one buffer (mlx4_ib's set_kernel_sq_size): slots are
 * powers of two in size and number, the send queue has a headroom that the card may prefetch, and the
 * queue with the larger slots comes first (the send queue when they are equal).
 */
record QpGeometry(int logSendSlots, int logSendStride, int headroomSlots, int logReceiveSlots, int logReceiveStride) {
    static final int MIN_LOG_SEND_STRIDE = 6;

    private static final int PREFETCH_BYTES = 2048;

    static QpGeometry of(QpType type, QpCapabilities wanted, DeviceCaps caps) {
        int sendBytes = sendWqeBytes(type, wanted.maxSendSge(), wanted.maxInlineBytes());
        check(wanted.maxSendSge() <= Math.min(SendWorkRequest.MAX_SGE, caps.maxSendSge()), "send scatter entries", wanted.maxSendSge());
        check(wanted.maxRecvSge() <= caps.maxReceiveSge(), "receive scatter entries", wanted.maxRecvSge());
        check(wanted.maxInlineBytes() >= 0 && sendBytes <= caps.maxSendDescriptorBytes(), "bytes inline", wanted.maxInlineBytes());
        int logSendStride = Math.max(MIN_LOG_SEND_STRIDE, log(sendBytes));
        int headroom = (PREFETCH_BYTES >> logSendStride) + 1;
        check(wanted.maxSendWr() >= 0 && wanted.maxSendWr() <= caps.maxQpWqes() - headroom, "send requests", wanted.maxSendWr());
        check(wanted.maxRecvWr() >= 0 && wanted.maxRecvWr() <= caps.maxQpWqes(), "receive requests", wanted.maxRecvWr());
        int logSendSlots = log(Math.max(1, wanted.maxSendWr()) + headroom);
        int logReceiveSlots = log(Math.max(1, wanted.maxRecvWr()));
        int logReceiveStride = log(Math.max(1, wanted.maxRecvSge()) * DataSegment.SIZE_BYTES);
        return new QpGeometry(logSendSlots, logSendStride, headroom, logReceiveSlots, logReceiveStride);
    }

    private static void check(boolean fits, String what, int wanted) {
        if (!fits) {
            throw new IbException(Errno.EINVAL, "mlx4_core: a queue pair with " + wanted + " " + what);
        }
    }

    private static int sendWqeBytes(QpType type, int sges, int inlineBytes) {
        int head = CtrlSegment.SIZE_BYTES + switch (type) {
            case RC -> RemoteAddrSegment.SIZE_BYTES;
            case UC -> RemoteAddrSegment.SIZE_BYTES;
            case UD -> DatagramSegment.SIZE_BYTES;
            case GSI -> MadWqe.OVERHEAD_BYTES;
        };
        int atomic = type == QpType.RC ? head + AtomicSegment.SIZE_BYTES + DataSegment.SIZE_BYTES : 0;
        int gather = head + Math.max(1, sges) * DataSegment.SIZE_BYTES;
        return Math.max(Math.max(atomic, gather), SendWqe.inlineEnd(head, inlineBytes));
    }

    /** Has a slot room for the longest atomic? */
    boolean holdsMaskedCompareSwap() {
        return 1 << logSendStride >= CtrlSegment.SIZE_BYTES + RemoteAddrSegment.SIZE_BYTES + AtomicSegment.MASKED_SIZE_BYTES
                + DataSegment.SIZE_BYTES;
    }

    private static int log(int atLeast) {
        return 32 - Integer.numberOfLeadingZeros(atLeast - 1);
    }

    int sendSlots() {
        return 1 << logSendSlots;
    }

    /** Send requests that may be outstanding. */
    int maxSends() {
        return sendSlots() - headroomSlots;
    }

    int receiveSlots() {
        return 1 << logReceiveSlots;
    }

    int sendOffset() {
        return logReceiveStride > logSendStride ? 1 << logReceiveSlots + logReceiveStride : 0;
    }

    int receiveOffset() {
        return logReceiveStride > logSendStride ? 0 : 1 << logSendSlots + logSendStride;
    }

    int bufferBytes() {
        return (1 << logSendSlots + logSendStride) + (1 << logReceiveSlots + logReceiveStride);
    }
}
