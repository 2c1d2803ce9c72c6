package org.legoos.mlx4.prm;

/** First segment of a send WQE on an MLX QP (QP0, QP1), whose data begins with the packet's headers. */
public final class MlxCtrlSegment {
    public static final int SIZE_BYTES = 0x10;

    public static final Field OWNER = Field.bit(0x00, 31);
    public static final Field OPCODE = Field.bits(0x00, 4, 0);
    public static final Field DS = Field.bits(0x04, 5, 0);
    public static final Field VL15 = Field.bit(0x08, 17);
    /** Source LID is in the supplied header. */
    public static final Field SLR = Field.bit(0x08, 16);
    public static final Field STATIC_RATE = Field.bits(0x08, 15, 12);
    public static final Field SL = Field.bits(0x08, 11, 8);
    public static final Field KEEP_ICRC = Field.bit(0x08, 4);
    public static final Field CQ_UPDATE = Field.bits(0x08, 3, 2);
    public static final Field FORCE_LOOPBACK = Field.bit(0x08, 0);
    public static final Field DLID = Field.bits(0x0c, 31, 16);

    private MlxCtrlSegment() {}
}
