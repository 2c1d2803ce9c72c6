package org.legoos.emulator.peer;

import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.legoos.emulator.bench.BareNode;
import org.legoos.kernel.ib.CompletionQueue;
import org.legoos.kernel.ib.MemoryRegion;
import org.legoos.kernel.ib.QpAttributes;
import org.legoos.kernel.ib.QpCapabilities;
import org.legoos.kernel.ib.QpType;
import org.legoos.kernel.ib.QueuePair;
import org.legoos.kernel.ib.SendWorkRequest;
import org.legoos.kernel.ib.SharedReceiveQueue;
import org.legoos.kernel.ib.WcStatus;
import org.legoos.kernel.ib.WorkCompletion;
import org.legoos.kernel.syscall.Errno;

/**
 * One end of a conversation over the card: queue pairs, a buffer to send from and one to receive into, as the verbs
 * programs of Linux have them. One thread uses it.
 */
public final class VerbsEnd implements AutoCloseable {
    /** In front of each datagram received. */
    private static final int GRH_BYTES = 40;
    /** Of all these programs. */
    private static final int QKEY = 0x11111111;
    /** 268 ms: the other end may be a virtual machine on a busy host. */
    private static final int ACK_TIMEOUT = 16;
    private static final int PAGE_BYTES = 4096;
    private static final int PSN_BITS = 24;
    private static final long LINGER_NS = 500_000_000;

    /** Where messages of one queue pair go to. */
    public record Remote(int lid, int qpn, int psn, int remoteKey, long buffer) {}

    private final PeerNode peer;
    private final BareNode node;
    private final EndPlan plan;
    private final int frames;
    private final Waiting waiting;
    private final QueuePair[] queuePairs;
    private final int[] psns;
    private final Remote[] remotes;
    private final SendWorkRequest request = new SendWorkRequest();
    private final WorkCompletion completion = new WorkCompletion();
    private long sendPa;
    private long receivePa;
    private MemoryRegion memory;
    private MemoryRegion window; // of the buffer to receive into, for the other end
    private CompletionQueue sendCq;
    private CompletionQueue receiveCq;
    private SharedReceiveQueue shared; // or null

