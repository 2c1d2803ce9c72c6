package org.legoos.kernel.drivers.mlx4;

import java.util.function.Consumer;
import org.legoos.kernel.drivers.pci.Mmio;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.ib.QpAttributes;
import org.legoos.kernel.ib.QpCapabilities;
import org.legoos.kernel.ib.QpType;
import org.legoos.kernel.ib.QueuePair;
import org.legoos.kernel.ib.SendWorkRequest.Opcode;
import org.legoos.kernel.ib.SendWorkRequest;
import org.legoos.kernel.ib.WcOpcode;
import org.legoos.kernel.ib.WcStatus;
import org.legoos.kernel.ib.WorkCompletion;
import org.legoos.kernel.syscall.Errno;
import org.legoos.mlx4.prm.Uar;

/** A queue pair (Linux mlx4_ib qp.c). Posting rings the doorbell outside of the queue's lock. */
final class Mlx4Qp implements QueuePair {
    private enum State { RESET, INIT, RTR, RTS, ERROR }

    private final Mlx4Device device;
    private final QpTransitions transitions;
    private final QpTransitions.Identity identity;
    private final QpCapabilities capabilities;
    private final QueueMemory queue;
    private final Mlx4Cq sendCq;
    private final Mlx4Cq receiveCq;
    private final SendQueue sends;
    private final ReceiveQueue receives;
    private final Mlx4Srq shared; // null: receives are its own
    private final Mmio uar;
    private final long doorbell;
    private final int doorbellValue;
    private final BlueFlame blueFlame; // null: not in use
    private volatile State state = State.RESET;
    private int port = 1;
    private boolean isClosed; // guarded by this

    Mlx4Qp(Mlx4Device device, int qpn, QpType type, int pd, QpGeometry geometry, QpCapabilities wanted, Mlx4Cq sendCq, Mlx4Cq receiveCq,
            Mlx4Srq shared) {
        this.device = device;
        this.shared = shared;
        this.transitions = device.transitions();
        this.sendCq = sendCq;
        this.receiveCq = receiveCq;
        queue = new QueueMemory(device, geometry.bufferBytes(), "queue pair " + qpn);
        long record = queue.doorbellRecord;
        identity = new QpTransitions.Identity(qpn, type, pd, sendCq.cqn(), receiveCq.cqn(), geometry, queue.mapping, record,
                shared == null ? QpTransitions.NO_SRQ : shared.srqn());
        capabilities = new QpCapabilities(geometry.maxSends(), geometry.receiveSlots(), wanted.maxSendSge(),
                Math.max(1, wanted.maxRecvSge()), wanted.maxInlineBytes());
        sends = new SendQueue(device.host().memory().segment(), queue.buffer.pa() + geometry.sendOffset(), geometry);
        receives = new ReceiveQueue(device.host().memory().segment(), queue.buffer.pa() + geometry.receiveOffset(), record, geometry);
        uar = device.uar();
        doorbell = Uar.sendDoorbell(Mlx4Device.UAR_PAGE);
        doorbellValue = Uar.SEND_QPN.of0(qpn);
        blueFlame = device.blueFlame(qpn);
    }

    @Override
    public int qpn() {
        return identity.qpn();
    }

    @Override
    public QpType type() {
        return identity.type();
    }

    @Override
    public QpCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public synchronized int toInit(QpAttributes attributes) {
        if (state != State.RESET) {
            return -Errno.EINVAL;
        }
        port = attributes.port;
        sends.reset();
        receives.reset();
        return change(State.INIT, with -> transitions.resetToInit(identity, with), attributes);
    }

    @Override
    public synchronized int toReadyToReceive(QpAttributes attributes) {
        return state != State.INIT
                ? -Errno.EINVAL
                : change(State.RTR, with -> transitions.initToReadyToReceive(identity, with), attributes);
    }

    @Override
    public synchronized int toReadyToSend(QpAttributes attributes) {
        return state != State.RTR
                ? -Errno.EINVAL
                : change(State.RTS, with -> transitions.readyToReceiveToSend(identity, with), attributes);
    }

    @Override
    public synchronized int toError() {
        return isClosed || state == State.RESET ? -Errno.EINVAL : change(State.ERROR, with -> transitions.toError(identity), null);
    }

    @Override
    public synchronized int toReset() {
        int error = isClosed ? -Errno.EINVAL : change(State.RESET, with -> transitions.toReset(identity), null);
        if (error == 0) {
            purge();
        }
        return error;
    }

    private void purge() {
        receiveCq.purge(identity.qpn(), shared);
        if (sendCq != receiveCq) {
            sendCq.purge(identity.qpn(), shared);
        }
    }

