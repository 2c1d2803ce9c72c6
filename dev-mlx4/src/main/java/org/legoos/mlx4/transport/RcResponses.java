package org.legoos.mlx4.transport;

import org.legoos.mlx4.wire.Aeth;
import org.legoos.mlx4.wire.OpCode;
import org.legoos.mlx4.wire.Packet;

/** Understands what comes back to a requester: acknowledges, NAKs, READ responses, atomic results (IBA 9.7.5.2). */
final class RcResponses {
    private final RcRequester requester;
    private final QpHost host;
    private final QpAttributes attributes;
    private final QpCounters counters;

    RcResponses(RcQp qp, RcRequester requester) {
        this.requester = requester;
        this.host = qp.host;
        this.attributes = qp.attributes;
        this.counters = qp.counters;
    }

    /** Handles a response packet; psn is unwrapped near the requester's next PSN. */
    void onResponse(Packet packet, int flags, long psn) {
        if (!requester.hasSent(psn)) {
            counters.packetsDropped++;
        } else if ((flags & OpCode.IS_ACK) != 0) {
            onAcknowledge(packet, psn);
        } else if ((flags & OpCode.IS_READ_RESPONSE) != 0) {
            onReadResponse(packet, psn);
        } else {
            onAtomicResponse(packet, psn);
        }
    }

    private void onAcknowledge(Packet packet, long psn) {
        int aeth = packet.extensionAt();
        int value = Aeth.VALUE.get(packet.header, aeth);
        switch (Aeth.KIND.get(packet.header, aeth)) {
            case Aeth.KIND_ACK -> requester.finishBefore(psn + 1, true);
            case Aeth.KIND_RNR_NAK -> requester.onReceiverNotReady(psn, value);
            case Aeth.KIND_NAK -> onNak(psn, value);
            default -> counters.packetsDropped++;
        }
    }

    private void onNak(long psn, int code) {
        if (requester.isFinished(psn)) {
            counters.duplicatesReceived++;
            return;
        }
        requester.finishBefore(psn, true);
        switch (code) {
            case Aeth.NAK_SEQUENCE -> requester.onSequenceNak();
            case Aeth.NAK_INVALID_REQUEST -> requester.failAt(psn, Status.REMOTE_INVALID_REQUEST);
            case Aeth.NAK_REMOTE_ACCESS -> requester.failAt(psn, Status.REMOTE_ACCESS);
            case Aeth.NAK_REMOTE_OPERATION -> requester.failAt(psn, Status.REMOTE_OPERATION);
            default -> requester.failAt(psn, Status.BAD_RESPONSE);
        }
    }

    private void onReadResponse(Packet packet, long psn) {
        SendRequest request = requester.awaiting(psn);
        if (request == null) {
            return;
        }
        long offset = (psn - request.firstPsn) * attributes.mtuBytes;
        long expected = Math.min(attributes.mtuBytes, request.data.lengthBytes() - offset);
        Status status = Status.OK;
        if (request.operation != Operation.READ || packet.payloadLength() != expected) {
            status = Status.BAD_RESPONSE;
        } else if (expected > 0) {
            status = host.scatterResponse(request, offset, packet);
        }
        finish(request, psn, status);
    }

    private void onAtomicResponse(Packet packet, long psn) {
        SendRequest request = requester.awaiting(psn);
        if (request == null) {
            return;
        }
        Status status = Status.BAD_RESPONSE;
        if (request.operation.isAtomic()) {
            status = host.scatterAtomic(request, Aeth.ORIGINAL_DATA.get(packet.header, packet.extensionAt()));
        }
        finish(request, psn, status);
    }

    private void finish(SendRequest request, long psn, Status status) {
        if (status == Status.OK) {
            requester.responseArrived(request, psn);
        } else {
            requester.failAt(psn, status);
        }
    }
}
