package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.hca.HcaCounters.Kind;
import org.legoos.mlx4.prm.CqEntry;
import org.legoos.mlx4.prm.LocalInvalSegment;
import org.legoos.mlx4.prm.QpContext;
import org.legoos.mlx4.prm.ServiceType;
import org.legoos.mlx4.prm.WqeOpcode;
import org.legoos.mlx4.transport.AgentTimers;
import org.legoos.mlx4.transport.AtomicOperands;
import org.legoos.mlx4.transport.QpEvent;
import org.legoos.mlx4.transport.QpHost;
import org.legoos.mlx4.transport.QpState;
import org.legoos.mlx4.transport.ReceiveRequest;
import org.legoos.mlx4.transport.SendRequest;
import org.legoos.mlx4.transport.Status;
import org.legoos.mlx4.transport.TransportQp;
import org.legoos.mlx4.wire.Lrh;
import org.legoos.mlx4.wire.Packet;

/** The card's half of a queue pair: rings, memory access and completions for the transport that it drives. */
final class QueuePair extends Pending implements QpHost {
    private static final int QKEY_FROM_CONTEXT = 0x80000000;
    private static final int GRH_BYTES = 40;

    final int qpn;
    final SpecialQp special;
    final int serviceType;
    final int usrPage;
    final MemorySegment context;
    final CompletionQueue sendCq;
    final CompletionQueue receiveCq;
    final SharedReceiveQueue srq; // null: has its own receive queue
    private final HcaCore core;
    private final QpMemory memory;
    private final SendRing sendRing;
    private final ReceiveRing receiveRing;
    private TransportQp transport;
    private HcaPort port;
    private boolean isDead;
    private boolean isDraining;
    private boolean wantsDrainEvent;
    private boolean mustFail; // its CQ broke down
    private SharedReceiveQueue xrcSrq; // of the XRC request that is being looked at
    private MemorySegment grhSegment; // made when first needed

    QueuePair nextToRun;
    boolean isOnRunList;

    QueuePair(HcaCore core, int qpn, SpecialQp special, MemorySegment context, QpRings rings, CompletionQueue sendCq,
            CompletionQueue receiveCq, SharedReceiveQueue srq) {
        this.core = core;
        this.qpn = qpn;
        this.special = special;
        this.context = context;
        this.sendCq = sendCq;
        this.receiveCq = receiveCq;
        this.srq = srq;
        serviceType = QpContext.SERVICE_TYPE.get(context, 0);
        usrPage = QpContext.USR_PAGE.get(context, 0);
        sendRing = rings.send();
        receiveRing = rings.receive();
        memory = new QpMemory(core.bus, core.keys, QpContext.PD.get(context, 0), qpn,
                QpContext.RESERVED_LKEY_OK.isSet(context, 0));
        port = core.ports[0];
    }

    void attach(TransportQp newTransport) {
        transport = newTransport;
    }

    TransportQp transport() {
        return transport;
    }

    void setPort(HcaPort newPort) {
        port = newPort;
    }

    HcaPort hcaPort() {
        return port;
    }

    void kill() {
        isDead = true;
        core.diagnostics.retire(this);
        transport.modify(QpState.RESET);
    }

    @Override
    void onDoorbell() {
        if (!isDead) {
            sendRing.ring();
            transport.sendPosted();
        }
    }

    void receive(Packet packet) {
        transport.receive(packet);
    }

    /** The QP's turn on the run list. */
    void runTransport() {
        if (isDead) {
            return;
        }
        if (mustFail) {
            mustFail = false;
            asyncEvent(QpEvent.LOCAL_CATASTROPHIC);
            transport.modify(QpState.ERR);
        }
        transport.run();
    }

    // ---- work queues ----

    @Override
    public boolean fetchSend(SendRequest into) {
        if (isDead) {
            return false;
        }
        into.wqeIndex = sendRing.counter();
        switch (sendRing.fetch()) {
            case NONE -> {
                return false;
            }
            case UNREADABLE -> into.fetchStatus = Status.LOCAL_QP_OPERATION;
            case WQE -> {
                into.fetchStatus = core.wqeParser.parse(core.wqeSource.wqe, serviceType, into);
                if (serviceType == ServiceType.UD) {
                    resolveDatagram(into);
                }
            }
        }
        core.counters.countFast(Kind.SEND_WQES);
        return true;
    }

    private void resolveDatagram(SendRequest into) {
        if ((into.qKey & QKEY_FROM_CONTEXT) != 0) {
            into.qKey = QpContext.QKEY.get(context, 0);
        }
        into.address.sgidHigh = port.gidHigh();
        into.address.sgidLow = port.gidLow((int) into.hostCookie);
    }

