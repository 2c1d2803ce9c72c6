package org.legoos.mlx4.prm;

/** Bits of {@link DevCap#FLAGS} and {@link DevCap#BMME_FLAGS}. */
public final class DevCapFlags {
    public static final long RC = 1L << 0;
    public static final long UC = 1L << 1;
    public static final long UD = 1L << 2;
    public static final long XRC = 1L << 3;
    public static final long SRQ = 1L << 6;
    public static final long IPOIB_CSUM = 1L << 7;
    public static final long BAD_PKEY_CNTR = 1L << 8;
    public static final long BAD_QKEY_CNTR = 1L << 9;
    public static final long MEM_WINDOW = 1L << 16;
    public static final long APM = 1L << 17;
    public static final long ATOMIC = 1L << 18;
    public static final long RAW_MCAST = 1L << 19;
    public static final long UD_AV_PORT = 1L << 20;
    public static final long UD_MCAST = 1L << 21;
    public static final long COUNTERS = 1L << 48;
    public static final long PORT_MNG_CHG_EV = 1L << 59;
    public static final long EQE_64 = 1L << 61;
    public static final long CQE_64 = 1L << 62;

    public static final int BMME_WINDOW_2B = 1 << 1;
    public static final int BMME_LOCAL_INV = 1 << 6;
    public static final int BMME_REMOTE_INV = 1 << 7;
    public static final int BMME_WINDOW_2 = 1 << 9;
    public static final int BMME_RESERVED_LKEY = 1 << 10;
    public static final int BMME_FAST_REG_WR = 1 << 11;

    public static final int CONFIG_DEV = 1 << 29;

    private DevCapFlags() {}
}
