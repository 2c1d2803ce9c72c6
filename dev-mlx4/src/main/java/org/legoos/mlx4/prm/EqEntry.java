package org.legoos.mlx4.prm;

/** Event queue entry, 32 bytes; software owns entry n when {@link #OWNER} equals bit log(size) of n. */
public final class EqEntry {
    public static final int SIZE_BYTES = 0x20;

    public static final Field TYPE = Field.byteAt(0x01);
    public static final Field SUBTYPE = Field.byteAt(0x03);
    /** QPN, CQN or SRQN. */
    public static final Field RESOURCE = Field.bits(0x04, 23, 0);
    public static final Field CQ_SYNDROME = Field.byteAt(0x0f);
    public static final Field PORT = Field.bits(0x0c, 29, 28);
    public static final Field CMD_TOKEN = Field.word16(0x06);
    public static final Field CMD_STATUS = Field.byteAt(0x0f);
    public static final LongField CMD_OUT_PARAM = LongField.word64(0x10);
    public static final Field OWNER = Field.byteBits(0x1f, 7, 7);
    public static final int OWNER_BYTE = 0x1f;
    public static final byte OWNER_BIT = (byte) 0x80;

    private EqEntry() {}
}
