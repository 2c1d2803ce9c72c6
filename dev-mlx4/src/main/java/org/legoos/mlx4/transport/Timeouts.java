package org.legoos.mlx4.transport;

/** The two time encodings of connected transports. */
public final class Timeouts {
    /**
     * The shortest local ACK timeout that the card honours, as an exponent (16.8 ms). Cards have such a floor (their
     * "local CA ACK delay"); ours must be longer than the host's scheduler may hold up a peer.
     */
    public static final int ACK_EXPONENT_MIN = 12;

    private static final long ACK_UNIT_NS = 4096;

    /** RNR NAK timer codes (IBA table 45), in units of 10 us. */
    private static final int[] RNR_TEN_US = {
        65536, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192,
        256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096, 6144, 8192, 12288, 16384, 24576, 32768, 49152
    };

    private Timeouts() {}

    /** Local ACK timeout in nanoseconds for a non-zero exponent. */
    public static long ackNs(int exponent) {
        return ACK_UNIT_NS << Math.clamp(exponent, ACK_EXPONENT_MIN, 31);
    }

    public static long rnrNs(int code) {
        return RNR_TEN_US[code & 31] * 10_000L;
    }
}
