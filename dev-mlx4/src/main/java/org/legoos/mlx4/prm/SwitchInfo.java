package org.legoos.mlx4.prm;

/** SwitchInfo attribute (IBA 14.2.5.4). */
public final class SwitchInfo {
    public static final Field LINEAR_CAP = Field.word16(0);
    public static final Field RANDOM_CAP = Field.word16(2);
    public static final Field MULTICAST_CAP = Field.word16(4);
    public static final Field LINEAR_TOP = Field.word16(6);
    public static final Field DEFAULT_PORT = Field.byteAt(8);
    public static final Field DEFAULT_MULTICAST_PRIMARY = Field.byteAt(9);
    public static final Field DEFAULT_MULTICAST_OTHER = Field.byteAt(10);
    public static final Field LIFE_TIME = Field.byteBits(11, 7, 3);
    /** Some port's state has changed; written as 1 it is cleared. */
    public static final Field PORT_STATE_CHANGE = Field.byteBits(11, 2, 2);
    public static final Field LIDS_PER_PORT = Field.word16(12);
    public static final Field MULTICAST_TOP = Field.word16(18);

    private SwitchInfo() {}
}
