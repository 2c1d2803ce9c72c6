package org.legoos.mlx4.transport;

import org.legoos.mlx4.wire.Packet;

/**
 * The sending half of a reliable connection (IBA 9.7.5): a window of packets in flight, go-back-N.
 *
 * <p>Three marks in the PSN space: everything before {@code unacked} is finished, {@code cursor} is the next packet
 * to send (or to repeat), {@code sentEnd} is one past the highest ever sent. A restart moves the cursor back. Long
 * READs go out as several READ requests, see {@link RcRequestPackets}.
 */
final class RcRequester {
    private static final long NONE = -1;

    private final RcQp qp;
    private final QpHost host;
    private final QpAttributes attributes;
    private final QpCounters counters;
    private final RcRequestPackets packets;
    private final RcRecovery recovery;
    private final SendWindow window = new SendWindow();
    private final AgentTimer ackTimer;
    private final AgentTimer rnrTimer;

    private boolean started;
    private long unacked;
    private long cursor;
    private long cursorRequest;
    private long sentEnd;
    private long nextPsn;
    /** READ requests and atomics sent whose response is not complete. */
    private int responsesOutstanding;

    private boolean waitingForReceiver;
    /** The packet whose round trip is being measured, on a lossy path only. */
    private long timedPsn = NONE;
    private long timedNs;

    RcRequester(RcQp qp, PacketHeader header) {
        this.qp = qp;
        this.host = qp.host;
        this.attributes = qp.attributes;
        this.counters = qp.counters;
        this.packets = new RcRequestPackets(host, attributes, header);
        this.recovery = new RcRecovery(attributes);
        this.ackTimer = host.timers().newTimer(this::onTimeout);
        this.rnrTimer = host.timers().newTimer(this::onReceiverWaitOver);
    }

    /** Begins with the QP's send PSN. */
    void start() {
        reset();
        started = true;
        // Far from zero, so that a PSN "before" the first one stays positive.
        unacked = (1L << 32) + attributes.sendPsn;
        cursor = unacked;
        sentEnd = unacked;
        nextPsn = unacked;
        recovery.start();
    }

    void reset() {
        started = false;
        window.clear();
        cursorRequest = window.tail();
        responsesOutstanding = 0;
        waitingForReceiver = false;
        timedPsn = NONE;
        ackTimer.cancel();
        rnrTimer.cancel();
    }

    boolean isIdle() {
        return window.isEmpty();
    }

    long nextPsn() {
        return nextPsn;
    }

    long lastAcked() {
        return unacked - 1;
    }

    // ---- sending ----

    /** Sends up to budget packets as far as the window, the peer's resources and the port allow. */
    void send(int budget) {
        int left = budget;
        while (started && !waitingForReceiver) {
            if (cursorRequest == window.tail() && !fetchNext()) {
                break;
            }
            SendRequest request = window.at(cursorRequest);
            if (request.fetchStatus != Status.OK) {
                failWhenOldest(request);
                break;
            }
            if (request.done || cursor >= request.endPsn && request.operation != Operation.LOCAL) {
                cursorRequest++;
                continue;
            }
            if (mustWait(request)) {
                break;
            }
            if (request.operation == Operation.LOCAL) {
                executeLocal(request);
                continue;
            }
            if (left == 0 || !host.hasRoom()) {
                host.runLater();
                break;
            }
            left--;
            if (!sendPacket(request)) {
                break;
            }
        }
        armAckTimer();
    }

    private boolean fetchNext() {
        if (qp.state() != QpState.RTS || window.isFull() || nextPsn - unacked >= RcRecovery.WINDOW_PACKETS) {
            return false;
        }
        SendRequest request = window.next();
        if (!host.fetchSend(request)) {
            return false;
        }
        request.firstPsn = nextPsn;
        request.responsePsn = nextPsn;
        if (request.fetchStatus == Status.OK) {
            request.fetchStatus = check(request);
        }
        if (request.fetchStatus == Status.OK && request.operation != Operation.LOCAL) {
            nextPsn += packets.total(request);
        }
        request.endPsn = nextPsn;
        window.push();
        return true;
    }

    private Status check(SendRequest request) {
        if (request.operation.hasResponse() && attributes.initiatorDepth == 0) {
            return Status.LOCAL_QP_OPERATION;
        }
        return request.data.lengthBytes() > attributes.messageBytesMax ? Status.LOCAL_LENGTH : Status.OK;
    }

