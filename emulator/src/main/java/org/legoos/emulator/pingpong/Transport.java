package org.legoos.emulator.pingpong;

import org.legoos.kernel.ib.QpType;

/** The programs of rdma-core's examples, by the service that each shows. */
public enum Transport {
    RC(QpType.RC, 4096, 1),
    UC(QpType.UC, 4096, 1),
    UD(QpType.UD, 1024, 1),
    /** Several RC queue pairs on one shared receive queue. */
    SRQ(QpType.RC, 4096, 256);

    final QpType service;
    /** Of a message, when nobody says otherwise. */
    public final int defaultBytes;
    /** Addresses that each end sends, whether it has so many queue pairs or not. */
    final int addresses;

    Transport(QpType service, int defaultBytes, int addresses) {
        this.service = service;
        this.defaultBytes = defaultBytes;
        this.addresses = addresses;
    }

    /** Of rdma-core. */
    public String program() {
        return "ibv_" + name().toLowerCase(java.util.Locale.ROOT) + "_pingpong";
    }

    /** What its options say when nobody does: 16 for srq. */
    public int defaultQueuePairs() {
        return this == SRQ ? 16 : 1;
    }

    /** The most that it can tell of. */
    public int queuePairsMax() {
        return addresses;
    }
}
