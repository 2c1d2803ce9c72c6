package org.legoos.mlx4.wire;

/**
 * Packet sequence numbers are 24 bits and wrap. Inside a queue pair they are kept as 64-bit numbers that never
 * wrap, so that "before" is {@code <}; this class converts at the wire.
 */
public final class Psn {
    public static final int MASK = 0xffffff;
    private static final int HALF = 1 << 23;

    private Psn() {}

    public static int toWire(long psn) {
        return (int) psn & MASK;
    }

    /** The unwrapped number closest to near whose low 24 bits are wirePsn (behind near on a tie). */
    public static long fromWire(int wirePsn, long near) {
        int ahead = wirePsn - (int) near & MASK;
        return ahead < HALF ? near + ahead : near + ahead - (MASK + 1);
    }
}
