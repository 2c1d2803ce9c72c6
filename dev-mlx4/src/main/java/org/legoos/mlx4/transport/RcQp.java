package org.legoos.mlx4.transport;

import org.legoos.mlx4.wire.Bth;
import org.legoos.mlx4.wire.OpCode;
import org.legoos.mlx4.wire.PKey;
import org.legoos.mlx4.wire.Packet;
import org.legoos.mlx4.wire.Psn;

/** Reliable connection (IBA 9.7), plain or extended: a {@link RcRequester} and a {@link RcResponder} that share path and state. */
public final class RcQp extends TransportQp {
    /** Packets that one call sends; more is left for {@link #run()}, after other QPs. */
    private static final int SEND_BUDGET = 64;

    private final PacketHeader header = new PacketHeader();
    private final RcRequester requester;
    private final RcResponses responses;
    private final RcResponder responder;
    private boolean established;
    private boolean drainReported;

    private final int service;

    public RcQp(QpHost host) {
        this(host, OpCode.RC);
    }

    private RcQp(QpHost host, int service) {
        super(host);
        this.service = service;
        header.setService(service);
        attributes.isXrc = service == OpCode.XRC;
        requester = new RcRequester(this, header);
        responses = new RcResponses(this, requester);
        responder = new RcResponder(this, header);
    }

    /** An extended reliable connection (IBA Annex A14): the same, but requests name the SRQ that they are for. */
    public static RcQp extended(QpHost host) {
        return new RcQp(host, OpCode.XRC);
    }

    @Override
    public void sendPosted() {
        if (state == QpState.RTS || state == QpState.SQD) {
            requester.send(SEND_BUDGET);
        } else if (state == QpState.ERR) {
            requester.flushPosted();
        }
    }

    @Override
    public void run() {
        if (state.receives()) {
            responder.run();
        } else if (state == QpState.ERR) {
            responder.flushPosted();
        }
        sendPosted();
    }

    @Override
    public void receive(Packet packet) {
        counters.packetsReceived++;
        int flags = PacketCheck.flags(packet, service);
        if (flags == 0 || !state.receives()) {
            counters.packetsDropped++;
        } else if (!PKey.isShared(Bth.P_KEY.get(packet.header, packet.bthAt), attributes.pKey)) {
            counters.packetsDropped++;
            host.keyViolation(true, packet);
        } else if ((flags & OpCode.RESPONSE) != 0) {
            receiveResponse(packet, flags);
        } else {
            receiveRequest(packet, flags);
        }
        packet.release();
    }

    private void receiveRequest(Packet packet, int flags) {
        if (!established) {
            established = true;
            if (state == QpState.RTR) {
                host.asyncEvent(QpEvent.COMMUNICATION_ESTABLISHED);
            }
        }
        responder.onRequest(packet, flags);
    }

    private void receiveResponse(Packet packet, int flags) {
        if (state == QpState.RTR) {
            counters.packetsDropped++;
            return;
        }
        long psn = Psn.fromWire(Bth.PSN.get(packet.header, packet.bthAt), requester.lastAcked());
        responses.onResponse(packet, flags, psn);
    }

    @Override
    public void modify(QpState to) {
        QpState from = state;
        state = to;
        switch (to) {
            case RESET -> {
                requester.reset();
                responder.reset();
                established = false;
            }
            case RTR -> {
                refreshPath();
                responder.start();
            }
            case RTS -> {
                refreshPath();
                if (from != QpState.SQD && from != QpState.RTS) {
                    requester.start();
                }
                host.runLater();
            }
            case SQD -> {
                drainReported = false;
                onSendQueueIdle();
            }
            case ERR -> enterError();
            default -> { }
        }
    }

    private void refreshPath() {
        header.set(attributes.path, attributes.remoteQpn, attributes.pKey);
    }

    /** Nothing sent is unfinished: what a drain waits for. */
    void onSendQueueIdle() {
        if (state == QpState.SQD && !drainReported && requester.isIdle()) {
            drainReported = true;
            host.asyncEvent(QpEvent.SEND_QUEUE_DRAINED);
        }
    }

    /** A request of the peer was refused. */
    void responderFailed(QpEvent why) {
        host.asyncEvent(why);
        enterError();
    }

    /** Flushes both queues and stays in error until software resets the QP. */
    void enterError() {
        state = QpState.ERR;
        requester.flush();
        responder.flush();
        if (attributes.usesSrq && !attributes.isXrc) {
            host.asyncEvent(QpEvent.LAST_WQE_REACHED); // tells software that no more of the SRQ will be used
        }
    }

    @Override
    public int nextSendPsn() {
        return Psn.toWire(requester.nextPsn());
    }

    @Override
    public int lastAckedPsn() {
        return Psn.toWire(requester.lastAcked());
    }

    @Override
    public int nextReceivePsn() {
        return Psn.toWire(responder.expectedPsn());
    }

    @Override
    public int messageSequence() {
        return responder.msn() & Psn.MASK;
    }
}
