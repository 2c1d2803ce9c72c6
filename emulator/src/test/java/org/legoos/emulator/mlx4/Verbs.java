package org.legoos.emulator.mlx4;

import static org.assertj.core.api.Assertions.assertThat;

import org.legoos.emulator.bench.BareNode;
import org.legoos.isa.time.VirtualClock;
import org.legoos.kernel.ib.CompletionQueue;
import org.legoos.kernel.ib.MemoryRegion;
import org.legoos.kernel.ib.ProtectionDomain;
import org.legoos.kernel.ib.QpAttributes;
import org.legoos.kernel.ib.QpCapabilities;
import org.legoos.kernel.ib.QpType;
import org.legoos.kernel.ib.QueuePair;
import org.legoos.kernel.ib.SendWorkRequest;
import org.legoos.kernel.ib.WorkCompletion;

/** One node's end of a conversation: a PD, a region over all memory, a CQ with its interrupt counted, a QP, a buffer. */
final class Verbs {
    static final int BUFFER_BYTES = 1 << 20;

    final BareNode node;
    final ProtectionDomain pd;
    final MemoryRegion all;
    final CompletionQueue cq;
    final QueuePair qp;
    final long buffer;
    final SendWorkRequest request = new SendWorkRequest();
    final QpAttributes attributes = new QpAttributes();
    int events;

    Verbs(BareNode node, QpType type, int depth) {
        this(node, type, depth, null);
    }

    /** With a CQ of somebody else, unless that is null. */
    Verbs(BareNode node, QpType type, int depth, CompletionQueue shared) {
        this(node, type, depth, shared, node.device.allocPd());
    }

    /** In a given protection domain. */
    Verbs(BareNode node, QpType type, int depth, CompletionQueue shared, ProtectionDomain pd) {
        this(node, type, depth, shared, pd, new QpCapabilities(depth, depth, 4, 1, 256));
    }

    Verbs(BareNode node, QpType type, int depth, CompletionQueue shared, ProtectionDomain pd, QpCapabilities capabilities) {
        this.node = node;
        this.pd = pd;
        all = pd.dmaRegion(true);
        cq = shared != null ? shared : node.device.createCq(4 * depth, () -> events++);
        qp = node.device.createQp(pd, type, capabilities, cq, cq);
        buffer = node.frames.allocContiguous(BUFFER_BYTES >> 12);
        attributes.qkey = 0x1234_5678;
    }

    /** Takes both ends to RTS. */
    static void connect(Verbs a, Verbs b) {
        a.up(b);
        b.up(a);
    }

    void up(Verbs peer) {
        attributes.destinationLid = peer.lid();
        attributes.destinationQpn = peer.qp.qpn();
        assertThat(qp.toInit(attributes)).isZero();
        assertThat(qp.toReadyToReceive(attributes)).isZero();
        assertThat(qp.toReadyToSend(attributes)).isZero();
    }

    int lid() {
        return node.device.queryPort(1).lid();
    }

    /** Posts {@code opcode} of one piece of this buffer, with id 1. */
    int post(SendWorkRequest.Opcode opcode, long offset, int lengthBytes) {
        request.opcode = opcode;
        request.workRequestId = 1;
        request.signaled = true;
        request.single(buffer + offset, lengthBytes, all.localKey());
        return qp.postSend(request);
    }

    void target(Verbs peer, long offset) {
        request.remoteAddress = peer.buffer + offset;
        request.remoteKey = peer.all.remoteKey();
    }

    int receive(long id, long offset, int lengthBytes) {
        return qp.postReceive(id, buffer + offset, lengthBytes, all.localKey());
    }

    /** The next completion; in virtual time it may need timers, of which it fires a bounded number. */
    WorkCompletion completion() {
        WorkCompletion completion = new WorkCompletion();
        for (int i = 0; i < 10_000; i++) {
            if (cq.poll(completion)) {
                return completion;
            }
            if (!(node.clock instanceof VirtualClock virtual) || !virtual.advanceToNextTimer()) {
                break;
            }
        }
        throw new AssertionError("no completion on " + node.hca + "; card says " + node.cardLog + "\n" + node.log.dump());
    }

    boolean isIdle() {
        return !cq.poll(new WorkCompletion());
    }

    void fill(long offset, int lengthBytes, int seed) {
        for (int i = 0; i < lengthBytes; i++) {
            node.memory.putByte(buffer + offset + i, (byte) (seed + i * 7 + (i >> 8)));
        }
    }

    byte[] bytes(long offset, int lengthBytes) {
        byte[] out = new byte[lengthBytes];
        node.memory.read(buffer + offset, out, 0, lengthBytes);
        return out;
    }
}
