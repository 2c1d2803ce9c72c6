package org.legoos.fit;

/** Sizes of a receive ring: one per peer, as in the original. */
final class RingGeometry {
    /** 4 MiB, so that an offset fits the immediate's 22 bits. */
    static final int SIZE_BYTES = 1 << 22;

    /** Space is given out in granules: a host cache line. */
    static final int GRANULE_BYTES = 64;

    static final int GRANULES = SIZE_BYTES / GRANULE_BYTES;

    /** Freed space is reported to the sender when this much has come together. */
    static final int CREDIT_GRANULES = GRANULES / 8;

    private RingGeometry() {}

    static int granules(int bytes) {
        return (bytes + GRANULE_BYTES - 1) / GRANULE_BYTES;
    }
}
