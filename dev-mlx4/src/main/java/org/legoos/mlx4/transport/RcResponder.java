package org.legoos.mlx4.transport;

import org.legoos.mlx4.wire.Aeth;
import org.legoos.mlx4.wire.AtomicEth;
import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.OpCode;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.Psn;
import org.legoos.mlx4.wire.Reth;
import org.legoos.mlx4.wire.XrcEth;

/**
 * The receiving half of a reliable connection (IBA 9.7.4, 9.7.5.1): takes requests in PSN order, executes them and
 * answers. Acknowledges are not sent per packet but when the card has handled the packets at hand ({@link #run}),
 * which coalesces them, and lets a packet that was only overtaken arrive before a NAK goes out.
 */
final class RcResponder {
    /** Response packets per batch. */
    private static final int RESPONSE_BUDGET = 64;

    private enum Pending {
        NONE,
        ACK,
        SEQUENCE_NAK,
        RNR_NAK
    }

    private final RcQp qp;
    private final QpHost host;
    private final QpAttributes attributes;
    private final QpCounters counters;
    private final PacketHeader header;
    private final InboundMessage message;
    private final ResponseQueue responses;
    private final AtomicOperands operands = new AtomicOperands();

    private long expected;
    private int msn;
    private Pending pending = Pending.NONE;
    /** A NAK is out (or due): later packets are dropped quietly until the expected one comes. */
    private boolean nakked;
    /** PSN of the packet that made us NAK. Seeing one not later than it means that the peer has started over. */
    private long nakCause;
    /** Highest PSN that was dropped because it came too early. */
    private long aheadHighest;

    RcResponder(RcQp qp, PacketHeader header) {
        this.qp = qp;
        this.host = qp.host;
        this.attributes = qp.attributes;
        this.counters = qp.counters;
        this.header = header;
        this.message = new InboundMessage(host, attributes);
        this.responses = new ResponseQueue(host, attributes, counters, header);
    }

    void start() {
        reset();
        expected = (1L << 32) + attributes.receivePsn;
        responses.start();
    }

    void reset() {
        message.reset();
        responses.clear();
        msn = 0;
        pending = Pending.NONE;
        nakked = false;
        aheadHighest = 0;
    }

    /** Completes what was in progress and what is posted with the flush status. */
    void flush() {
        message.flush();
        responses.clear();
        pending = Pending.NONE;
        flushPosted();
    }

    void flushPosted() {
        if (attributes.usesSrq) {
            return;
        }
        ReceiveRequest request = new ReceiveRequest();
        for (int left = QpHost.RECEIVES_MAX; left > 0 && host.fetchReceive(request); left--) {
            host.completeReceive(request, Status.FLUSHED);
            request.clear();
        }
    }

    long expectedPsn() {
        return expected;
    }

    int msn() {
        return msn;
    }

    // ---- requests in ----

    void onRequest(Packet packet, int flags) {
        long psn = Psn.fromWire(Bth.PSN.get(packet.header, packet.bthAt), expected);
        if (psn < expected) {
            onDuplicate(packet, flags, psn);
        } else if (psn > expected) {
            onAhead(psn);
        } else {
            onExpected(packet, flags);
        }
    }

    private void onAhead(long psn) {
        counters.outOfOrderReceived++;
        aheadHighest = Math.max(aheadHighest, psn);
        if (nakked && psn > nakCause) {
            return;
        }
        nakked = true;
        nakCause = psn;
        pend(Pending.SEQUENCE_NAK);
    }

    /** The SRQ of an XRC request; elsewhere of no meaning. */
    private static int srqn(Packet packet) {
        return XrcEth.SRQN.get(packet.header, packet.xrcEthAt());
    }

