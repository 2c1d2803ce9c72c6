package org.legoos.mlx4.prm;

/** Shared receive queue context. */
public final class SrqContext {
    public static final int SIZE_BYTES = 0x30;

    public static final Field STATE = Field.bits(0x00, 31, 28);
    public static final Field LOG_SRQ_SIZE = Field.bits(0x00, 27, 24);
    public static final Field SRQN = Field.bits(0x00, 23, 0);
    /** Log of the WQE size, minus 4. */
    public static final Field LOG_STRIDE = Field.bits(0x04, 26, 24);
    public static final Field XRC_DOMAIN = Field.bits(0x04, 15, 0);
    /** In units of 64 bytes. */
    public static final Field PAGE_OFFSET = Field.bits(0x08, 29, 24);
    public static final Field XRC_CQN = Field.bits(0x08, 23, 0);
    public static final Field LOG_PAGE_SIZE = Field.bits(0x10, 29, 24);
    public static final LongField MTT_BASE = LongField.bits(0x10, 39, 3);
    public static final Field PD = Field.bits(0x18, 23, 0);
    public static final Field LIMIT = Field.bits(0x1c, 31, 16);
    public static final Field WQE_COUNT = Field.bits(0x1c, 15, 0);
    public static final Field WQE_COUNTER = Field.word16(0x22);
    public static final LongField DB_RECORD = LongField.bits(0x28, 63, 2);

    public static final int STATE_HW = 0;
    public static final int STATE_ERROR = 1;
    public static final int STATE_SW = 0xf;

    private SrqContext() {}
}
