package org.legoos.mlx4.transport;

import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.Deth;
import org.legoos.mlx4.wire.Grh;
import org.legoos.mlx4.wire.ImmDt;
import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.OpCode;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.Psn;

/**
 * What the datagram services share (IBA 9.8.3 and the management QPs): one packet a message, sent and forgotten;
 * received behind a 40-byte area for the GRH. Subclasses say how a request becomes a packet.
 */
abstract class DatagramQp extends TransportQp {
    private static final int SEND_BUDGET = 64;

    private final SendRequest request = new SendRequest();
    private final ReceiveRequest receive = new ReceiveRequest();
    protected long nextPsn;

    DatagramQp(QpHost host) {
        super(host);
    }

    /** Fills the packet from the request; a status other than OK fails the request (and the send queue). */
    protected abstract Status build(SendRequest request, Packet packet);

    /** Is the Q_Key of a packet acceptable? */
    protected abstract boolean qKeyFits(int qKey);

    /** Is the P_Key of a packet acceptable? */
    protected abstract boolean pKeyFits(int pKey);

    // ---- sending ----

    @Override
    public final void sendPosted() {
        switch (state) {
            case RTS -> send();
            case SQER, ERR -> flushSends();
            default -> { }
        }
    }

    private void send() {
        for (int left = SEND_BUDGET; state == QpState.RTS; left--) {
            if (left == 0 || !host.hasRoom()) {
                host.runLater();
                return;
            }
            Packet packet = host.newPacket();
            if (packet == null) {
                host.runLater();
                return;
            }
            request.clear();
            if (!host.fetchSend(request)) {
                packet.release();
                return;
            }
            Status status = request.fetchStatus;
            if (status == Status.OK) {
                status = sendOne(packet);
            } else {
                packet.release();
            }
            host.completeSend(request, status);
            if (status != Status.OK) {
                state = QpState.SQER;
                flushSends();
            }
        }
    }

    /** Sends or executes the request; the packet is used up in any case. */
    private Status sendOne(Packet packet) {
        if (request.operation == Operation.LOCAL) {
            packet.release();
            return host.executeLocal(request);
        }
        Status status = build(request, packet);
        if (status != Status.OK) {
            packet.release();
            return status;
        }
        packet.own(); // the request completes before the packet has arrived
        counters.packetsSent++;
        nextPsn++;
        host.transmit(packet);
        return Status.OK;
    }

    private void flushSends() {
        request.clear();
        while (host.fetchSend(request)) {
            host.completeSend(request, Status.FLUSHED);
            request.clear();
        }
    }

    // ---- receiving ----

    @Override
    public final void receive(Packet packet) {
        counters.packetsReceived++;
        int flags = PacketCheck.flags(packet, OpCode.UD);
        if (flags == 0 || !state.receives()) {
            counters.packetsDropped++;
        } else if (!pKeyFits(Bth.P_KEY.get(packet.header, packet.bthAt))) {
            counters.packetsDropped++;
            host.keyViolation(true, packet);
        } else if (!qKeyFits(Deth.Q_KEY.get(packet.header, packet.extensionAt()))) {
            counters.packetsDropped++;
            host.keyViolation(false, packet);
        } else {
            take(packet, flags);
        }
        packet.release();
    }

    private void take(Packet packet, int flags) {
        receive.clear();
        if (!host.fetchReceive(receive)) {
            counters.receivesMissing++;
            return;
        }
        Status status = Status.OK;
        if (Grh.SIZE + packet.payloadLength() > receive.data.lengthBytes()) {
            status = Status.LOCAL_LENGTH;
        } else {
            status = host.scatterGrh(receive, packet.header, packet.hasGrh() ? Lrh.SIZE : -1);
            if (status == Status.OK && packet.payloadLength() > 0) {
                status = host.scatter(receive, Grh.SIZE, packet);
            }
        }
        describe(packet, flags);
        host.completeReceive(receive, status);
        if (status != Status.OK) {
            host.asyncEvent(QpEvent.LOCAL_ACCESS);
            modify(QpState.ERR);
        }
    }

    private void describe(Packet packet, int flags) {
        byte[] header = packet.header;
        receive.kind = ReceiveRequest.Kind.SEND;
        if ((flags & OpCode.HAS_IMMEDIATE) != 0) {
            receive.kind = ReceiveRequest.Kind.SEND_IMMEDIATE;
            receive.immediate = ImmDt.DATA.get(header, packet.extensionAt() + Deth.SIZE);
        }
        receive.byteCount = Grh.SIZE + packet.payloadLength();
        receive.solicited = Bth.SOLICITED.get(header, packet.bthAt) != 0;
        receive.remoteQpn = Deth.SRC_QP.get(header, packet.extensionAt());
        receive.remoteLid = packet.slid();
        receive.serviceLevel = Lrh.SL.get(header, 0);
        receive.dlidPathBits = packet.dlid() & 0x7f;
        receive.hasGrh = packet.hasGrh();
        receive.pKey = Bth.P_KEY.get(header, packet.bthAt);
    }

    // ---- state ----

    @Override
    public final void run() {
        if (state == QpState.ERR) {
            flushReceives();
        }
        sendPosted();
    }

    private void flushReceives() {
        if (attributes.usesSrq) {
            return;
        }
        receive.clear();
        for (int left = QpHost.RECEIVES_MAX; left > 0 && host.fetchReceive(receive); left--) {
            host.completeReceive(receive, Status.FLUSHED);
            receive.clear();
        }
    }

    @Override
    public final void modify(QpState to) {
        QpState from = state;
        state = to;
        switch (to) {
            case RTS -> {
                if (from == QpState.RTR) {
                    nextPsn = attributes.sendPsn;
                }
                host.runLater();
            }
            case SQD -> host.asyncEvent(QpEvent.SEND_QUEUE_DRAINED);
            case ERR -> {
                flushSends();
                flushReceives();
            }
            default -> { }
        }
    }

    @Override
    public final int nextSendPsn() {
        return Psn.toWire(nextPsn);
    }

    @Override
    public final int lastAckedPsn() {
        return Psn.toWire(nextPsn - 1);
    }

    @Override
    public final int nextReceivePsn() {
        return 0;
    }

    @Override
    public final int messageSequence() {
        return 0;
    }
}
