package org.legoos.fit;

import org.legoos.kernel.ib.QueuePair;
import org.legoos.kernel.ib.SendWorkRequest;
import org.legoos.kernel.ib.SendWorkRequest.Opcode;

/** One of the queue pairs towards a peer. Every message of FIT is an RDMA write with immediate data. */
final class FitQp {
    /** Every n-th request asks for a completion even if nobody waits for it, so that queue slots come back. */
    static final int SIGNAL_EVERY = 16;

    final QueuePair qp;
    private final int localKey;
    private final int maxInlineBytes;
    private final SendWorkRequest request = new SendWorkRequest(); // guarded by this
    private int unsignaled; // guarded by this

    FitQp(QueuePair qp, int localKey) {
        this.qp = qp;
        this.localKey = localKey;
        this.maxInlineBytes = qp.capabilities().maxInlineBytes();
        request.opcode = Opcode.RDMA_WRITE_WITH_IMM;
    }

    /**
     * Posts one write of up to two pieces (a length of 0 leaves the piece out).
     *
     * @param workRequestId non-zero asks for a completion
     * @return 0, or -ENOMEM when the send queue is full
     */
    synchronized int post(long remotePa, int remoteKey, int immediate, long firstPa, int firstBytes, long secondPa,
            int secondBytes, long workRequestId) {
        request.sgeCount = 0;
        addPiece(firstPa, firstBytes);
        addPiece(secondPa, secondBytes);
        request.inline = firstBytes + secondBytes <= maxInlineBytes;
        request.remoteAddress = remotePa;
        request.remoteKey = remoteKey;
        request.immediate = immediate;
        request.workRequestId = workRequestId;
        request.signaled = workRequestId != 0 || unsignaled >= SIGNAL_EVERY;
        int result = qp.postSend(request);
        if (result == 0) {
            unsignaled = request.signaled ? 0 : unsignaled + 1;
        }
        return result;
    }

    private void addPiece(long pa, int lengthBytes) {
        if (lengthBytes > 0) {
            request.sgeAddress[request.sgeCount] = pa;
            request.sgeLengthBytes[request.sgeCount] = lengthBytes;
            request.sgeLocalKey[request.sgeCount] = localKey;
            request.sgeCount++;
        }
    }
}