    private boolean mustWait(SendRequest request) {
        if (request.fence && cursor == request.firstPsn && responsesOutstanding > 0) {
            return true;
        }
        if (request.operation == Operation.LOCAL) {
            return request.strongOrder && unacked < request.firstPsn;
        }
        return cursor - unacked >= recovery.windowPackets()
                || request.operation.hasResponse() && responsesOutstanding >= attributes.initiatorDepth;
    }

    private void executeLocal(SendRequest request) {
        Status status = host.executeLocal(request);
        if (status == Status.OK) {
            request.done = true;
            completeDone();
        } else {
            request.fetchStatus = status;
        }
    }

    /** Sends the packet at the cursor; false when the request turned out bad or no packet object was left. */
    private boolean sendPacket(SendRequest request) {
        boolean ask = recovery.isNarrow() || cursor + 1 - unacked >= recovery.windowPackets();
        Packet packet = packets.build(request, cursor, ask);
        if (packet == null) {
            if (request.fetchStatus != Status.OK) {
                failWhenOldest(request);
            } else {
                host.runLater();
            }
            return false;
        }
        if (request.operation.hasResponse()) {
            responsesOutstanding++;
        }
        transmit(packet, packets.count(request, cursor));
        return true;
    }

    private void transmit(Packet packet, long psns) {
        packet.finish();
        counters.packetsSent++;
        if (cursor < sentEnd) {
            counters.packetsRepeated++;
        } else if (timedPsn == NONE && recovery.isLossy()) {
            timedPsn = cursor;
            timedNs = nowNs();
        }
        cursor += psns;
        sentEnd = Math.max(sentEnd, cursor);
        host.transmit(packet);
    }

    // ---- what the responses say ----

    /** Could psn be answered now? Everything from the last finished one to the last sent one can. */
    boolean hasSent(long psn) {
        return started && psn < sentEnd && psn >= unacked - 1;
    }

    boolean isFinished(long psn) {
        return psn < unacked;
    }

    void onSequenceNak() {
        counters.sequenceNaksReceived++;
        if (recovery.repeatAfterNak()) {
            recovery.onLoss();
            restart(unacked);
        }
    }

    /** The peer had no receive: wait as long as it asks, then repeat. */
    void onReceiverNotReady(long psn, int timerCode) {
        if (psn < unacked || waitingForReceiver) {
            return;
        }
        counters.rnrNaksReceived++;
        finishBefore(psn, true);
        if (!recovery.repeatAfterRnr()) {
            failAt(psn, Status.RNR_RETRY_EXCEEDED);
            return;
        }
        restart(unacked);
        waitingForReceiver = true;
        ackTimer.cancel();
        rnrTimer.arm(nowNs() + Timeouts.rnrNs(timerCode));
    }

    private void onReceiverWaitOver() {
        waitingForReceiver = false;
        host.runLater();
    }

    /**
     * The request whose next response psn is, with everything before it finished; null when the response is old,
     * comes too early (then the missing ones are asked for again) or fits nothing.
     */
    SendRequest awaiting(long psn) {
        if (psn < unacked) {
            counters.duplicatesReceived++;
            return null;
        }
        finishBefore(psn, true);
        if (window.isEmpty()) {
            return null;
        }
        SendRequest oldest = window.oldest();
        boolean expected = oldest.operation.hasResponse() && oldest.responsePsn == psn && psn < oldest.endPsn;
        if (!expected) {
            counters.outOfOrderReceived++;
            return null;
        }
        return oldest;
    }

    void responseArrived(SendRequest request, long psn) {
        request.responsePsn = psn + 1;
        long inRequest = psn + 1 - request.firstPsn;
        request.done = request.responsePsn == request.endPsn;
        if (request.done || inRequest % RcRequestPackets.READ_PACKETS == 0) {
            // After a restart responses of the first pass may come before their request was repeated.
            responsesOutstanding = Math.max(0, responsesOutstanding - 1);
        }
        finishBefore(psn + 1, false);
    }

    /** The oldest request fails if psn is one of its packets; else an earlier answer is missing and comes first. */
    void failAt(long psn, Status status) {
        if (!window.isEmpty() && psn < window.oldest().endPsn) {
            fail(status);
        }
    }

