package org.legoos.kernel.ib.cm;

/**
 * How patient a connection manager is.
 *
 * @param responseTimeout in which either side is to answer: 4.096 us times 2 to this (0 to 31)
 * @param maxRetries how often a message is sent again (0 to 15)
 * @param timeWaitNs how long a connection that has ended still answers late messages
 * @param maxConnections that there may be, those that have ended but still answer included
 */
public record CmSettings(int responseTimeout, int maxRetries, long timeWaitNs, int maxConnections) {
    private static final long UNIT_NS = 4096;

    /** About one second, 15 times: Linux's are four times as long. */
    public static CmSettings usual() {
        return new CmSettings(18, 15, 2_000_000_000L, 1024);
    }

    /** Of an encoded time. */
    static long ns(int code) {
        return UNIT_NS << code;
    }
}
