package org.legoos.mlx4.prm;

/** SMInfo attribute (IBA 14.2.5.13): who manages the subnet. */
public final class SmInfo {
    public static final int SIZE_BYTES = 21;

    public static final LongField GUID = LongField.word64(0);
    public static final LongField SM_KEY = LongField.word64(8);
    public static final Field ACT_COUNT = Field.word32(16);
    public static final Field PRIORITY = Field.byteBits(20, 7, 4);
    public static final Field STATE = Field.byteBits(20, 3, 0);

    public static final int STATE_NOT_ACTIVE = 0;
    public static final int STATE_DISCOVERING = 1;
    public static final int STATE_STANDBY = 2;
    public static final int STATE_MASTER = 3;

    /** Attribute modifiers of a Set (IBA 14.4.1): what the other manager shall do. */
    public static final int HANDOVER = 1;
    public static final int ACKNOWLEDGE = 2;
    public static final int DISABLE = 3;
    public static final int STANDBY = 4;
    public static final int DISCOVER = 5;

    private SmInfo() {}
}