    private void onExpected(Packet packet, int flags) {
        nakked = false;
        if (attributes.isXrc && !host.selectSrq(srqn(packet))) {
            refuse(Aeth.NAK_INVALID_REQUEST);
            return;
        }
        if (pending == Pending.RNR_NAK) {
            pending = Pending.NONE;
        }
        if ((flags & (OpCode.IS_SEND | OpCode.IS_WRITE)) != 0) {
            onMessage(packet, flags);
        } else if (message.isActive()) {
            refuse(Aeth.NAK_INVALID_REQUEST);
        } else if ((flags & OpCode.IS_READ_REQUEST) != 0) {
            onRead(packet);
        } else {
            onAtomic(packet, flags);
        }
    }

    private void onMessage(Packet packet, int flags) {
        switch (message.take(packet, flags)) {
            case OK -> {
                expected++;
                if ((flags & OpCode.ENDS) != 0) {
                    msn++;
                }
                if (Bth.ACK_REQ.get(packet.header, packet.bthAt) != 0 && pending != Pending.SEQUENCE_NAK) {
                    pend(Pending.ACK);
                }
            }
            case NO_RECEIVE -> {
                counters.receivesMissing++;
                nakked = true;
                nakCause = expected;
                pend(Pending.RNR_NAK);
            }
            case INVALID_REQUEST -> refuse(Aeth.NAK_INVALID_REQUEST);
            case REMOTE_ACCESS -> refuse(Aeth.NAK_REMOTE_ACCESS);
            case TOO_LONG -> refuse(Aeth.NAK_INVALID_REQUEST);
            case LOCAL_ERROR -> refuse(Aeth.NAK_REMOTE_OPERATION);
        }
    }

    private void onRead(Packet packet) {
        byte[] bytes = packet.header;
        int at = packet.extensionAt();
        long va = Reth.VA.get(bytes, at);
        int rkey = Reth.R_KEY.get(bytes, at);
        long length = Reth.DMA_LENGTH.get(bytes, at) & 0xffffffffL;
        if (length > attributes.messageBytesMax || packet.payloadLength() != 0 || responses.isFull()) {
            refuse(Aeth.NAK_INVALID_REQUEST);
            return;
        }
        if (!mayRead(rkey, va, length)) {
            refuse(Aeth.NAK_REMOTE_ACCESS);
            return;
        }
        msn++;
        responses.addRead(expected, msn, va, rkey, length, attributes.isXrc ? srqn(packet) : 0);
        expected += SendPackets.packets(length, attributes.mtuBytes);
        answeredByResponse();
    }

    /** A response acknowledges what came before it. */
    private void answeredByResponse() {
        if (pending == Pending.ACK) {
            pending = Pending.NONE;
        }
        host.runLater();
    }

    private boolean mayRead(int rkey, long va, long length) {
        return attributes.remoteReadEnabled
                && (length == 0 || host.checkRemote(QpHost.RemoteAccess.READ, rkey, va, length));
    }

    private void onAtomic(Packet packet, int flags) {
        byte[] bytes = packet.header;
        int at = packet.extensionAt();
        long va = AtomicEth.VA.get(bytes, at);
        int rkey = AtomicEth.R_KEY.get(bytes, at);
        if ((va & 7) != 0 || packet.payloadLength() != 0 || responses.isFull()) {
            refuse(Aeth.NAK_INVALID_REQUEST);
            return;
        }
        if (!attributes.remoteAtomicEnabled || !host.checkRemote(QpHost.RemoteAccess.ATOMIC, rkey, va, 8)) {
            refuse(Aeth.NAK_REMOTE_ACCESS);
            return;
        }
        int opcode = packet.opcode();
        operands.read(packet, flags);
        long result = host.remoteAtomic(rkey, va, operands);
        msn++;
        responses.addAtomic(expected, opcode, msn, result);
        expected++;
        answeredByResponse();
    }

