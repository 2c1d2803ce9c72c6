package org.legoos.mlx4.prm;

/** Memory protection table entry: the mailbox of SW2HW_MPT and the dMPT entry in ICM. */
public final class MptEntry {
    public static final int SIZE_BYTES = 0x40;

    public static final Field FLAGS_WORD = Field.word32(0x00);
    public static final Field STATUS = Field.bits(0x00, 31, 28);
    public static final Field MIO = Field.bit(0x00, 17);
    public static final Field BIND_ENABLE = Field.bit(0x00, 15);
    public static final Field REMOTE_ATOMIC = Field.bit(0x00, 14);
    public static final Field REMOTE_WRITE = Field.bit(0x00, 13);
    public static final Field REMOTE_READ = Field.bit(0x00, 12);
    public static final Field LOCAL_WRITE = Field.bit(0x00, 11);
    public static final Field LOCAL_READ = Field.bit(0x00, 10);
    /** Addresses are DMA addresses: no translation. */
    public static final Field PHYSICAL = Field.bit(0x00, 9);
    public static final Field REGION = Field.bit(0x00, 8);
    public static final Field QPN = Field.bits(0x04, 31, 8);
    public static final Field BOUND_TO_QP = Field.bit(0x04, 7);
    /** The key rotated right by 8, see {@link MemKey}. */
    public static final Field MEM_KEY = Field.word32(0x08);
    public static final Field PD = Field.bits(0x0c, 23, 0);
    public static final Field ENABLE_INVALIDATE = Field.bits(0x0c, 25, 24);
    public static final Field FAST_REG_ENABLE = Field.bit(0x0c, 27);
    public static final Field REMOTE_ACCESS_ENABLE = Field.bit(0x0c, 28);
    public static final LongField START = LongField.word64(0x10);
    public static final LongField LENGTH = LongField.word64(0x18);
    public static final Field LKEY = Field.word32(0x20);
    public static final Field WINDOW_COUNT = Field.bits(0x24, 23, 0);
    public static final Field FBO_ENABLE = Field.bit(0x28, 23);
    /** Bit 64 of the length: the region is the whole address space. */
    public static final Field LENGTH_64 = Field.bit(0x28, 22);
    public static final LongField MTT_ADDR = LongField.bits(0x2c, 39, 3);
    public static final Field MTT_COUNT = Field.word32(0x34);
    /** Log of the page size. */
    public static final Field ENTITY_SIZE = Field.bits(0x38, 20, 0);
    public static final Field FIRST_BYTE_OFFSET = Field.bits(0x3c, 20, 0);

    public static final int STATUS_HW = 0x0;
    public static final int STATUS_FREE = 0x3;
    public static final int STATUS_SW = 0xf;

    private MptEntry() {}
}
