package org.legoos.mlx4.transport;

/**
 * How a requester deals with loss: what it may repeat and how much it sends at once. Retries count time-outs without
 * progress (IBA 9.7.6.1.3). What comes back can ask for a repetition too, so often and no oftener without progress.
 * Like the congestion window of TCP, the window halves when something is lost and grows again with progress: with
 * go-back-N every loss repeats a window.
 *
 * <p>Once something was lost, the answer that would tell of the next loss may be lost, too, or nothing come behind the lost
 * packet that would make the peer complain. So on a lossy path a requester that hears nothing for some round trips repeats
 * long before the QP's time-out, at growing intervals (a tail loss probe, as in RFC 8985). These are no retries.
 */
final class RcRecovery {
    /** Most packets (requests and expected responses) in flight. */
    static final int WINDOW_PACKETS = 128;

    private static final int WINDOW_PACKETS_MIN = 8;
    /** Slower than the loss halves it: what is in flight behind a lost packet is sent for nothing. */
    private static final int GROWTHS_PER_WINDOW = 4;
    private static final int REPETITIONS_MAX = 64;
    private static final int RNR_RETRY_FOR_EVER = 7;
    /** A timer that is late by so large a part of the time-out proves nothing. */
    private static final int LATE_FRACTION = 2;

    /** The first probe comes after so many round trips. */
    private static final int PROBE_ROUND_TRIPS = 4;
    /** A path counts as lossy until so many answers came without a loss. */
    private static final int LOSS_MEMORY = 4096;
    private static final long PROBE_NS_MIN = 50_000;
    private static final long ROUND_TRIP_NS_FIRST = 100_000;
    /** A new round trip counts an eighth, as with TCP (RFC 6298). */
    private static final int ROUND_TRIP_SHIFT = 3;

    /** Excused time-outs before one counts again, so that nobody waits for ever: tens of seconds with the usual time-outs. */
    private static final int EXCUSES_MAX = 64;

    private final QpAttributes attributes;
    /** The transport timer may run up to four times the QP's time-out (IBA 9.7.6.1.3): 2^2. */
    private static final int PATIENCE_SHIFT_MAX = 2;

    private int retriesLeft;
    private int rnrRetriesLeft;
    private int repetitions;
    private int excuses;
    private int windowPackets = WINDOW_PACKETS;
    /** Where the last repetition because of a missing response began; -1 after progress or a timeout. */
    private long repeatedFrom;
    /** The answer that showed the loss. One not later than it belongs to the repetition, which then lost it again. */
    private long repeatCause;
    private int answersUntilClean;
    /** Since the window grew last. */
    private int answersInWindow;
    private long roundTripNs = ROUND_TRIP_NS_FIRST;
    /** Silence after which the next probe goes; from the time-out on there is none. */
    private long probeNs = Long.MAX_VALUE;

    RcRecovery(QpAttributes attributes) {
        this.attributes = attributes;
    }

    void start() {
        windowPackets = WINDOW_PACKETS;
        answersUntilClean = 0;
        roundTripNs = ROUND_TRIP_NS_FIRST;
        refill();
    }

    private void refill() {
        retriesLeft = attributes.retryCount;
        rnrRetriesLeft = attributes.rnrRetryCount;
        repetitions = 0;
        excuses = 0;
        repeatedFrom = -1;
        probeNs = Math.max(PROBE_NS_MIN, roundTripNs * PROBE_ROUND_TRIPS);
    }

    /** Time from a packet that was sent once to its answer. */
    void onRoundTrip(long tookNs) {
        roundTripNs += tookNs - roundTripNs >> ROUND_TRIP_SHIFT;
    }

    void onProgress() {
        refill();
        answersUntilClean = Math.max(0, answersUntilClean - 1);
        if (windowPackets < WINDOW_PACKETS && ++answersInWindow >= windowPackets / GROWTHS_PER_WINDOW) {
            answersInWindow = 0;
            windowPackets++;
        }
    }

    /** Packets that may be in flight now. */
    int windowPackets() {
        return windowPackets;
    }

    /** Is the window smaller than it may be? Then every packet asks for an acknowledge, for a lost one must not stop it. */
    boolean isNarrow() {
        return windowPackets < WINDOW_PACKETS;
    }

    /** Was something lost lately? */
    boolean isLossy() {
        return answersUntilClean > 0;
    }

    /** A packet or its answer was lost. */
    void onLoss() {
        answersUntilClean = LOSS_MEMORY;
        windowPackets = Math.max(WINDOW_PACKETS_MIN, windowPackets / 2);
    }

    /** The peer says that a packet is missing: repeat? */
    boolean repeatAfterNak() {
        return ++repetitions <= REPETITIONS_MAX;
    }

    /** The answer to cause came, but not the one to missing: repeat? */
    boolean repeatAfterGap(long missing, long cause) {
        if (repeatedFrom == missing && (cause > repeatCause || ++repetitions > REPETITIONS_MAX)) {
            return false;
        }
        repeatedFrom = missing;
        repeatCause = cause;
        return true;
    }

    /**
     * How long to wait for an answer: at first as long as the QP says, so that a loss is soon repaired; longer each time
     * that nothing came, for then it is rather that the peer has no processor at the moment.
     */
    long ackTimeoutNs() {
        return isProbeNext() ? probeNs : fullTimeoutNs();
    }

    private long fullTimeoutNs() {
        return Timeouts.ackNs(attributes.ackTimeoutExponent) << Math.clamp(attributes.retryCount - retriesLeft, 0, PATIENCE_SHIFT_MAX);
    }

    private boolean isProbeNext() {
        return isLossy() && probeNs < fullTimeoutNs();
    }

    /** No answer for {@link #ackTimeoutNs}: was that only the time until a probe, which is to be sent now? */
    boolean probes() {
        boolean isProbe = isProbeNext();
        probeNs *= isProbe ? 2 : 1;
        return isProbe;
    }

    /**
     * No answer in time, but does that say nothing of the peer? Either the timer itself fired so late that answers may have come
     * and nobody has looked, or what was sent has not been taken yet although it is in the same process: then the host's
     * processors are busy with others, which is no retry.
     */
    boolean excuses(long lateNs, boolean isUnderWay) {
        return (isUnderWay || lateNs > fullTimeoutNs() / LATE_FRACTION) && ++excuses <= EXCUSES_MAX;
    }

    /** No answer in time: repeat? */
    boolean repeatAfterTimeout() {
        probeNs = Long.MAX_VALUE; // without progress only time-outs from here on
        repeatedFrom = -1;
        repetitions = 0;
        return --retriesLeft >= 0;
    }

    /** The peer had no receive: try again? */
    boolean repeatAfterRnr() {
        return attributes.rnrRetryCount == RNR_RETRY_FOR_EVER || --rnrRetriesLeft >= 0;
    }
}
