package org.legoos.mlx4.prm;

/** Output mailbox of DIAG_RPRT with opcode modifier 2: 32-bit counters, those that a model has causes for. */
public final class DiagRprt {
    public static final int SIZE_BYTES = 0x200;
    public static final int OP_TRANSPORT_ERRORS = 2;

    public static final Field NUM_CQ_OVERFLOWS = Field.word32(0x1a0);
    public static final Field NUM_EQ_OVERFLOWS = Field.word32(0x1a4);
    public static final Field NUM_BAD_DOORBELLS = Field.word32(0x1a8);

    private DiagRprt() {}
}
