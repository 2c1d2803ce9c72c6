package org.legoos.fit;

/** The sender's view of the ring that a peer keeps for it: where the next message goes, and how much room is left. */
final class SendRing {
    private int head; // granules; guarded by this
    private int freeGranules = RingGeometry.GRANULES; // guarded by this

    /** Result of {@link #reserve}; reused by its owner. */
    static final class Span {
        int messageOffsetBytes;
        int spanStartBytes;
        int spanBytes;
    }

    /** Takes room for one message, skipping the ring's end if it would not fit there. @return false when full */
    synchronized boolean reserve(int messageBytes, Span to) {
        int wanted = RingGeometry.granules(messageBytes);
        int padding = head + wanted > RingGeometry.GRANULES ? RingGeometry.GRANULES - head : 0;
        if (padding + wanted > freeGranules) {
            return false;
        }
        to.spanStartBytes = head * RingGeometry.GRANULE_BYTES;
        to.spanBytes = (padding + wanted) * RingGeometry.GRANULE_BYTES;
        head = (head + padding) % RingGeometry.GRANULES;
        to.messageOffsetBytes = head * RingGeometry.GRANULE_BYTES;
        head = (head + wanted) % RingGeometry.GRANULES;
        freeGranules -= padding + wanted;
        return true;
    }

    /** The peer has a new ring, all of it free. */
    synchronized void reset() {
        head = 0;
        freeGranules = RingGeometry.GRANULES;
    }

    /** The peer has freed space. @return false for a number that cannot be right */
    synchronized boolean credit(int granules) {
        if (granules > RingGeometry.GRANULES - freeGranules) {
            return false;
        }
        freeGranules += granules;
        return true;
    }
}
