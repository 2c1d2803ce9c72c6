package org.legoos.emulator.rdma;

/**
 * What an rping does.
 *
 * @param count exchanges; 0: until the other side ends it
 * @param sizeBytes of the data that a client sends; a server takes any size up to {@link #SIZE_MAX}
 * @param validates a client compares what comes back
 * @param isVerbose prints the data
 */
public record PingPlan(int count, int sizeBytes, boolean validates, boolean isVerbose) {
    /** rping's limits, a NUL at the end included. */
    public static final int SIZE_MAX = (64 << 10) - 1;
    public static final int SIZE_MIN = 28;
}
