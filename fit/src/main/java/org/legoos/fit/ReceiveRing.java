package org.legoos.fit;

import java.util.Arrays;

/**
 * The receiver's book of one peer's ring: messages are freed in any order, space is given back in
 * order. Each freed span is noted at its first granule; the tail moves over what is contiguous.
 */
final class ReceiveRing {
    final long basePa;
    private final int[] freedSpan = new int[RingGeometry.GRANULES]; // guarded by this
    private int tail; // guarded by this
    private int unreportedGranules; // guarded by this

    ReceiveRing(long basePa) {
        this.basePa = basePa;
    }

    /** Whether a message's claims about its place make sense: never trust the wire. */
    static boolean isSane(int offsetBytes, int lengthBytes, int spanStartBytes, int spanBytes) {
        if (lengthBytes < 0 || lengthBytes > Ibapi.MAX_MESSAGE_BYTES) {
            return false;
        }
        if ((offsetBytes | spanStartBytes | spanBytes) % RingGeometry.GRANULE_BYTES != 0) {
            return false;
        }
        int occupied = RingGeometry.granules(lengthBytes + MessageHeader.SIZE_BYTES) * RingGeometry.GRANULE_BYTES;
        if (offsetBytes < 0 || offsetBytes > RingGeometry.SIZE_BYTES - occupied || spanStartBytes < 0 || spanStartBytes >= RingGeometry.SIZE_BYTES) {
            return false;
        }
        if (spanStartBytes == offsetBytes) {
            return spanBytes == occupied;
        }
        return offsetBytes == 0 && spanBytes == occupied + RingGeometry.SIZE_BYTES - spanStartBytes;
    }

    /**
     * Gives a span back.
     *
     * @return granules to report to the sender now, 0 for none yet
     */
    synchronized int free(int spanStartBytes, int spanBytes) {
        freedSpan[spanStartBytes / RingGeometry.GRANULE_BYTES] = spanBytes / RingGeometry.GRANULE_BYTES;
        while (freedSpan[tail] != 0) {
            int granules = freedSpan[tail];
            freedSpan[tail] = 0;
            tail = (tail + granules) % RingGeometry.GRANULES;
            unreportedGranules += granules;
        }
        if (unreportedGranules < RingGeometry.CREDIT_GRANULES) {
            return 0;
        }
        int report = unreportedGranules;
        unreportedGranules = 0;
        return report;
    }

    /** The sender begins anew. */
    synchronized void reset() {
        Arrays.fill(freedSpan, 0);
        tail = 0;
        unreportedGranules = 0;
    }

    /** Granules whose report could not be sent go with the next one. */
    synchronized void reportLater(int granules) {
        unreportedGranules += granules;
    }
}
