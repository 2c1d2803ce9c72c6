package org.legoos.mlx4.transport;

import org.legoos.mlx4.wire.PKey;

/** What software set for a queue pair; the card writes it at each transition and then calls {@link TransportQp#modify}. */
public final class QpAttributes {
    /** Full 24-bit numbers. */
    public int localQpn;

    public int remoteQpn;

    /** Payload bytes of a full packet: 256 to 4096. */
    public int mtuBytes = 256;
    /** Longest message: 2^31 bytes at most. */
    public long messageBytesMax = 1L << 31;

    /** First PSN to send and to expect, 24 bits; read on the transitions to RTS and RTR. */
    public int sendPsn;
    public int receivePsn;

    /** The P_Key itself, from the port's table. */
    public int pKey = PKey.DEFAULT;
    public int qKey;

    public final PathAddress path = new PathAddress();

    /** Local ACK timeout is 4.096 us * 2^n; 0 = never. */
    public int ackTimeoutExponent;
    /** 0 to 7. */
    public int retryCount;
    /** 0 to 7; 7 = for ever. */
    public int rnrRetryCount;
    /** Timer code that our RNR NAKs ask the peer to wait. */
    public int minRnrTimerCode;
    /** Ask for an acknowledge at least every 2^n packets. */
    public int ackRequestExponent = 5;

    /** READs and atomics that we may have outstanding as requester, and that we accept as responder. */
    public int initiatorDepth = 1;
    public int responderResources = 1;

    public boolean remoteReadEnabled;
    public boolean remoteWriteEnabled;
    public boolean remoteAtomicEnabled;

    /** Receives come from an SRQ: nothing but a receive in progress is flushed. */
    public boolean usesSrq;
    /** Extended reliable connection: each request names the SRQ that it is for. */
    public boolean isXrc;
}
