package org.legoos.mlx4.prm;

/** HCA command register: seven words at {@link Dcs#HCR}; writing the last one with GO set starts a command. */
public final class Hcr {
    public static final int SIZE_BYTES = 0x1c;

    /** 64-bit: mailbox address or immediate. */
    public static final int IN_PARAM_HI = 0x00;
    public static final int IN_PARAM_LO = 0x04;
    public static final int IN_MODIFIER = 0x08;
    /** 64-bit: mailbox address; an immediate result after completion. */
    public static final int OUT_PARAM_HI = 0x0c;
    public static final int OUT_PARAM_LO = 0x10;
    public static final int TOKEN_WORD = 0x14;
    public static final int CONTROL = 0x18;

    public static final LongField IN_PARAM = LongField.word64(IN_PARAM_HI);
    public static final Field INPUT_MODIFIER = Field.word32(IN_MODIFIER);
    public static final LongField OUT_PARAM = LongField.word64(OUT_PARAM_HI);
    public static final Field TOKEN = Field.bits(TOKEN_WORD, 31, 16);
    public static final Field OPCODE = Field.bits(CONTROL, 11, 0);
    public static final Field OPCODE_MODIFIER = Field.bits(CONTROL, 15, 12);
    public static final Field TOGGLE = Field.bit(CONTROL, 21);
    /** Report completion by an EQE. */
    public static final Field EVENT = Field.bit(CONTROL, 22);
    public static final Field GO = Field.bit(CONTROL, 23);
    public static final Field STATUS = Field.bits(CONTROL, 31, 24);

    public static final int POLL_TOKEN = 0xffff;

    private Hcr() {}
}
