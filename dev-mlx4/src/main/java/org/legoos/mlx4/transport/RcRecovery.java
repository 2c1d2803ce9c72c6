package org.legoos.mlx4.transport;

/**
 * How a requester deals with loss: what it may repeat and how much it sends at once. Retries count time-outs without
 * progress (IBA 9.7.6.1.3). What comes back can ask for a repetition too, so often and no oftener without progress.
 * Like the congestion window of TCP, the window halves when something is lost and grows again with progress: with
 * go-back-N every loss repeats a window.
 */
final class RcRecovery {
    /** Most packets (requests and expected responses) in flight. */
    static final int WINDOW_PACKETS = 128;

    private static final int WINDOW_PACKETS_MIN = 32;
    private static final int REPETITIONS_MAX = 64;
    private static final int RNR_RETRY_FOR_EVER = 7;

    private final QpAttributes attributes;
    /** The transport timer may run up to four times the QP's time-out (IBA 9.7.6.1.3): 2^2. */
    private static final int PATIENCE_SHIFT_MAX = 2;

    private int retriesLeft;
    private int rnrRetriesLeft;
    private int repetitions;
    private int windowPackets = WINDOW_PACKETS;
    /** Where the last repetition because of a missing response began; -1 after progress or a timeout. */
    private long repeatedFrom;
    /** The answer that showed the loss. One not later than it belongs to the repetition, which then lost it again. */
    private long repeatCause;

    RcRecovery(QpAttributes attributes) {
        this.attributes = attributes;
    }

    void start() {
        windowPackets = WINDOW_PACKETS;
        refill();
    }

    private void refill() {
        retriesLeft = attributes.retryCount;
        rnrRetriesLeft = attributes.rnrRetryCount;
        repetitions = 0;
        repeatedFrom = -1;
    }

    void onProgress() {
        refill();
        if (windowPackets < WINDOW_PACKETS) {
            windowPackets++;
        }
    }

    /** Packets that may be in flight now. */
    int windowPackets() {
        return windowPackets;
    }

    /** Was something lost lately? Then every packet asks for an acknowledge, for a lost one must not stop the window. */
    boolean isLossy() {
        return windowPackets < WINDOW_PACKETS;
    }

    /** A packet or its answer was lost. */
    void onLoss() {
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
        return Timeouts.ackNs(attributes.ackTimeoutExponent) << Math.clamp(attributes.retryCount - retriesLeft, 0, PATIENCE_SHIFT_MAX);
    }

    /** No answer in time: repeat? */
    boolean repeatAfterTimeout() {
        repeatedFrom = -1;
        repetitions = 0;
        return --retriesLeft >= 0;
    }

    /** The peer had no receive: try again? */
    boolean repeatAfterRnr() {
        return attributes.rnrRetryCount == RNR_RETRY_FOR_EVER || --rnrRetriesLeft >= 0;
    }
}
