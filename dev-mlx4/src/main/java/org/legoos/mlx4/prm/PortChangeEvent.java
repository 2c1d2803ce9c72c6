package org.legoos.mlx4.prm;

/** An {@link EqEntry} of type port management change, as its sub-types use it. */
public final class PortChangeEvent {
    public static final int SIZE_BYTES = EqEntry.SIZE_BYTES;

    public static final Field PORT = Field.byteAt(0x07);
    /** Sub-type PortInfo: the addresses as they are now, and which of them are new. */
    public static final Field SM_LID = Field.word16(0x08);
    public static final Field LID = Field.word16(0x0a);
    public static final Field CHANGED = Field.word32(0x0c);
    public static final Field SM_SL = Field.byteAt(0x13);
    public static final Field GID_PREFIX_HI = Field.word32(0x14);
    public static final Field GID_PREFIX_LO = Field.word32(0x18);
    /** Sub-types P_Key table and GUIDInfo: which block, and which of its entries. */
    public static final Field TABLE_BLOCK = Field.word32(0x08);
    public static final Field TABLE_ENTRIES = Field.word32(0x0c);

    private PortChangeEvent() {}
}