    @Override
    public boolean fetchReceive(ReceiveRequest into) {
        SharedReceiveQueue shared = srq != null ? srq : xrcSrq;
        boolean isFetched =
                !isDead && (shared != null ? shared.fetch(into) : receiveRing != null && receiveRing.fetch(into));
        into.hostCookie = xrcSrq == null ? 0 : xrcSrq.srqn;
        if (isFetched) {
            core.counters.countFast(Kind.RECV_WQES);
        }
        return isFetched;
    }

    @Override
    public boolean selectSrq(int srqn) {
        SharedReceiveQueue found = core.srqs.get(srqn);
        boolean isMine = found != null && found.srqn == srqn && found.xrcCq != null
                && found.xrcDomain == QpContext.XRC_DOMAIN.get(context, 0);
        xrcSrq = isMine ? found : null;
        if (isMine) {
            memory.setPd(found.pd);
        }
        return isMine;
    }

    /** Where a receive completes: an XRC one at its SRQ's queue, or nowhere when that is gone. */
    private CompletionQueue receiveCq(ReceiveRequest request) {
        if (serviceType != ServiceType.XRC) {
            return receiveCq;
        }
        SharedReceiveQueue from = core.srqs.get((int) request.hostCookie);
        return from == null ? null : from.xrcCq;
    }

    @Override
    public void completeSend(SendRequest request, Status status) {
        if (isDead) {
            return;
        }
        if (status != Status.OK) {
            core.diagnostics.sendFailed(status);
            if (status == Status.FLUSHED) {
                core.counters.countFast(Kind.SQ_FLUSHED);
            }
            checkPosted(sendCq.postError(qpn, request.wqeIndex, true, status.syndrome(), status.vendorSyndrome()));
        } else if (request.signaled) {
            int ownerByte = CqEntry.IS_SEND.of0(1) | CqEntry.OPCODE.of0(request.hostOpcode);
            checkPosted(sendCq.post(
                    qpn, 0, 0, 0, (int) request.data.lengthBytes(), request.wqeIndex, ownerByte, false));
        }
    }

    @Override
    public void completeReceive(ReceiveRequest request, Status status) {
        CompletionQueue cq = receiveCq(request);
        if (isDead || cq == null) {
            return;
        }
        if (status != Status.OK) {
            core.diagnostics.receiveFailed(status);
            if (status == Status.FLUSHED) {
                core.counters.countFast(Kind.RQ_FLUSHED);
            }
            checkPosted(cq.postError(qpn, request.wqeIndex, false, status.syndrome(), status.vendorSyndrome()));
            return;
        }
        int opcode = switch (request.kind) {
            case WRITE_IMMEDIATE -> CqEntry.OP_RECV_WRITE_IMM;
            case SEND -> CqEntry.OP_RECV_SEND;
            case SEND_IMMEDIATE -> CqEntry.OP_RECV_SEND_IMM;
            case SEND_INVALIDATE -> CqEntry.OP_RECV_SEND_INVAL;
        };
        int word1 = special == SpecialQp.GENERAL_SERVICES ? pKeyIndex(request.pKey) : request.immediate;
        int word2 = CqEntry.REMOTE_QPN.of0((int) request.hostCookie); // SRQN of an XRC receive
        int word3 = 0;
        if (serviceType == ServiceType.UD || serviceType == ServiceType.MLX) {
            word2 = CqEntry.GRH.of0(request.hasGrh ? 1 : 0) | CqEntry.PATH_BITS.of0(request.dlidPathBits)
                    | CqEntry.REMOTE_QPN.of0(request.remoteQpn);
            word3 = CqEntry.SL.of0(request.serviceLevel) | CqEntry.REMOTE_LID.of0(request.remoteLid);
        }
        checkPosted(cq.post(qpn, word1, word2, word3, (int) request.byteCount, request.wqeIndex,
                CqEntry.OPCODE.of0(opcode), request.solicited));
    }

    /** A QP that cannot report a completion is in error; that waits until the transport is not in our caller. */
    private void checkPosted(boolean isPosted) {
        if (!isPosted && transport.state() != QpState.ERR) {
            mustFail = true;
            runLater();
        }
    }

