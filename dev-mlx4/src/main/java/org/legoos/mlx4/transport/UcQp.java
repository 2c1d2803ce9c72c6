package org.legoos.mlx4.transport;

import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.OpCode;
import org.legoos.mlx4.wire.PKey;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.Psn;

/**
 * Unreliable connection (IBA 9.8): SEND and WRITE in sequence, nothing acknowledged. A message of which a packet is
 * missing is dropped as a whole; its receive serves the next message.
 */
public final class UcQp extends TransportQp {
    private static final int SEND_BUDGET = 64;

    private final PacketHeader header = new PacketHeader();
    private final InboundMessage message;
    private final SendRequest request = new SendRequest();
    private boolean sending;
    private long nextPsn;
    private long expected;
    private int msn;
    private boolean established;
    private boolean drainReported;

    public UcQp(QpHost host) {
        super(host);
        message = new InboundMessage(host, attributes);
    }

    // ---- sending ----

    @Override
    public void sendPosted() {
        switch (state) {
            case RTS -> send();
            case SQD -> {
                send();
                reportDrained();
            }
            case SQER, ERR -> flushSends();
            default -> { }
        }
    }

    private void send() {
        for (int left = SEND_BUDGET; sending || fetch(); left--) {
            if (left == 0 || !host.hasRoom()) {
                host.runLater();
                return;
            }
            if (!sendPacket()) {
                return;
            }
        }
    }

    private boolean fetch() {
        while (state == QpState.RTS) {
            request.clear();
            if (!host.fetchSend(request)) {
                return false;
            }
            Status status = begin();
            if (status != Status.OK) {
                fail(status);
                return false;
            }
            if (request.operation != Operation.LOCAL) {
                request.firstPsn = nextPsn;
                request.endPsn = nextPsn + SendPackets.packets(request.data.lengthBytes(), attributes.mtuBytes);
                sending = true;
                return true;
            }
            host.completeSend(request, Status.OK);
        }
        return false;
    }

    private Status begin() {
        if (request.fetchStatus != Status.OK) {
            return request.fetchStatus;
        }
        if (request.operation == Operation.LOCAL) {
            return host.executeLocal(request);
        }
        if (request.operation.hasResponse() || request.operation == Operation.SEND_INVALIDATE) {
            return Status.LOCAL_QP_OPERATION;
        }
        return request.data.lengthBytes() > attributes.messageBytesMax ? Status.LOCAL_LENGTH : Status.OK;
    }

    /** Sends the next packet of the request in hand; false when it cannot go on now. */
    private boolean sendPacket() {
        int mtu = attributes.mtuBytes;
        long offset = (nextPsn - request.firstPsn) * mtu;
        int length = (int) Math.min(mtu, request.data.lengthBytes() - offset);
        boolean last = nextPsn + 1 == request.endPsn;
        int opcode = OpCode.UC | SendPackets.opcode(request.operation, offset == 0, last);
        Packet packet = header.begin(host, opcode, nextPsn);
        if (packet == null) {
            host.runLater();
            return false;
        }
        SendPackets.fillExtensions(packet, request);
        if (length > 0) {
            Status status = host.gather(request, offset, length, packet);
            if (status != Status.OK) {
                packet.release();
                fail(status);
                return false;
            }
            packet.own(); // the request completes before the packet has arrived
        }
        packet.finish();
        nextPsn++;
        counters.packetsSent++;
        host.transmit(packet);
        if (last) {
            sending = false;
            host.completeSend(request, Status.OK);
        }
        return true;
    }

    private void fail(Status status) {
        sending = false;
        host.completeSend(request, status);
        state = QpState.SQER;
        flushSends();
    }

    private void flushSends() {
        if (sending) {
            sending = false;
            host.completeSend(request, Status.FLUSHED);
        }
        request.clear();
        while (host.fetchSend(request)) {
            host.completeSend(request, Status.FLUSHED);
            request.clear();
        }
    }

    private void reportDrained() {
        if (!sending && !drainReported) {
            drainReported = true;
            host.asyncEvent(QpEvent.SEND_QUEUE_DRAINED);
        }
    }

    // ---- receiving ----

    @Override
    public void receive(Packet packet) {
        counters.packetsReceived++;
        int flags = PacketCheck.flags(packet, OpCode.UC);
        if (flags == 0 || !state.receives()) {
            counters.packetsDropped++;
        } else if (!PKey.isShared(Bth.P_KEY.get(packet.header, packet.bthAt), attributes.pKey)) {
            counters.packetsDropped++;
            host.keyViolation(true, packet);
        } else {
            take(packet, flags);
        }
        packet.release();
    }

    private void take(Packet packet, int flags) {
        if (!established) {
            established = true;
            if (state == QpState.RTR) {
                host.asyncEvent(QpEvent.COMMUNICATION_ESTABLISHED);
            }
        }
        long psn = Psn.fromWire(Bth.PSN.get(packet.header, packet.bthAt), expected);
        boolean starts = (flags & OpCode.STARTS) != 0;
        if (psn != expected) {
            counters.outOfOrderReceived++;
        }
        if (psn != expected || starts) {
            message.abandon();
        }
        expected = psn + 1;
        if (!starts && !message.isActive()) {
            counters.packetsDropped++;
            return;
        }
        switch (message.take(packet, flags)) {
            case OK -> {
                if ((flags & OpCode.ENDS) != 0) {
                    msn++;
                }
            }
            case NO_RECEIVE -> {
                counters.receivesMissing++;
                message.abandon();
            }
            case INVALID_REQUEST, REMOTE_ACCESS -> {
                counters.packetsDropped++;
                message.abandon();
            }
            case TOO_LONG, LOCAL_ERROR -> enterError(QpEvent.LOCAL_ACCESS);
        }
    }

    private void enterError(QpEvent why) {
        host.asyncEvent(why);
        modify(QpState.ERR);
    }

    @Override
    public void run() {
        if (state == QpState.ERR) {
            flushReceives();
        }
        sendPosted();
    }

    private void flushReceives() {
        message.flush();
        if (attributes.usesSrq) {
            return;
        }
        ReceiveRequest posted = new ReceiveRequest();
        for (int left = QpHost.RECEIVES_MAX; left > 0 && host.fetchReceive(posted); left--) {
            host.completeReceive(posted, Status.FLUSHED);
            posted.clear();
        }
    }

    @Override
    public void modify(QpState to) {
        QpState from = state;
        state = to;
        switch (to) {
            case RESET -> {
                sending = false;
                message.reset();
                established = false;
                msn = 0;
            }
            case RTR -> {
                refreshPath();
                expected = (1L << 32) + attributes.receivePsn;
            }
            case RTS -> {
                refreshPath();
                if (from != QpState.SQD && from != QpState.SQER && from != QpState.RTS) {
                    nextPsn = (1L << 32) + attributes.sendPsn;
                }
                host.runLater();
            }
            case SQD -> {
                drainReported = false;
                host.runLater();
            }
            case ERR -> {
                flushSends();
                flushReceives();
            }
            default -> { }
        }
    }

    private void refreshPath() {
        header.set(attributes.path, attributes.remoteQpn, attributes.pKey);
    }

    @Override
    public int nextSendPsn() {
        return Psn.toWire(nextPsn);
    }

    @Override
    public int lastAckedPsn() {
        return Psn.toWire(nextPsn - 1);
    }

    @Override
    public int nextReceivePsn() {
        return Psn.toWire(expected);
    }

    @Override
    public int messageSequence() {
        return msn & Psn.MASK;
    }
}
