package org.legoos.mlx4.prm;

/** Completion queue context. */
public final class CqContext {
    public static final int SIZE_BYTES = 0x40;

    public static final Field STATUS = Field.bits(0x00, 31, 28);
    public static final Field COLLAPSED = Field.bit(0x00, 18);
    public static final Field OVERRUN_IGNORE = Field.bit(0x00, 17);
    public static final Field STATE = Field.bits(0x00, 11, 8);
    /** Offset of entry 0 in its first page, in units of 32 bytes. */
    public static final Field PAGE_OFFSET = Field.bits(0x08, 11, 5);
    public static final Field LOG_CQ_SIZE = Field.bits(0x0c, 28, 24);
    public static final Field USR_PAGE = Field.bits(0x0c, 23, 0);
    public static final Field MODERATION_PERIOD_US = Field.bits(0x10, 31, 16);
    public static final Field MODERATION_COUNT = Field.bits(0x10, 15, 0);
    public static final Field COMP_EQN = Field.bits(0x14, 8, 0);
    public static final Field LOG_PAGE_SIZE = Field.bits(0x18, 29, 24);
    public static final LongField MTT_BASE = LongField.bits(0x18, 39, 3);
    public static final Field LAST_NOTIFIED = Field.bits(0x20, 23, 0);
    public static final Field SOLICITED_PRODUCER = Field.bits(0x24, 23, 0);
    public static final Field CONSUMER = Field.bits(0x28, 23, 0);
    public static final Field PRODUCER = Field.bits(0x2c, 23, 0);
    public static final LongField DB_RECORD = LongField.bits(0x38, 63, 3);

    public static final int STATE_NONE = 0x0;
    public static final int STATE_ARMED_SOLICITED = 0x6;
    public static final int STATE_ARMED = 0x9;
    public static final int STATE_FIRED = 0xa;
    public static final int STATUS_OK = 0;
    public static final int STATUS_OVERFLOW = 0x9;
    public static final int STATUS_WRITE_FAIL = 0xa;

    private CqContext() {}
}
