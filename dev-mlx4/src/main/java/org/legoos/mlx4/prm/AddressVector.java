package org.legoos.mlx4.prm;

/** Where a UD message goes: the first 32 bytes of a {@link DatagramSegment}. */
public final class AddressVector {
    public static final int SIZE_BYTES = 0x20;

    public static final Field FORCE_LOOPBACK = Field.bit(0x00, 31);
    public static final Field PORT = Field.bits(0x00, 25, 24);
    public static final Field PD = Field.bits(0x00, 23, 0);
    public static final Field GRH = Field.bit(0x04, 23);
    public static final Field MY_LID_PATH_BITS = Field.bits(0x04, 22, 16);
    public static final Field REMOTE_LID = Field.bits(0x04, 15, 0);
    public static final Field MY_GID_INDEX = Field.bits(0x08, 22, 16);
    public static final Field STATIC_RATE = Field.bits(0x08, 11, 8);
    public static final Field HOP_LIMIT = Field.bits(0x08, 7, 0);
    public static final Field SL = Field.bits(0x0c, 31, 28);
    public static final Field TRAFFIC_CLASS = Field.bits(0x0c, 27, 20);
    public static final Field FLOW_LABEL = Field.bits(0x0c, 19, 0);
    public static final LongField REMOTE_GID_HI = LongField.word64(0x10);
    public static final LongField REMOTE_GID_LO = LongField.word64(0x18);

    private AddressVector() {}
}
