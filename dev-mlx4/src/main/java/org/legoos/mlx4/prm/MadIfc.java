package org.legoos.mlx4.prm;

/** MAD_IFC: a 256-byte MAD each way, and optionally where the request came from, at {@link #EXTENDED_INFO}. */
public final class MadIfc {
    public static final int MAD_BYTES = 256;
    public static final int IN_SIZE_BYTES = 0x200;
    public static final int EXTENDED_INFO = 0x100;

    /** Parts of the input modifier. */
    public static final Field PORT = Field.bits(0, 7, 0);
    public static final Field SOURCE_LID = Field.bits(0, 31, 16);

    /** Opcode modifier bits. */
    public static final int IGNORE_MKEY = 1;
    public static final int IGNORE_BKEY = 2;
    public static final int EXTENDED = 4;

    private MadIfc() {}
}
