package org.legoos.mlx4.prm;

/** Completion queue entry, 32 bytes; software owns entry n when {@link #OWNER} equals bit log(size) of n. */
public final class CqEntry {
    public static final int SIZE_BYTES = 0x20;

    public static final Field QPN = Field.bits(0x00, 23, 0);
    /** Immediate data in wire order, invalidated R_Key. */
    public static final Field IMMEDIATE = Field.word32(0x04);
    /** Of a receive of QP1. */
    public static final Field P_KEY_INDEX = Field.bits(0x04, 6, 0);
    public static final Field GRH = Field.bit(0x08, 31);
    public static final Field PATH_BITS = Field.bits(0x08, 30, 24);
    /** Remote QPN of a UD receive; SRQN of an XRC one. */
    public static final Field REMOTE_QPN = Field.bits(0x08, 23, 0);
    public static final Field SL = Field.bits(0x0c, 31, 28);
    public static final Field REMOTE_LID = Field.bits(0x0c, 15, 0);
    public static final Field STATUS = Field.word32(0x10);
    public static final Field BYTE_COUNT = Field.word32(0x14);
    public static final Field WQE_INDEX = Field.bits(0x18, 31, 16);
    public static final Field VENDOR_SYNDROME = Field.byteAt(0x1a);
    public static final Field SYNDROME = Field.byteAt(0x1b);
    public static final Field OWNER = Field.byteBits(0x1f, 7, 7);
    public static final Field IS_SEND = Field.byteBits(0x1f, 6, 6);
    public static final Field OPCODE = Field.byteBits(0x1f, 4, 0);
    public static final int OWNER_BYTE = 0x1f;
    public static final byte OWNER_BIT = (byte) 0x80;

    /** Receive opcodes; a send completion carries the {@link WqeOpcode}. */
    public static final int OP_RECV_WRITE_IMM = 0x00;
    public static final int OP_RECV_SEND = 0x01;
    public static final int OP_RECV_SEND_IMM = 0x02;
    public static final int OP_RECV_SEND_INVAL = 0x03;
    public static final int OP_RESIZE = 0x16;
    public static final int OP_ERROR = 0x1e;

    private CqEntry() {}
}
