package org.legoos.mlx4.prm;

/** Input mailbox of SET_PORT, InfiniBand form. */
public final class SetPort {
    public static final int SIZE_BYTES = 0x80;

    public static final Field RESET_QKEY_VIOLATIONS = Field.bit(0x00, 0);
    /** Back to what the card has after a reset, whatever {@link #CAPABILITY_MASK} says. */
    public static final Field RESET_CAPABILITY_MASK = Field.bit(0x00, 1);
    public static final Field VL_CAP = Field.bits(0x00, 7, 4);
    public static final Field MTU_CAP = Field.bits(0x00, 15, 12);
    public static final Field SET_GUID0 = Field.bit(0x00, 16);
    public static final Field SET_NODE_GUID = Field.bit(0x00, 17);
    public static final Field SET_SYSTEM_IMAGE_GUID = Field.bit(0x00, 18);
    public static final Field SET_PKEY_TABLE_SIZE = Field.bit(0x00, 20);
    public static final Field SET_VL_CAP = Field.bit(0x00, 21);
    public static final Field SET_MTU_CAP = Field.bit(0x00, 22);
    public static final Field CAPABILITY_MASK = Field.word32(0x04);
    public static final LongField SYSTEM_IMAGE_GUID = LongField.word64(0x08);
    public static final LongField GUID0 = LongField.word64(0x10);
    public static final LongField NODE_GUID = LongField.word64(0x18);
    public static final Field PKEY_TABLE_SIZE = Field.word16(0x28);

    private SetPort() {}
}
