package org.legoos.mlx4.prm;

/** First segment of a send WQE. */
public final class CtrlSegment {
    public static final int SIZE_BYTES = 0x10;

    public static final Field OWNER_OPCODE_WORD = Field.word32(0x00);
    public static final Field OWNER = Field.bit(0x00, 31);
    /** BlueFlame copies only. */
    public static final Field BF_WQE_INDEX = Field.bits(0x00, 23, 8);
    public static final Field OPCODE = Field.bits(0x00, 4, 0);
    /** BlueFlame copies only. */
    public static final Field BF_QPN = Field.bits(0x04, 31, 8);
    public static final Field FENCE = Field.bit(0x04, 6);
    /** Size of the WQE in units of 16 bytes, this segment included. */
    public static final Field DS = Field.bits(0x04, 5, 0);
    public static final Field XRC_SRQN = Field.bits(0x08, 31, 8);
    public static final Field STRONG_ORDER = Field.bit(0x08, 7);
    /** {@link #CQ_UPDATE_ALWAYS}, or 0: a CQE only on error. */
    public static final Field CQ_UPDATE = Field.bits(0x08, 3, 2);
    public static final Field SOLICITED = Field.bit(0x08, 1);
    public static final Field FORCE_LOOPBACK = Field.bit(0x08, 0);
    /** As it is on the wire; R_Key of a SEND_INVAL. */
    public static final Field IMMEDIATE = Field.word32(0x0c);

    public static final int CQ_UPDATE_ALWAYS = 3;

    private CtrlSegment() {}
}
