package org.legoos.fit;

import java.util.concurrent.atomic.AtomicBoolean;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.syscall.Errno;

/** Another node of the cluster, as this one sees it. */
final class Peer {
    /** Where the peer stands; forward only, but for a stateless one, which may come back. */
    enum State { ABSENT, JOINED, LEFT }

    final int node;
    final String hostName;
    final int lid;
    final FitQp[] qps;
    final SendRing sendRing = new SendRing();
    final ReceiveRing receiveRing;
    /** Senders that wait for ring space or a queue slot. */
    final WaitQueue room = new WaitQueue();

    volatile State state = State.ABSENT;
    volatile long remoteRingPa;
    volatile int remoteKey;
    /** The peer's hello has come. */
    volatile boolean heard;
    volatile int incarnation;
    /** What does not fit in the peer's hello, in words; null when nothing. */
    volatile String complaint;

    /** Set when the connection to a peer that has left is down for good, cleared when it begins anew. */
    final AtomicBoolean isDisconnected = new AtomicBoolean();

    private int nextQp; // races are harmless: it only spreads load

    Peer(int node, String hostName, int lid, FitQp[] qps, ReceiveRing receiveRing) {
        this.node = node;
        this.hostName = hostName;
        this.lid = lid;
        this.qps = qps;
        this.receiveRing = receiveRing;
    }

    boolean isJoined() {
        return state == State.JOINED;
    }

    /** Posts on the first QP that has room, starting from the next in turn. @return 0 or -ENOMEM */
    int post(long remotePa, int immediate, long firstPa, int firstBytes, long secondPa, int secondBytes, long workRequestId) {
        int start = nextQp;
        nextQp = start + 1 < qps.length ? start + 1 : 0;
        for (int i = 0; i < qps.length; i++) {
            int at = start + i < qps.length ? start + i : start + i - qps.length;
            int result = qps[at].post(remotePa, remoteKey, immediate, firstPa, firstBytes, secondPa, secondBytes, workRequestId);
            if (result != -Errno.ENOMEM) {
                return result;
            }
        }
        return -Errno.ENOMEM;
    }
}
