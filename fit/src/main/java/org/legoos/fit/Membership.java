package org.legoos.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.time.Clock;
import org.legoos.isa.time.SerialAgent;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.ib.CompletionQueue;
import org.legoos.kernel.ib.ProtectionDomain;
import org.legoos.kernel.ib.QpAttributes;
import org.legoos.kernel.ib.QpCapabilities;
import org.legoos.kernel.ib.QpType;
import org.legoos.kernel.ib.QueuePair;
import org.legoos.kernel.ib.SendWorkRequest;
import org.legoos.kernel.ib.WcStatus;
import org.legoos.kernel.ib.WorkCompletion;
import org.legoos.kernel.printk.LogLevel;
import org.legoos.kernel.sched.WaitQueue;

/**
 * Joining and leaving. Each node sends a {@link Hello} datagram to every peer that has not joined, again
 * and again, until both sides have heard each other; unlike a connected QP, a datagram QP survives a peer
 * that boots later or never.
 */
final class Membership extends SerialAgent {
    private static final long HELLO_INTERVAL_NS = 20_000_000;
    private static final int RECEIVES = 64;
    /** What every version of the datagram has: magic, version, node id. */
    private static final int HELLO_COMMON_BYTES = 12;
    private static final int GRH_BYTES = 40;
    private static final int BUFFER_STRIDE = 128;
    private static final int BUFFERS_BYTES = RECEIVES * BUFFER_STRIDE;

    private final Fit fit;
    private final FitConfig config;
    private final PhysicalMemory memory;
    private final Clock clock;
    private final CompletionQueue cq;
    private final QueuePair qp;
    private final long buffersPa;
    private final long sendPa;
    private final int localKey;
    private final WorkCompletion completion = new WorkCompletion();
    private final SendWorkRequest request = new SendWorkRequest();
    private final Hello hello = new Hello();
    private final Clock.Timer resend;
    private final WaitQueue waiters = new WaitQueue();
    private final BooleanSupplier allJoined = this::isComplete;
    private volatile boolean resendDue;
    private final int incarnation;
    private final int mtuBytes;
    private volatile boolean closed;

    Membership(Fit fit, FitConfig config, Kernel kernel, ProtectionDomain pd, int localKey, int mtuBytes) {
        this.fit = fit;
        this.config = config;
        this.memory = kernel.memory();
        this.clock = kernel.clock();
        this.localKey = localKey;
        this.mtuBytes = mtuBytes;
        int frames = (BUFFERS_BYTES + config.nodeCount() * BUFFER_STRIDE + PhysicalMemory.PAGE_SIZE - 1) / PhysicalMemory.PAGE_SIZE;
        buffersPa = kernel.frames().allocContiguous(frames);
        sendPa = buffersPa + BUFFERS_BYTES;
        cq = kernel.ib().createCq(2 * RECEIVES, this::signal);
        qp = kernel.ib().createQp(pd, QpType.UD, new QpCapabilities(RECEIVES, RECEIVES, 1, 1, 0), cq, cq);
        if (qp.qpn() != config.helloQpn()) {
            throw new IllegalStateException("fit: join QP is " + qp.qpn() + ", not " + config.helloQpn());
        }
        resend = clock.newTimer(this::onTimer);
        long wallNs = clock.wallTimeNs();
        incarnation = (int) (wallNs ^ wallNs >>> 32);
    }

    /** Brings the QP up and starts saying hello. */
    void start() {
        QpAttributes attributes = new QpAttributes();
        attributes.qkey = Hello.QKEY;
        int result = qp.toInit(attributes);
        for (int i = 0; result == 0 && i < RECEIVES; i++) {
            result = postReceive(i);
        }
        result = result != 0 ? result : qp.toReadyToReceive(attributes);
        result = result != 0 ? result : qp.toReadyToSend(attributes);
        if (result != 0) {
            throw new IllegalStateException("fit: join QP does not come up: errno " + -result);
        }
        cq.requestNotification(false);
        onTimer();
    }

    /** Waits for every peer, but not for one that cannot join when {@code isStrict}. @return those that did not join */
    List<Peer> awaitAll(long deadlineNs, boolean isStrict) {
        waiters.await(clock, isStrict ? this::isCompleteOrVain : allJoined, 0, deadlineNs);
        List<Peer> missing = new ArrayList<>();
        for (Peer peer : fit.peers()) {
            if (!peer.isJoined()) {
                missing.add(peer);
            }
        }
        return missing;
    }

    private boolean isCompleteOrVain() {
        for (Peer peer : fit.peers()) {
            if (peer.complaint != null) {
                return true;
            }
        }
        return isComplete();
    }

    private boolean isComplete() {
        if (closed) {
            return true;
        }
        for (Peer peer : fit.peers()) {
            if (!peer.isJoined()) {
                return false;
            }
        }
        return true;
    }

    /** Says hello to a peer again, as if it had never been there. */
    void forget(Peer peer) {
        peer.heard = false;
        peer.state = Peer.State.ABSENT;
        onTimer();
    }

    private void onTimer() {
        resendDue = true;
        signal();
    }

    @Override
    protected void doWork() {
        if (closed) {
            return;
        }
        if (resendDue) {
            resendDue = false;
            sayHelloToAbsent();
        }
        drain();
        cq.requestNotification(false);
        drain();
    }

