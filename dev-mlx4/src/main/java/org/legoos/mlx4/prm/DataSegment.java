package org.legoos.mlx4.prm;

/** One scatter or gather entry. On receive, byte count 0 with {@link MemKey#INVALID_LKEY} ends the list. */
public final class DataSegment {
    public static final int SIZE_BYTES = 0x10;

    public static final Field COUNT_WORD = Field.word32(0x00);
    public static final Field BYTE_COUNT = Field.bits(0x00, 30, 0);
    public static final Field LKEY = Field.word32(0x04);
    public static final LongField ADDRESS = LongField.word64(0x08);

    /** What a send list says for an entry of no bytes. */
    public static final int ZERO_LENGTH = 0x80000000;

    private DataSegment() {}
}
