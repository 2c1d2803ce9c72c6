package org.legoos.emulator.perftest;

import org.legoos.emulator.bench.BareNode;
import org.legoos.isa.time.Helpers;
import org.legoos.kernel.ib.CompletionQueue;
import org.legoos.kernel.ib.MemoryRegion;
import org.legoos.kernel.ib.ProtectionDomain;
import org.legoos.kernel.ib.QpAttributes;
import org.legoos.kernel.ib.QpCapabilities;
import org.legoos.kernel.ib.QpType;
import org.legoos.kernel.ib.QueuePair;
import org.legoos.kernel.ib.SendWorkRequest;
import org.legoos.kernel.ib.WcStatus;
import org.legoos.kernel.ib.WorkCompletion;
import org.legoos.kernel.syscall.Errno;

/** One end of a test: a queue pair, a buffer to send from and one to receive into, and the moves of the tests. */
public final class PerfEnd implements AutoCloseable {
    private static final int RECEIVES = 512;
    private static final int INLINE_MAX = 236;
    /** 268 ms: two spinning ends and their receivers may have to share two busy cores. */
    private static final int ACK_TIMEOUT = 16;
    /** The other end is gone, or never came. */
    private static final long SILENCE_NS_MAX = 30_000_000_000L;
    private static final int PAGE_BYTES = 4096;
    /** A look at the other threads of the host, for machines with fewer cores than spinners. */
    private static final int SPINS_BEFORE_YIELD = 200;

    private final BareNode node;
    private final PerfPlan plan;
    private final MemoryRegion all;
    private final CompletionQueue sendCq;
    private final CompletionQueue receiveCq;
    private final QueuePair qp;
    private final long sendPa;
    private final long receivePa;
    private final SendWorkRequest request = new SendWorkRequest();
    private final WorkCompletion completion = new WorkCompletion();
    private Helpers.Helper[] helpers = {};
    private long waitingSinceNs; // 0: not waiting
    private final int psn;
    private final int lid;

    public PerfEnd(BareNode node, PerfPlan plan, int psn) {
        this.node = node;
        this.plan = plan;
        this.psn = psn;
        ProtectionDomain pd = node.device.allocPd();
        all = pd.dmaRegion(true);
        sendCq = node.device.createCq(4 * RECEIVES, () -> { });
        receiveCq = node.device.createCq(4 * RECEIVES, () -> { });
        qp = node.device.createQp(pd, QpType.RC, new QpCapabilities(256, RECEIVES, 1, 1, INLINE_MAX), sendCq, receiveCq);
        int frames = (plan.sizeBytes() + PAGE_BYTES - 1) / PAGE_BYTES;
        sendPa = node.frames.allocContiguous(frames);
        receivePa = node.frames.allocContiguous(frames);
        lid = node.device.queryPort(1).lid();
        request.opcode = plan.verb().opcode;
        request.compareAdd = 1;
        request.single(sendPa, plan.sizeBytes(), all.localKey());
        request.inline = plan.kind() == PerfPlan.Kind.LAT && plan.verb().isPingPong() && plan.sizeBytes() <= INLINE_MAX;
    }

    public PerfAddress address() {
        return new PerfAddress(lid, qp.qpn(), psn, all.remoteKey(), receivePa);
    }

    public void connect(PerfAddress peer) {
        QpAttributes attributes = new QpAttributes();
        attributes.destinationLid = peer.lid();
        attributes.destinationQpn = peer.qpn();
        attributes.receivePsn = peer.psn();
        attributes.sendPsn = psn;
        attributes.pathMtuBytes = plan.mtuBytes();
        attributes.ackTimeout = ACK_TIMEOUT;
        request.remoteAddress = peer.buffer();
        request.remoteKey = peer.remoteKey();
        check(qp.toInit(attributes));
        check(qp.toReadyToReceive(attributes));
        check(qp.toReadyToSend(attributes));
        if (plan.verb() == PerfPlan.Verb.SEND) {
            for (int i = 0; i < RECEIVES; i++) {
                postReceive();
            }
        }
    }

    private void postReceive() {
        check(qp.postReceive(0, receivePa, plan.sizeBytes(), all.localKey()));
    }

    /** The calling thread runs this end from now on, and looks after the wire while it waits. */
    public void enter() {
        helpers = Helpers.begin();
    }

    public void leave() {
        Helpers.end(helpers);
    }

    @Override
    public void close() {
        qp.close();
        sendCq.close();
        receiveCq.close();
        int frames = (plan.sizeBytes() + PAGE_BYTES - 1) / PAGE_BYTES;
        node.frames.freeContiguous(sendPa, frames);
        node.frames.freeContiguous(receivePa, frames);
    }

    /** Posts one message; with {@code signaled} it completes on the send queue's CQ. @return false when the queue is full */
    boolean tryPost(boolean signaled) {
        request.signaled = signaled;
        int result = qp.postSend(request);
        if (result == -Errno.ENOMEM) {
            return false;
        }
        check(result);
        return true;
    }

    /** Posts message {@code number} of a ping-pong: a WRITE's last byte tells the number. */
    public void ping(int number) {
        if (plan.verb() == PerfPlan.Verb.WRITE) {
            node.memory.putByte(sendPa + plan.sizeBytes() - 1, (byte) number);
        }
        if (!tryPost(true)) {
            throw new IllegalStateException("the send queue is full");
        }
    }

    /** Waits for message {@code number} of a ping-pong. */
    public void awaitPing(int number) {
        if (plan.verb() != PerfPlan.Verb.WRITE) {
            await(receiveCq);
            postReceive();
            return;
        }
        long last = receivePa + plan.sizeBytes() - 1;
        int shift = (int) (last & 7) * 8;
        int spins = 0;
        while ((byte) (node.memory.getLongAcquire(last & -8) >>> shift) != (byte) number) {
            spins = relax(spins);
        }
        waitingSinceNs = 0;
    }

    /** Waits for the completion of one signaled message. */
    public void awaitSent() {
        await(sendCq);
    }

    /** Takes one completion of the send queue, if there is one. */
    boolean pollSent() {
        if (!sendCq.poll(completion)) {
            return false;
        }
        checkCompletion();
        return true;
    }

    /** Takes what has been received and makes room for as much. @return how many messages */
    int drainReceived() {
        int count = 0;
        while (receiveCq.poll(completion)) {
            checkCompletion();
            postReceive();
            count++;
        }
        return count;
    }

    private void await(CompletionQueue cq) {
        int spins = 0;
        while (!cq.poll(completion)) {
            spins = relax(spins);
        }
        checkCompletion();
    }

    /** One turn of a loop that waits: the thread does what the wire has to do meanwhile. */
    int relax(int spins) {
        Helpers.help(helpers);
        if (spins >= SPINS_BEFORE_YIELD) {
            long nowNs = node.clock.nowNs();
            if (waitingSinceNs == 0) {
                waitingSinceNs = nowNs;
            } else if (nowNs - waitingSinceNs > SILENCE_NS_MAX) {
                throw new IllegalStateException("nothing came for " + SILENCE_NS_MAX / 1_000_000_000L + " s");
            }
            Thread.yield();
            return 0;
        }
        Thread.onSpinWait();
        return spins + 1;
    }

    private void checkCompletion() {
        waitingSinceNs = 0;
        if (completion.status != WcStatus.SUCCESS) {
            throw new IllegalStateException("completion with status " + completion.status);
        }
    }

    private static void check(int result) {
        if (result != 0) {
            throw new IllegalStateException("errno " + -result);
        }
    }
}
