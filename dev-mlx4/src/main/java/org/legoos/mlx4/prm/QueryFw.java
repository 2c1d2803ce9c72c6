package org.legoos.mlx4.prm;

/** Output mailbox of QUERY_FW. */
public final class QueryFw {
    public static final int SIZE_BYTES = 0x100;

    /** 4 KiB pages that MAP_FA must give. */
    public static final Field FW_PAGES = Field.word16(0x00);
    public static final Field FW_MAJOR = Field.word16(0x02);
    public static final Field FW_SUBMINOR = Field.word16(0x04);
    public static final Field FW_MINOR = Field.word16(0x06);
    public static final Field PPF_ID = Field.byteAt(0x09);
    public static final Field CMD_IF_REV = Field.word16(0x0a);
    public static final Field DEBUG_TRACE = Field.byteBits(0x0c, 7, 7);
    public static final Field LOG_MAX_CMDS = Field.byteAt(0x0f);
    public static final Field BUILD_HOUR = Field.byteAt(0x10);
    public static final Field BUILD_MINUTES = Field.byteAt(0x11);
    public static final Field BUILD_SECONDS = Field.byteAt(0x12);
    public static final Field CCQ = Field.bit(0x10, 1);
    public static final Field BUILD_YEAR = Field.word16(0x14);
    public static final Field BUILD_MONTH = Field.byteAt(0x16);
    public static final Field BUILD_DAY = Field.byteAt(0x17);
    public static final LongField CLR_INT_BASE = LongField.word64(0x20);
    public static final Field CLR_INT_BAR = Field.byteBits(0x28, 7, 6);
    public static final LongField ERROR_BUFFER_BASE = LongField.word64(0x30);
    public static final Field ERROR_BUFFER_WORDS = Field.word32(0x38);
    public static final Field ERROR_BUFFER_BAR = Field.byteBits(0x3c, 7, 6);
    public static final LongField COMM_BASE = LongField.word64(0x40);
    public static final Field COMM_BAR = Field.byteBits(0x48, 7, 6);
    public static final LongField CLOCK_BASE = LongField.word64(0x50);
    public static final Field CLOCK_BAR = Field.byteBits(0x58, 7, 6);

    private QueryFw() {}
}
