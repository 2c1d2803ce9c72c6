package org.legoos.mlx4.prm;

/** SMInfo attribute (IBA 14.2.5.13): who manages the subnet. */
public final class SmInfo {
    public static final LongField GUID = LongField.word64(0);
    public static final Field ACT_COUNT = Field.word32(16);
    public static final Field PRIORITY = Field.byteBits(20, 7, 4);
    public static final Field STATE = Field.byteBits(20, 3, 0);

    public static final int STATE_NOT_ACTIVE = 0;
    public static final int STATE_MASTER = 3;

    private SmInfo() {}
}