    /**
     * Everything before end has been answered. Completes requests in order; a READ or atomic whose response is
     * missing although later packets were answered has lost it and is asked again.
     */
    void finishBefore(long end, boolean impliesLoss) {
        long finished = end;
        for (long number = window.head(); number < window.tail(); number++) {
            SendRequest request = window.at(number);
            if (request.firstPsn >= end && request.endPsn > request.firstPsn) {
                break;
            }
            if (request.operation.hasResponse()) {
                if (request.responsePsn < Math.min(end, request.endPsn)) {
                    finished = request.responsePsn;
                    break;
                }
            } else if (request.endPsn <= end && request.endPsn > request.firstPsn) {
                request.done = true;
            }
        }
        if (finished > unacked) {
            progress(finished);
        }
        completeDone();
        if (impliesLoss && finished < end && recovery.repeatAfterGap(finished, end)) {
            recovery.onLoss();
            restart(finished);
        }
    }

    private void progress(long to) {
        unacked = to;
        recovery.onProgress();
        if (timedPsn >= 0 && unacked > timedPsn) {
            timedPsn = NONE;
            recovery.onRoundTrip(nowNs() - timedNs);
        }
        if (cursor < unacked) {
            seek(unacked);
        }
        if (waitingForReceiver) {
            return;
        }
        if (unacked < sentEnd) {
            ackTimer.cancel();
            armAckTimer();
        } else {
            ackTimer.cancel();
        }
        host.runLater();
    }

    private void completeDone() {
        while (!window.isEmpty() && window.oldest().done) {
            SendRequest request = window.oldest();
            if (cursorRequest == window.head()) {
                cursorRequest++;
            }
            window.pop();
            host.completeSend(request, Status.OK);
        }
        if (window.isEmpty()) {
            qp.onSendQueueIdle();
        }
    }

    // ---- repeating and giving up ----

    private void restart(long psn) {
        timedPsn = NONE; // it would not be known which of the two was answered
        seek(psn);
        responsesOutstanding = 0;
        host.runLater();
    }

    /** Puts the cursor on the packet with this PSN. */
    private void seek(long psn) {
        cursor = psn;
        cursorRequest = window.head();
        while (cursorRequest < window.tail() && window.at(cursorRequest).endPsn <= psn
                && window.at(cursorRequest).endPsn > window.at(cursorRequest).firstPsn) {
            cursorRequest++;
        }
    }

    private void armAckTimer() {
        if (!started || attributes.ackTimeoutExponent == 0 || unacked >= sentEnd || waitingForReceiver) {
            return;
        }
        if (!ackTimer.isArmed()) {
            ackTimer.arm(nowNs() + recovery.ackTimeoutNs());
        }
    }

    private void onTimeout() {
        if (!started || unacked >= sentEnd || waitingForReceiver) {
            return;
        }
        if (recovery.probes()) {
            counters.probes++;
            restart(unacked);
            armAckTimer();
            return;
        }
        boolean isUnderWay = host.hasPacketsUnderWay();
        if (recovery.excuses(ackTimer.lateNs(), isUnderWay)) {
            counters.timeoutsExcused++;
            if (!isUnderWay) {
                restart(unacked); // else the same packets would be there twice
            }
            armAckTimer();
            return;
        }
        counters.timeouts++;
        if (!recovery.repeatAfterTimeout()) {
            failAt(unacked, Status.TRANSPORT_RETRY_EXCEEDED);
            return;
        }
        recovery.onLoss();
        restart(unacked);
        armAckTimer();
    }

    private void failWhenOldest(SendRequest request) {
        if (window.oldest() == request) {
            fail(request.fetchStatus);
        }
        // Else acknowledges of the earlier ones bring us here again.
    }

    /** The oldest request ends with an error, and with it the connection. */
    private void fail(Status status) {
        SendRequest request = window.oldest();
        window.pop();
        host.completeSend(request, status);
        qp.enterError();
    }

    /** Completes everything fetched and posted with the flush status. */
    void flush() {
        while (!window.isEmpty()) {
            SendRequest request = window.oldest();
            window.pop();
            host.completeSend(request, Status.FLUSHED);
        }
        reset();
        flushPosted();
    }

    /** Flushes what was posted since. */
    void flushPosted() {
        SendRequest request = window.next();
        while (host.fetchSend(request)) {
            host.completeSend(request, Status.FLUSHED);
            request.clear();
        }
    }

    private long nowNs() {
        return host.timers().clock().nowNs();
    }
}