    private int change(State to, Consumer<QpAttributes> command, QpAttributes attributes) {
        try {
            command.accept(attributes);
            state = to;
            return 0;
        } catch (IbException e) {
            device.host().log().warn("mlx4_core: QP %06x to %s: %s", identity.qpn(), to, e.getMessage());
            return -e.errno();
        }
    }

    @Override
    public int postSend(SendWorkRequest request) {
        State now = state;
        if (now != State.RTS && now != State.ERROR || !isValid(request)) {
            return -Errno.EINVAL;
        }
        if (device.hasCardFailed()) {
            return -Errno.EIO;
        }
        long posted = sends.post(request, identity.type(), identity.pd(), port, blueFlame, identity.qpn());
        if (posted == SendQueue.FULL) {
            return -Errno.ENOMEM;
        }
        if (posted == SendQueue.POSTED || !blueFlame.write(device.host().memory().segment(), posted)) {
            uar.write32Be(doorbell, doorbellValue);
        }
        return 0;
    }

    private boolean isValid(SendWorkRequest request) {
        Opcode opcode = request.opcode;
        boolean isSend = opcode == Opcode.SEND || opcode == Opcode.SEND_WITH_IMM || opcode == Opcode.SEND_WITH_INV && isReliable();
        boolean isWrite = opcode == Opcode.RDMA_WRITE || opcode == Opcode.RDMA_WRITE_WITH_IMM;
        boolean isOffered = switch (identity.type()) {
            case RC -> true;
            case UC -> isSend || isWrite || opcode.isLocal();
            case UD -> isSend;
            case GSI -> opcode == Opcode.SEND && request.sgeCount == 1 && !request.inline;
        };
        if (opcode.isLocal()) {
            return isOffered && KeyWqe.isValid(request);
        }
        if (opcode == Opcode.MASKED_ATOMIC_CMP_AND_SWP && !identity.geometry().holdsMaskedCompareSwap()) {
            return false;
        }
        if (!isOffered || request.sgeCount < 0 || request.sgeCount > capabilities.maxSendSge()) {
            return false;
        }
        long totalBytes = 0;
        for (int i = 0; i < request.sgeCount; i++) {
            if (request.sgeLengthBytes[i] < 0) {
                return false;
            }
            totalBytes += request.sgeLengthBytes[i];
        }
        return !request.inline || (isSend || isWrite) && totalBytes <= capabilities.maxInlineBytes();
    }

    private boolean isReliable() {
        return identity.type() == QpType.RC;
    }

    @Override
    public int postReceive(long workRequestId, long address, int lengthBytes, int localKey) {
        if (state == State.RESET || lengthBytes < 0 || shared != null) {
            return -Errno.EINVAL;
        }
        return receives.post(workRequestId, address, lengthBytes, localKey) ? 0 : -Errno.ENOMEM;
    }

    /** Called with the CQ's lock held. */
    boolean flushOne(Mlx4Cq cq, WorkCompletion to) {
        boolean isSend = cq == sendCq && !sends.isEmpty();
        if (!isSend && (cq != receiveCq || shared != null || receives.isEmpty())) {
            return false;
        }
        to.workRequestId = isSend ? sends.done() : receives.done();
        to.qpn = identity.qpn();
        to.status = WcStatus.WR_FLUSH_ERR;
        to.opcode = isSend ? WcOpcode.SEND : WcOpcode.RECV;
        to.vendorError = 0;
        to.lengthBytes = 0;
        to.hasImmediate = false;
        to.hasGrh = false;
        to.invalidatedKey = 0;
        return true;
    }

    long sendDone(int wqeCounter) {
        return sends.done(wqeCounter);
    }

    long receiveDone(int wqeIndex) {
        return shared == null ? receives.done() : shared.done(wqeIndex);
    }

    @Override
    public int attachMulticast(long gidHigh, long gidLow) {
        return group(() -> device.groups().attach(identity.qpn(), gidHigh, gidLow));
    }

    @Override
    public int detachMulticast(long gidHigh, long gidLow) {
        return group(() -> device.groups().detach(identity.qpn(), gidHigh, gidLow));
    }

    private int group(Runnable change) {
        if (identity.type() != QpType.UD) {
            return -Errno.EINVAL;
        }
        try {
            change.run();
            return 0;
        } catch (IbException e) {
            return -e.errno();
        }
    }

    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        if (state != State.RESET) {
            transitions.toReset(identity);
            state = State.RESET;
        }
        purge();
        device.dropQp(this);
        queue.release();
    }
}
