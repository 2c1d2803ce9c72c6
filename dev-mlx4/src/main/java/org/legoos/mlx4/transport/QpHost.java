package org.legoos.mlx4.transport;

import org.legoos.mlx4.wire.Packet;

/**
 * What a transport needs from the card for one queue pair: work queues, memory, completions, and the port. One
 * object per QP, made by the card. Every call comes on the card's agent (single-threaded), must not block, throw
 * or call back into the transport. Memory is addressed by key; the card checks key, range, rights and PD and
 * answers with the status or false, touching nothing in the error case beyond the bytes before the bad page.
 */
public interface QpHost {
    /** A receive queue never holds more, whatever the counter in memory that says how much is posted is made to say. */
    int RECEIVES_MAX = 1 << 16;

    // ---- work queues ----

    /**
     * Fetches the next posted send WQE. A malformed one is fetched too, with {@link SendRequest#fetchStatus} set.
     * The request was cleared. False when nothing is posted. WQEs come once, in order; the transport repeats a
     * packet by gathering again from the request that it kept.
     */
    boolean fetchSend(SendRequest into);

    /** Takes the next posted receive WQE (from the RQ or SRQ); false when there is none (RNR). */
    boolean fetchReceive(ReceiveRequest into);

    /**
     * XRC: what comes is for that SRQ. Receives are taken from there, and keys are checked against its protection
     * domain. False when the QP may not use it.
     */
    boolean selectSrq(int srqn);

    /** Writes the CQE of a send: always on error, else if signaled. In order of the queue, once each. */
    void completeSend(SendRequest request, Status status);

    /** Writes the CQE of a receive. */
    void completeReceive(ReceiveRequest request, Status status);

    /** Executes a LOCAL request; called when its turn in the queue has come (fence obeyed). */
    Status executeLocal(SendRequest request);

    // ---- local memory, by the gather list of a request ----

    /** Appends bytes [offset, offset+length) of the request's data to the packet (references, no copy). */
    Status gather(SendRequest request, long offset, int length, Packet into);

    /** Copies the whole payload of the packet to offset of the receive's scatter list. */
    Status scatter(ReceiveRequest request, long offset, Packet from);

    /** Copies the whole payload of a READ response to offset of the request's scatter list. */
    Status scatterResponse(SendRequest request, long offset, Packet from);

    /** Stores the 8 bytes that an atomic found, big-endian as a number in host order: PRM 6.5, as the card writes it. */
    Status scatterAtomic(SendRequest request, long original);

    /** Writes the 40-byte GRH area of a datagram: 40 bytes of header from grhAt, or nothing known when grhAt is -1. */
    Status scatterGrh(ReceiveRequest request, byte[] header, int grhAt);

    // ---- remote access to this node's memory; enable bits of the QP are checked by the transport ----

    /** Could a peer access [va, va+length) with rkey? */
    boolean checkRemote(RemoteAccess access, int rkey, long va, long length);

    /** Writes the whole payload of the packet at va. */
    boolean remoteWrite(int rkey, long va, Packet from);

    /** Appends references to [va, va+length) to the packet. */
    boolean remoteRead(int rkey, long va, int length, Packet into);

    /**
     * Executes an atomic on 8 bytes at va (aligned, checked before with {@link #checkRemote}), atomically against the
     * node's processors, and returns what was there.
     */
    long remoteAtomic(int rkey, long va, AtomicOperands operands);

    /** Invalidates an R_Key for SEND with invalidate; false when it may not be invalidated. */
    boolean invalidate(int rkey);

    // ---- events, time, scheduling ----

    void asyncEvent(QpEvent event);

    /** Index of a P_Key in the port's table that lets in packets with it (IBA 10.9.3), or -1. */
    int pKeyIndex(int pKey);

    /** A packet with a wrong P_Key or Q_Key was dropped; counts for the port (and a trap). */
    void keyViolation(boolean pKey, Packet packet);

    /** Timers of this card's agent. */
    AgentTimers timers();

    /**
     * Puts the QP at the end of the card's list of QPs to run, unless it is there: the card calls
     * {@link TransportQp#run()} when the packets at hand have been received. Called for pending acknowledges, more
     * to send, and when the port had no room (the port signals the card's agent when there is room again).
     */
    void runLater();

    // ---- the port ----

    /** The port's LID (base LID, without path bits). */
    int lid();

    /** May a packet be sent now? False also makes the port signal the card's agent when there is room again. */
    boolean hasRoom();

    /** An empty packet of the card's pool, or null when all are in flight (then as no room). */
    Packet newPacket();

    /** Are packets of this card still on their way inside this process, or with somebody who has not looked at them? */
    boolean hasPacketsUnderWay();

    /** Sends a finished packet; ownership goes to the port, which may drop it. */
    void transmit(Packet packet);

    /** Rights that a peer asks for. */
    enum RemoteAccess {
        READ,
        WRITE,
        ATOMIC
    }
}
