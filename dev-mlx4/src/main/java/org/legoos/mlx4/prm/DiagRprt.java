package org.legoos.mlx4.prm;

/** Output mailbox of DIAG_RPRT with opcode modifier 2: 32-bit counters, those that a model has causes for. */
public final class DiagRprt {
    public static final int SIZE_BYTES = 0x200;
    public static final int OP_TRANSPORT_ERRORS = 2;

    /** Completions with an error, by syndrome; rq = receive side, sq = send side. */
    public static final Field RQ_LOCAL_LENGTH = Field.word32(0x00);
    public static final Field SQ_LOCAL_LENGTH = Field.word32(0x04);
    public static final Field RQ_LOCAL_QP_OPERATION = Field.word32(0x08);
    public static final Field SQ_LOCAL_QP_OPERATION = Field.word32(0x0c);
    public static final Field RQ_LOCAL_PROTECTION = Field.word32(0x18);
    public static final Field SQ_LOCAL_PROTECTION = Field.word32(0x1c);
    public static final Field RQ_FLUSHED = Field.word32(0x20);
    public static final Field SQ_FLUSHED = Field.word32(0x24);
    public static final Field SQ_WINDOW_BIND = Field.word32(0x2c);
    public static final Field SQ_BAD_RESPONSE = Field.word32(0x34);
    public static final Field RQ_LOCAL_ACCESS = Field.word32(0x38);
    public static final Field SQ_REMOTE_INVALID_REQUEST = Field.word32(0x44);
    public static final Field SQ_REMOTE_ACCESS = Field.word32(0x4c);
    public static final Field SQ_REMOTE_OPERATION = Field.word32(0x54);
    public static final Field SQ_TRANSPORT_RETRY = Field.word32(0x5c);
    public static final Field SQ_RNR_RETRY = Field.word32(0x64);
    public static final Field RQ_RNR_NAKS = Field.word32(0x68);
    public static final Field SQ_RNR_NAKS = Field.word32(0x6c);
    public static final Field SQ_REMOTE_ABORTED = Field.word32(0x7c);
    /** Sequence errors that our responder saw, and that peers told our requesters. */
    public static final Field RQ_OUT_OF_SEQUENCE = Field.word32(0x100);
    public static final Field SQ_OUT_OF_SEQUENCE = Field.word32(0x104);
    public static final Field RQ_UD_NO_RECEIVE = Field.word32(0x118);
    public static final Field RQ_UC_NO_RECEIVE = Field.word32(0x120);
    public static final Field RQ_DUPLICATES = Field.word32(0x130);
    public static final Field SQ_TIMEOUTS = Field.word32(0x134);
    public static final Field NUM_CQ_OVERFLOWS = Field.word32(0x1a0);
    public static final Field NUM_EQ_OVERFLOWS = Field.word32(0x1a4);
    public static final Field NUM_BAD_DOORBELLS = Field.word32(0x1a8);

    private DiagRprt() {}
}
