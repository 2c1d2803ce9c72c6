package org.legoos.mlx4.prm;

/** Binding of a memory window. */
public final class BindSegment {
    public static final int SIZE_BYTES = 0x20;

    public static final Field REMOTE_ATOMIC = Field.bit(0x00, 31);
    public static final Field REMOTE_WRITE = Field.bit(0x00, 30);
    public static final Field REMOTE_READ = Field.bit(0x00, 29);
    public static final Field TYPE_2 = Field.bit(0x04, 31);
    public static final Field ZERO_BASED = Field.bit(0x04, 30);
    public static final Field NEW_RKEY = Field.word32(0x08);
    public static final Field REGION_LKEY = Field.word32(0x0c);
    public static final LongField ADDRESS = LongField.word64(0x10);
    public static final LongField LENGTH = LongField.word64(0x18);

    private BindSegment() {}
}
