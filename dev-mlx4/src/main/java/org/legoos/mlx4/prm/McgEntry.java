package org.legoos.mlx4.prm;

/** Multicast group entry: a GID and the QPNs that get what is sent to it. */
public final class McgEntry {
    public static final int HEADER_BYTES = 0x20;

    public static final Field NEXT_INDEX = Field.bits(0x00, 31, 6);
    public static final Field PROTOCOL = Field.bits(0x04, 31, 30);
    public static final Field MEMBER_COUNT = Field.bits(0x04, 23, 0);
    public static final LongField GID_HI = LongField.word64(0x10);
    public static final LongField GID_LO = LongField.word64(0x18);
    /** Fields of a member word, at {@link #HEADER_BYTES} and on. */
    public static final Field MEMBER_WORD = Field.word32(0x00);
    public static final Field MEMBER_QPN = Field.bits(0x00, 23, 0);
    public static final Field MEMBER_BLOCK_LOOPBACK = Field.bit(0x00, 30);

    private McgEntry() {}
}