    private void onDuplicate(Packet packet, int flags, long psn) {
        counters.duplicatesReceived++;
        if ((flags & OpCode.IS_READ_REQUEST) != 0) {
            repeatRead(packet, psn);
        } else if ((flags & OpCode.IS_ATOMIC) != 0) {
            responses.replayAtomic(psn, packet.opcode(), msn);
            host.runLater();
        } else if (pending == Pending.NONE) {
            pend(Pending.ACK);
        }
    }

    /** A repeated READ is executed again, with its rights checked again; it must lie in the past as a whole. */
    private void repeatRead(Packet packet, long psn) {
        byte[] bytes = packet.header;
        int at = packet.extensionAt();
        long va = Reth.VA.get(bytes, at);
        int rkey = Reth.R_KEY.get(bytes, at);
        long length = Reth.DMA_LENGTH.get(bytes, at) & 0xffffffffL;
        if (attributes.isXrc && !host.selectSrq(srqn(packet))) {
            counters.packetsDropped++;
            return;
        }
        boolean past = psn + SendPackets.packets(length, attributes.mtuBytes) <= expected;
        if (!past || packet.payloadLength() != 0 || length > attributes.messageBytesMax) {
            counters.packetsDropped++;
            return;
        }
        if (!mayRead(rkey, va, length)) {
            sendAeth(psn, Aeth.KIND_NAK, Aeth.NAK_REMOTE_ACCESS);
            qp.responderFailed(QpEvent.LOCAL_ACCESS);
            return;
        }
        responses.repeatRead(psn, msn, va, rkey, length, attributes.isXrc ? srqn(packet) : 0);
        host.runLater();
    }

    // ---- answers out ----

    private void pend(Pending what) {
        pending = what;
        host.runLater();
    }

    /** Sends responses, then the acknowledge or NAK that is due. */
    void run() {
        switch (responses.send(RESPONSE_BUDGET)) {
            case EMPTY -> sendPending();
            case MORE -> host.runLater();
            case ACCESS_ERROR -> {
                long psn = responses.frontPsn();
                sendAeth(psn, Aeth.KIND_NAK, Aeth.NAK_REMOTE_ACCESS);
                qp.responderFailed(QpEvent.LOCAL_ACCESS);
            }
        }
    }

    private void sendPending() {
        Pending due = pending;
        if (due == Pending.SEQUENCE_NAK && aheadHighest < expected) {
            due = Pending.ACK; // only overtaken: all of it has come meanwhile
        }
        pending = Pending.NONE;
        switch (due) {
            case NONE -> { }
            case ACK -> sendAeth(expected - 1, Aeth.KIND_ACK, Aeth.CREDITS_INVALID);
            case SEQUENCE_NAK -> {
                counters.sequenceNaksSent++;
                sendAeth(expected, Aeth.KIND_NAK, Aeth.NAK_SEQUENCE);
            }
            case RNR_NAK -> {
                counters.rnrNaksSent++;
                sendAeth(expected, Aeth.KIND_RNR_NAK, attributes.minRnrTimerCode);
            }
        }
    }

    /** Refuses the expected packet for good: a NAK, an event, and the QP is in error. */
    private void refuse(int nakCode) {
        responses.send(RESPONSE_BUDGET);
        counters.errorNaksSent++;
        sendAeth(expected, Aeth.KIND_NAK, nakCode);
        qp.responderFailed(nakCode == Aeth.NAK_INVALID_REQUEST ? QpEvent.INVALID_REQUEST : QpEvent.LOCAL_ACCESS);
    }

    private void sendAeth(long psn, int kind, int value) {
        Packet packet = header.begin(host, OpCode.ACKNOWLEDGE, psn);
        if (packet == null) {
            counters.packetsDropped++; // the peer's timer asks again
            return;
        }
        int at = packet.extensionAt();
        Aeth.KIND.set(packet.header, at, kind);
        Aeth.VALUE.set(packet.header, at, value);
        Aeth.MSN.set(packet.header, at, msn);
        packet.finish();
        counters.packetsSent++;
        host.transmit(packet);
    }
}
