package org.legoos.managers.processor.inet;

/**
 * A UDP packet that waits in a socket.
 *
 * @param to where it was sent to, for IP_PKTINFO
 * @param arrivedNs wall time, for SO_TIMESTAMP
 */
record Datagram(Endpoint from, Endpoint to, byte[] data, int timeToLive, int typeOfService, long arrivedNs) {
    /** What Linux counts for a packet beside its data (sizeof(struct sk_buff) and alignment). */
    private static final int OVERHEAD_BYTES = 768;

    int countedBytes() {
        return data.length + OVERHEAD_BYTES;
    }
}
