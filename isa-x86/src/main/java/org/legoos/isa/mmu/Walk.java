package org.legoos.isa.mmu;

/**
 * The packed result of a page walk.
 * <pre>
 *  success: bit 63 = 0, bits 51..12 guestPa of the 4 KiB page, bits 2..0 = X W R usable without another walk
 *  fault:   bit 63 = 1, bits 15..0 = x86 page-fault error code
 * </pre>
 * W is only given when the Dirty bit is already set, so that the first write walks again and sets it.
 */
public final class Walk {
    public static final int R = 1;
    public static final int W = 2;
    public static final int X = 4;
    private static final long FAULT = 1L << 63;

    private Walk() {}

    public static long ok(long pagePa, int permissions) {
        return pagePa | permissions;
    }

    public static long fault(int errorCode) {
        return FAULT | errorCode;
    }

    public static boolean isFault(long walk) {
        return walk < 0;
    }

    public static int errorCode(long walk) {
        return (int) walk & 0xffff;
    }

    public static long pagePa(long walk) {
        return walk & Pte.FRAME_MASK;
    }

    public static int permissions(long walk) {
        return (int) walk & (R | W | X);
    }
}
