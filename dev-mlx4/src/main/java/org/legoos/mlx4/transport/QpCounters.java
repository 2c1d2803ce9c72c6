package org.legoos.mlx4.transport;

/** What happened on one QP; plain counters, written by the card's agent. */
public final class QpCounters {
    public long packetsSent;
    public long packetsReceived;
    public long packetsRepeated;
    /** Repetitions on a lossy path before the time-out. */
    public long probes;
    public long timeouts;
    /** Time-outs that were no retry: the answer may be there, but this process had no time to look, or the peer none to take the packet. */
    public long timeoutsExcused;
    public long rnrNaksSent;
    public long rnrNaksReceived;
    public long sequenceNaksSent;
    public long sequenceNaksReceived;
    public long errorNaksSent;
    public long duplicatesReceived;
    public long outOfOrderReceived;
    /** Malformed or unexpected, dropped. */
    public long packetsDropped;
    public long receivesMissing;
}