    /** @throws RuntimeException for the user: the card or the memory has no room */
    public VerbsEnd(PeerNode peer, EndPlan plan) {
        this.peer = peer;
        this.plan = plan;
        node = peer.node();
        frames = (plan.bufferBytes() + GRH_BYTES + PAGE_BYTES - 1) / PAGE_BYTES;
        Waiting.Sleeping sleeping = plan.sleeps() ? new Waiting.Sleeping(node.clock) : null;
        waiting = sleeping == null ? new Waiting.Looking(node.clock) : sleeping;
        queuePairs = new QueuePair[plan.queuePairs()];
        psns = new SplittableRandom(node.clock.nowNs()).ints(plan.queuePairs(), 0, 1 << PSN_BITS).toArray();
        remotes = new Remote[plan.queuePairs()];
        try {
            make(sleeping);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void make(Waiting.Sleeping sleeping) {
        memory = peer.memory();
        Runnable onEvent = sleeping == null ? () -> { } : sleeping::event;
        int receives = plan.sharesReceives() ? plan.receiveDepth() : plan.receiveDepth() * plan.queuePairs();
        sendCq = node.device.createCq(plan.sendDepth() * plan.queuePairs() + 1, onEvent);
        receiveCq = node.device.createCq(receives + 1, onEvent);
        if (sleeping != null) {
            sleeping.watch(sendCq, receiveCq);
        }
        if (plan.sharesReceives()) {
            shared = node.device.createSrq(peer.pd(), plan.receiveDepth(), () -> { });
        }
        for (int i = 0; i < queuePairs.length; i++) {
            QpCapabilities wanted = new QpCapabilities(plan.sendDepth(), plan.sharesReceives() ? 0 : plan.receiveDepth(), 1, 1,
                    plan.inlineBytes());
            queuePairs[i] = shared == null
                    ? node.device.createQp(peer.pd(), plan.service(), wanted, sendCq, receiveCq)
                    : node.device.createQp(peer.pd(), plan.service(), wanted, sendCq, receiveCq, shared);
            QpAttributes attributes = new QpAttributes();
            attributes.qkey = QKEY;
            check(queuePairs[i].toInit(attributes), "INIT");
        }
        sendPa = node.frames.allocContiguous(frames);
        receivePa = node.frames.allocContiguous(frames);
        if (sendPa == 0 || receivePa == 0) {
            throw new IllegalStateException("the node has no memory for two buffers of " + plan.bufferBytes() + " bytes");
        }
        window = peer.pd().register(receivePa, receivePa, (long) frames * PAGE_BYTES, true);
    }

    public int qpn(int index) {
        return queuePairs[index].qpn();
    }

    public int psn(int index) {
        return psns[index];
    }

    public int remoteKey() {
        return window.remoteKey();
    }

    /** Where the other end may write to and read from. */
    public long receiveBuffer() {
        return receivePa;
    }

    /** @param mtuBytes of the path; @param readsAtOnce RDMA READs and atomics outstanding, at most */
    public void connect(int index, Remote remote, int mtuBytes, int readsAtOnce) {
        QpAttributes attributes = new QpAttributes();
        attributes.qkey = QKEY;
        attributes.destinationLid = remote.lid();
        attributes.destinationQpn = remote.qpn();
        attributes.receivePsn = remote.psn();
        attributes.sendPsn = psns[index];
        attributes.pathMtuBytes = mtuBytes;
        attributes.ackTimeout = ACK_TIMEOUT;
        attributes.maxRdAtomic = readsAtOnce;
        attributes.maxDestRdAtomic = readsAtOnce;
        remotes[index] = remote;
        check(queuePairs[index].toReadyToReceive(attributes), "RTR");
        check(queuePairs[index].toReadyToSend(attributes), "RTS");
    }

    /** Makes room for one message on a queue pair, or on all when receives are shared. */
    public void postReceive(int index, int bytes) {
        int room = plan.service() == QpType.UD ? bytes + GRH_BYTES : bytes;
        int result = shared == null
                ? queuePairs[index].postReceive(index, receivePa, room, memory.localKey())
                : shared.postReceive(index, receivePa, room, memory.localKey());
        check(result, "a receive");
    }

    /** Posts one message. Signaled, it completes on the send queue. @return false when the queue is full */
    public boolean tryPost(int index, SendWorkRequest.Opcode opcode, int bytes, boolean isSignaled) {
        Remote remote = remotes[index];
        request.workRequestId = index;
        request.opcode = opcode;
        request.signaled = isSignaled;
        request.single(sendPa, bytes, memory.localKey());
        request.inline = bytes <= plan.inlineBytes()
                && (opcode == SendWorkRequest.Opcode.SEND || opcode == SendWorkRequest.Opcode.RDMA_WRITE);
        request.compareAdd = 1;
        request.remoteAddress = remote.buffer();
        request.remoteKey = remote.remoteKey();
        request.remoteLid = remote.lid();
        request.remoteQpn = remote.qpn();
        request.remoteQkey = QKEY;
        int result = queuePairs[index].postSend(request);
        if (result == -Errno.ENOMEM) {
            return false;
        }
        check(result, "a send");
        return true;
    }

    /** As the other, when there must be room. */
    public void post(int index, SendWorkRequest.Opcode opcode, int bytes, boolean isSignaled) {
        if (!tryPost(index, opcode, bytes, isSignaled)) {
            throw new IllegalStateException("the send queue is full");
        }
    }

    /** The calling thread uses this end from now on. */
    public void begin() {
        waiting.begin();
    }

    public void end() {
        waiting.end();
    }

    /** Takes one completion of a send, if there is one. */
    public boolean pollSent() {
        return poll(sendCq);
    }

    /** Takes one message received, if there is one. */
    public boolean pollReceived() {
        return poll(receiveCq);
    }

    public void awaitSent() {
        while (!poll(sendCq)) {
            waiting.pause();
        }
    }

    public void awaitReceived() {
        while (!poll(receiveCq)) {
            waiting.pause();
        }
    }

    /**
     * For programs that part without a word: the card goes on to acknowledge for a while, until the other end must have every
     * completion that it waits for, even if it has to repeat something.
     */
    public void linger() {
        if (plan.service() == QpType.RC) {
            LockSupport.parkNanos(LINGER_NS);
        }
    }

    /** Nothing has come: waits for a while. */
    public void pause() {
        waiting.pause();
    }

    /** Which queue pair the last send that was taken belongs to. */
    public int sentOn() {
        return (int) completion.workRequestId;
    }

    /** Which queue pair the last message taken came to. */
    public int receivedOn() {
        for (int i = 0; i < queuePairs.length; i++) {
            if (queuePairs[i].qpn() == completion.qpn) {
                return i;
            }
        }
        throw new IllegalStateException("completion of a queue pair that is none of ours");
    }

    private boolean poll(CompletionQueue cq) {
        if (!cq.poll(completion)) {
            return false;
        }
        waiting.succeeded();
        if (completion.status != WcStatus.SUCCESS) {
            throw new IllegalStateException("completion with status " + completion.status);
        }
        return true;
    }

    /** Sets a byte of the buffer that is sent from. */
    public void putByte(int offset, byte value) {
        node.memory.putByte(sendPa + offset, value);
    }

    /** Waits until the other end has written this value into a byte of the buffer. */
    public void awaitByte(int offset, byte value) {
        long at = receivePa + offset;
        int shift = (int) (at & Long.BYTES - 1) * Byte.SIZE;
        while ((byte) (node.memory.getLongAcquire(at & -Long.BYTES) >>> shift) != value) {
            waiting.pause();
        }
        waiting.succeeded();
    }

    private static void check(int result, String what) {
        if (result != 0) {
            throw new IllegalStateException("the card refuses " + what + ": errno " + -result);
        }
    }

    @Override
    public void close() {
        for (QueuePair queuePair : queuePairs) {
            if (queuePair != null) {
                queuePair.close();
            }
        }
        if (shared != null) {
            shared.close();
        }
        for (CompletionQueue cq : new CompletionQueue[] {sendCq, receiveCq}) {
            if (cq != null) {
                cq.close();
            }
        }
        if (window != null) {
            window.close();
        }
        for (long pa : new long[] {sendPa, receivePa}) {
            if (pa != 0) {
                node.frames.freeContiguous(pa, frames);
            }
        }
    }
}
