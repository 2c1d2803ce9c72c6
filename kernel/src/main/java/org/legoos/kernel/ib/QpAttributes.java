package org.legoos.kernel.ib;

/** What a QP needs on its way INIT, RTR, RTS; names and units of the IBA verbs. Built with defaults, then set. */
public final class QpAttributes {
    public int port = 1;
    public int pkeyIndex;
    public int qkey;
    public boolean remoteRead = true;
    public boolean remoteWrite = true;
    public boolean remoteAtomic = true;
    public int pathMtuBytes = 2048;
    public int destinationQpn;
    public int destinationLid;
    public int serviceLevel;
    public int receivePsn;
    public int sendPsn;
    public int maxDestRdAtomic = 4;
    public int maxRdAtomic = 4;
    /** Encoded: see IBA table 45 (12 = 0.64 ms). */
    public int minRnrTimer = 12;
    /** Encoded: 4.096 us * 2^n. */
    public int ackTimeout = 14;
    public int retryCount = 7;
    /** 7 = for ever. */
    public int rnrRetry = 7;
}
