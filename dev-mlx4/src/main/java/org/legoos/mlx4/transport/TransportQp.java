package org.legoos.mlx4.transport;

import org.legoos.mlx4.wire.Packet;

/**
 * The transport half of a queue pair, run by the card's agent. The card calls
 *
 * <ul>
 *   <li>{@link #sendPosted()} after a doorbell, {@link #receive} for each packet to its QPN,
 *   <li>{@link #run()} for every QP that asked for it with {@link QpHost#runLater()}, after the packets at hand,
 *   <li>{@link #modify} on state transitions, after the attributes have been written.
 * </ul>
 */
public abstract class TransportQp {
    protected final QpHost host;
    public final QpAttributes attributes = new QpAttributes();
    public final QpCounters counters = new QpCounters();
    protected QpState state = QpState.RESET;

    protected TransportQp(QpHost host) {
        this.host = host;
    }

    public final QpState state() {
        return state;
    }

    /** Takes posted work as far as windows and room allow; in the error states flushes it. */
    public abstract void sendPosted();

    /** Handles one packet and releases it. Anything may be in it. */
    public abstract void receive(Packet packet);

    /** Does what is pending: acknowledges, responses, retransmissions, sends. A bounded batch. */
    public abstract void run();

    /**
     * Moves to a state; the card has checked that the transition is legal and written the attributes. To RESET
     * forgets everything without completions; to ERR flushes all work; SQD sends
     * {@link QpEvent#SEND_QUEUE_DRAINED} when what was begun is complete.
     */
    public abstract void modify(QpState to);

    /** Next PSN that the requester will use, the last acknowledged one, and the responder's, for QUERY_QP. */
    public abstract int nextSendPsn();

    public abstract int lastAckedPsn();

    public abstract int nextReceivePsn();

    /** Responder's message sequence number. */
    public abstract int messageSequence();
}
