package org.legoos.mlx4.prm;

/**
 * Headers of a datagram without a GRH, as software supplies them to QP0 and QP1 in front of the data: local route header, base
 * transport header, datagram header (IBA 7.7, 9.2, 9.3.1; Linux: struct ib_ud_header).
 */
public final class UdHeader {
    public static final int SIZE_BYTES = 28;

    public static final Field VL = Field.bits(0, 31, 28);
    public static final Field SL = Field.bits(0, 23, 20);
    public static final Field LNH = Field.bits(0, 17, 16);
    public static final Field DLID = Field.bits(0, 15, 0);
    /** In words of four bytes, this header and the ICRC included. */
    public static final Field LENGTH_WORDS = Field.bits(4, 26, 16);
    /** Low bits only: the card knows the rest. */
    public static final Field SLID = Field.bits(4, 15, 0);
    public static final Field OPCODE = Field.byteAt(8);
    public static final Field SOLICITED = Field.byteBits(9, 7, 7);
    public static final Field P_KEY = Field.word16(10);
    public static final Field DEST_QPN = Field.bits(12, 23, 0);
    public static final Field PSN = Field.bits(16, 23, 0);
    public static final Field Q_KEY = Field.word32(20);
    public static final Field SOURCE_QPN = Field.bits(24, 23, 0);

    /** Next header: a transport header, on this subnet. */
    public static final int LNH_IBA_LOCAL = 2;
    public static final int OPCODE_UD_SEND_ONLY = 0x64;
    public static final int ICRC_BYTES = 4;

    private UdHeader() {}
}