    /** Operations on keys; a fast registration needs the QP's leave. */
    @Override
    public Status executeLocal(SendRequest request) {
        return switch (request.hostOpcode) {
            case WqeOpcode.FAST_REG -> QpContext.FAST_REG_ENABLE.isSet(context, 0)
                    ? core.keyOperations.fastRegister(request.hostSegment(), memory.pd())
                    : Status.LOCAL_QP_OPERATION;
            case WqeOpcode.BIND_MW -> core.keyOperations.bind(request.hostSegment(), memory.pd(), qpn);
            case WqeOpcode.LOCAL_INVAL ->
                core.keyOperations.invalidate(LocalInvalSegment.KEY.get(request.hostSegment(), 0), memory.pd());
            default -> Status.OK; // NOP
        };
    }

    // ---- memory ----

    @Override
    public Status gather(SendRequest request, long offset, int length, Packet into) {
        return memory.gather(request.data, offset, length, into);
    }

    @Override
    public Status scatter(ReceiveRequest request, long offset, Packet from) {
        return memory.scatter(request.data, offset, from);
    }

    @Override
    public Status scatterResponse(SendRequest request, long offset, Packet from) {
        return memory.scatter(request.data, offset, from);
    }

    @Override
    public Status scatterAtomic(SendRequest request, long original) {
        return memory.scatterAtomic(request.data, original);
    }

    @Override
    public Status scatterGrh(ReceiveRequest request, byte[] header, int grhAt) {
        if (grhAt < 0) {
            return request.data.lengthBytes() >= GRH_BYTES ? Status.OK : Status.LOCAL_LENGTH;
        }
        if (grhSegment == null) {
            grhSegment = MemorySegment.ofArray(new byte[GRH_BYTES]);
        }
        MemorySegment.copy(header, grhAt, grhSegment, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, GRH_BYTES);
        return memory.scatterBytes(request.data, grhSegment, GRH_BYTES);
    }

    @Override
    public boolean checkRemote(RemoteAccess access, int rkey, long va, long length) {
        return switch (access) {
            case READ -> memory.isAllowed(Region.REMOTE_READ, rkey, va, length);
            case WRITE -> memory.isAllowed(Region.REMOTE_WRITE, rkey, va, length);
            case ATOMIC -> memory.isAtomicTarget(rkey, va);
        };
    }

    @Override
    public boolean remoteWrite(int rkey, long va, Packet from) {
        return memory.store(rkey, Region.REMOTE_WRITE, va, from, 0, from.payloadLength());
    }

    @Override
    public boolean remoteRead(int rkey, long va, int length, Packet into) {
        return memory.append(rkey, Region.REMOTE_READ, va, length, into);
    }

    @Override
    public long remoteAtomic(int rkey, long va, AtomicOperands operands) {
        return memory.atomic(rkey, va, operands);
    }

    @Override
    public boolean invalidate(int rkey) {
        return core.keyOperations.invalidateForPeer(rkey, memory.pd(), qpn);
    }

    /** RTS2SQD is about to be executed. */
    void beginDraining(boolean isEventWanted) {
        isDraining = true;
        wantsDrainEvent = isEventWanted;
    }

    boolean isDraining() {
        return isDraining;
    }

    // ---- events, time, scheduling, port ----

    @Override
    public void asyncEvent(QpEvent event) {
        if (event == QpEvent.SEND_QUEUE_DRAINED) {
            isDraining = false;
            if (!wantsDrainEvent) {
                return;
            }
        }
        core.events.postResource(event.eqeType(), qpn);
    }

    @Override
    public int pKeyIndex(int pKey) {
        return port.pKeyIndex(pKey);
    }

    @Override
    public void keyViolation(boolean isPKey, Packet packet) {
        port.traps.keyViolation(isPKey, packet, qpn);
    }

    @Override
    public AgentTimers timers() {
        return core.timers;
    }

    @Override
    public void runLater() {
        core.runList.add(this);
    }

    @Override
    public int lid() {
        return port.port.lid();
    }

    @Override
    public boolean hasRoom() {
        return port.port.hasRoom();
    }

    @Override
    public Packet newPacket() {
        Packet packet = core.packets.take();
        core.isPoolDry |= packet == null;
        return packet;
    }

    @Override
    public boolean hasPacketsUnderWay() {
        return core.packets.inFlight() > 0;
    }

    @Override
    public void transmit(Packet packet) {
        if (Lrh.isMulticast(packet.dlid())) {
            core.multicastDelivery.loopBack(packet, port);
        }
        port.port.transmit(packet);
    }

    int sendCounter() {
        return sendRing.counter();
    }

    int receiveCounter() {
        return receiveRing == null ? 0 : receiveRing.counter();
    }
}