    private void drain() {
        while (cq.poll(completion)) {
            if (completion.status == WcStatus.SUCCESS && completion.opcode == org.legoos.kernel.ib.WcOpcode.RECV) {
                int index = (int) completion.workRequestId;
                if (completion.lengthBytes >= GRH_BYTES + HELLO_COMMON_BYTES) {
                    hello.read(memory, buffersPa + (long) index * BUFFER_STRIDE + GRH_BYTES);
                    onHello();
                }
                postReceive(index);
            }
        }
    }

    private int postReceive(int index) {
        return qp.postReceive(index, buffersPa + (long) index * BUFFER_STRIDE, BUFFER_STRIDE, localKey);
    }

    private void sayHelloToAbsent() {
        boolean anyAbsent = false;
        for (Peer peer : fit.peers()) {
            if (peer.state == Peer.State.ABSENT) {
                anyAbsent = true;
                say(peer, peer.heard ? Hello.HEARD_YOU : 0);
            }
        }
        if (anyAbsent) {
            resend.arm(clock.nowNs() + HELLO_INTERVAL_NS);
        }
    }

    private void say(Peer peer, int flags) {
        long pa = sendPa + (long) peer.node * BUFFER_STRIDE;
        Hello mine = new Hello();
        mine.node = config.localId();
        mine.nodeCount = config.nodeCount();
        mine.ringPa = peer.receiveRing.basePa;
        mine.rkey = fit.remoteKey();
        mine.firstQpn = config.firstQpn();
        mine.qpsPerPair = config.qpsPerPair();
        mine.flags = flags;
        mine.incarnation = incarnation;
        mine.mtuBytes = mtuBytes;
        mine.name = config.hostNames().get(config.localId());
        mine.write(memory, pa);
        request.opcode = SendWorkRequest.Opcode.SEND;
        request.signaled = true;
        request.single(pa, Hello.SIZE_BYTES, localKey);
        request.remoteLid = peer.lid;
        request.remoteQpn = config.helloQpn();
        request.remoteQkey = Hello.QKEY;
        qp.postSend(request);
    }

    private void onHello() {
        Peer peer = checkedSender();
        if (peer == null) {
            return;
        }
        if ((hello.flags & Hello.BYE) != 0) {
            fit.departures().saidBye(peer);
            return;
        }
        if (peer.heard && peer.incarnation != hello.incarnation) {
            if (peer.node == config.statelessNode()) {
                fit.departures().cameBack(peer);
            } else {
                fit.departures().restarted(peer);
            }
            return;
        }
        boolean firstTime = !peer.heard;
        if (firstTime) {
            peer.remoteRingPa = hello.ringPa;
            peer.remoteKey = hello.rkey;
            peer.incarnation = hello.incarnation;
            peer.heard = true;
        }
        boolean peerHeardUs = (hello.flags & Hello.HEARD_YOU) != 0;
        if (!peerHeardUs || firstTime) {
            say(peer, Hello.HEARD_YOU);
        }
        if (peerHeardUs && peer.state == Peer.State.ABSENT) {
            peer.state = Peer.State.JOINED;
            fit.joined(peer);
            waiters.wakeAll();
        }
    }

    /** The peer that the hello is from, or null if it does not fit this cluster. */
    private Peer checkedSender() {
        if (hello.magic != Hello.MAGIC) {
            return null;
        }
        Peer sender = fit.peerOfLid(completion.sourceLid);
        String complaint = sender == null ? "is none of this cluster" : complaintAbout(sender);
        if (complaint == null) {
            return sender;
        }
        if (sender != null && sender.state == Peer.State.ABSENT) {
            say(sender, 0); // so that its user is told, too, before we give up
            sender.complaint = complaint;
            waiters.wakeAll();
        }
        fit.log().once(LogLevel.WARNING, "hello-" + completion.sourceLid, "fit: the node at LID %d %s: ignored", completion.sourceLid,
                complaint);
        return null;
    }

    /** What of the hello cannot be, in words for the user; null: it fits. */
    private String complaintAbout(Peer sender) {
        if (hello.version != Hello.VERSION) {
            return "speaks FIT version " + hello.version + ", we speak " + Hello.VERSION + ": run the same build on both";
        }
        String name = Hello.asSent(sender.hostName);
        return hello.node != sender.node ? "says that it is node " + hello.node + " (CONFIG_FIT_LOCAL_ID): is its address that of another?"
                : hello.nodeCount != config.nodeCount() ? differs("FIT_NR_NODES", hello.nodeCount, config.nodeCount())
                : hello.firstQpn != config.firstQpn() ? differs("FIT_FIRST_QPN", hello.firstQpn, config.firstQpn())
                : hello.qpsPerPair != config.qpsPerPair() ? differs("FIT_NR_QPS_PER_PAIR", hello.qpsPerPair, config.qpsPerPair())
                : !hello.name.equals(name) ? "calls itself " + hello.name + ", but here it is " + name
                        + " (CONFIG_FIT_NODE_HOSTNAMES): is its topology another?"
                : hello.mtuBytes != mtuBytes ? "sends packets of " + hello.mtuBytes + " bytes, we of " + mtuBytes
                        + ": give both the same CONFIG_FIT_UDP_MTU"
                : null;
    }

    private static String differs(String option, int theirs, int ours) {
        return "has CONFIG_" + option + "=" + theirs + ", we have " + ours;
    }

    /** Says goodbye and stops. */
    void close() {
        resend.cancel();
        for (Peer peer : fit.peers()) {
            if (peer.isJoined()) {
                say(peer, Hello.BYE);
            }
        }
        closed = true;
        waiters.wakeAll();
    }
}
