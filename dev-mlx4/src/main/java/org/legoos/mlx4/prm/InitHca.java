package org.legoos.mlx4.prm;

/** Input mailbox of INIT_HCA, and with the same layout the output of QUERY_HCA. Bases are ICM addresses. */
public final class InitHca {
    public static final int SIZE_BYTES = 0x200;

    public static final Field VERSION = Field.byteAt(0x000);
    public static final Field GLOBAL_CAPS = Field.word32(0x004);
    /** QUERY_HCA only: MHz of the internal clock. */
    public static final Field CORE_CLOCK_MHZ = Field.word16(0x00c);
    public static final Field CACHE_LINE = Field.byteAt(0x00e);
    public static final Field CHECK_AV_PORT = Field.bit(0x014, 0);
    public static final Field BIG_ENDIAN_HOST = Field.bit(0x014, 1);
    public static final Field RECOVERABLE_ERRORS = Field.bit(0x018, 31);
    public static final LongField QPC_BASE = LongField.bits(0x030, 63, 5);
    public static final Field LOG_QPS = Field.byteBits(0x037, 4, 0);
    public static final LongField SRQC_BASE = LongField.bits(0x048, 63, 5);
    public static final Field LOG_SRQS = Field.byteBits(0x04f, 4, 0);
    public static final LongField CQC_BASE = LongField.bits(0x050, 63, 5);
    public static final Field LOG_CQS = Field.byteBits(0x057, 4, 0);
    public static final Field CQE_64 = Field.bit(0x058, 30);
    public static final Field EQE_64 = Field.bit(0x058, 29);
    public static final LongField ALTC_BASE = LongField.word64(0x060);
    public static final LongField AUXC_BASE = LongField.word64(0x070);
    public static final LongField EQC_BASE = LongField.bits(0x080, 63, 5);
    public static final Field LOG_EQS = Field.byteBits(0x087, 4, 0);
    public static final Field NUM_SYS_EQS = Field.word16(0x08a);
    public static final LongField RDMARC_BASE = LongField.bits(0x090, 63, 5);
    public static final Field LOG_RDMARC = Field.byteBits(0x097, 2, 0);
    public static final LongField MC_BASE = LongField.word64(0x0c0);
    public static final Field LOG_MC_ENTRY_SZ = Field.bits(0x0d0, 4, 0);
    public static final Field LOG_MC_HASH_SZ = Field.bits(0x0d4, 4, 0);
    public static final Field UC_STEERING = Field.byteBits(0x0d8, 3, 3);
    public static final Field LOG_MC_TABLE_SZ = Field.byteBits(0x0db, 4, 0);
    public static final LongField DMPT_BASE = LongField.word64(0x0f0);
    public static final Field MW_ENABLE = Field.byteBits(0x0f8, 7, 7);
    public static final Field LOG_MPTS = Field.byteBits(0x0fb, 5, 0);
    public static final LongField MTT_BASE = LongField.word64(0x100);
    public static final LongField CMPT_BASE = LongField.word64(0x108);
    public static final Field LOG_UARS = Field.byteAt(0x12a);
    /** Log of the UAR page size, in 4 KiB units. */
    public static final Field UAR_PAGE_SZ = Field.byteAt(0x12b);

    private InitHca() {}
}
