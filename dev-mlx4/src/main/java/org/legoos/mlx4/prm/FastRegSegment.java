package org.legoos.mlx4.prm;

/** Fast registration of a region by a WQE. */
public final class FastRegSegment {
    public static final int SIZE_BYTES = 0x30;

    public static final Field REMOTE_ATOMIC = Field.bit(0x00, 31);
    public static final Field REMOTE_WRITE = Field.bit(0x00, 30);
    public static final Field REMOTE_READ = Field.bit(0x00, 29);
    public static final Field LOCAL_WRITE = Field.bit(0x00, 28);
    public static final Field LOCAL_READ = Field.bit(0x00, 27);
    /** As software sees it, not rotated. */
    public static final Field KEY = Field.word32(0x04);
    public static final LongField PAGE_LIST = LongField.word64(0x08);
    public static final LongField START = LongField.word64(0x10);
    public static final LongField LENGTH = LongField.word64(0x18);
    public static final Field FIRST_BYTE_OFFSET = Field.word32(0x20);
    public static final Field LOG_PAGE_SIZE = Field.word32(0x24);

    private FastRegSegment() {}
}
