package org.legoos.mlx4.sa;

/** Rates as paths and groups have them (IBA 15.2.5.16, table 178): codes, and what they are in Mbit/s. */
public final class RateCode {
    public static final int LOWEST_MBPS = 2_500;

    private static final int[] CODES = {2, 5, 3, 6, 4, 7, 8, 9, 10};
    private static final int[] MBPS = {2_500, 5_000, 10_000, 20_000, 30_000, 40_000, 60_000, 80_000, 120_000};
    private static final int LANE_MBPS = 2_500;

    private RateCode() {}

    /** Of a link's active width (1: 1x, 2: 4x, 4: 8x, 8: 12x) and speed (1, 2, 4: single, double, quad) in PortInfo. */
    public static int mbps(int width, int speed) {
        int lanes = switch (width) {
            case 2 -> 4;
            case 4 -> 8;
            case 8 -> 12;
            default -> 1;
        };
        return lanes * LANE_MBPS * Math.max(1, speed);
    }

    /** The code of the fastest rate that is not above. */
    public static int of(int mbps) {
        int code = CODES[0];
        for (int i = 0; i < CODES.length; i++) {
            code = MBPS[i] <= mbps ? CODES[i] : code;
        }
        return code;
    }

    /** 0 for codes that are none. */
    public static int toMbps(int code) {
        for (int i = 0; i < CODES.length; i++) {
            if (CODES[i] == code) {
                return MBPS[i];
            }
        }
        return 0;
    }
}
