package org.legoos.mlx4.prm;

/** Bits of a QP command mailbox's optional parameter mask. */
public final class OptParam {
    public static final int ALT_PATH = 1 << 0;
    public static final int REMOTE_READ = 1 << 1;
    public static final int REMOTE_ATOMIC = 1 << 2;
    public static final int REMOTE_WRITE = 1 << 3;
    public static final int PKEY_INDEX = 1 << 4;
    public static final int QKEY = 1 << 5;
    public static final int MIN_RNR_TIMER = 1 << 6;
    public static final int PRIMARY_PATH = 1 << 7;
    public static final int SRA_MAX = 1 << 8;
    public static final int RRA_MAX = 1 << 9;
    public static final int PATH_MIGRATION = 1 << 10;
    public static final int RETRY_COUNT = 1 << 12;
    public static final int RNR_RETRY = 1 << 13;
    public static final int ACK_TIMEOUT = 1 << 14;
    public static final int SCHED_QUEUE = 1 << 16;
    public static final int COUNTER_INDEX = 1 << 20;

    private OptParam() {}
}
