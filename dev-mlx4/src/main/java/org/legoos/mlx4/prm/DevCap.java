package org.legoos.mlx4.prm;

/** Output mailbox of QUERY_DEV_CAP. {@code LOG_} and {@code RSVD_LOG_} values are base 2 logarithms. */
public final class DevCap {
    public static final int SIZE_BYTES = 0x100;

    public static final Field LOG_MAX_SRQ_SZ = Field.byteAt(0x10);
    public static final Field LOG_MAX_QP_SZ = Field.byteAt(0x11);
    public static final Field LOG_RSVD_QP = Field.byteBits(0x12, 3, 0);
    public static final Field LOG_MAX_QP = Field.byteBits(0x13, 4, 0);
    public static final Field LOG_RSVD_SRQ = Field.byteBits(0x14, 7, 4);
    public static final Field LOG_MAX_SRQ = Field.byteBits(0x15, 4, 0);
    public static final Field LOG_MAX_SCHED_QUEUE = Field.byteBits(0x17, 3, 0);
    public static final Field NUM_RSVD_EQ = Field.byteAt(0x18);
    public static final Field LOG_MAX_CQ_SZ = Field.byteAt(0x19);
    public static final Field LOG_RSVD_CQ = Field.byteBits(0x1a, 3, 0);
    public static final Field LOG_MAX_CQ = Field.byteBits(0x1b, 4, 0);
    public static final Field LOG_MAX_EQ_SZ = Field.byteAt(0x1c);
    public static final Field LOG_MAX_MPT = Field.byteBits(0x1d, 5, 0);
    public static final Field LOG_RSVD_EQ = Field.byteBits(0x1e, 3, 0);
    public static final Field LOG_MAX_EQ = Field.byteBits(0x1f, 3, 0);
    public static final Field LOG_RSVD_MTT = Field.byteBits(0x20, 7, 4);
    public static final Field LOG_MAX_MR_SZ = Field.byteAt(0x21);
    public static final Field LOG_RSVD_MPT = Field.byteBits(0x22, 3, 0);
    public static final Field LOG_MAX_MTT = Field.byteBits(0x23, 5, 0);
    public static final Field NUM_SYS_EQ = Field.bits(0x24, 11, 0);
    /** As requester, for each QP. */
    public static final Field LOG_MAX_SRA = Field.byteBits(0x29, 5, 0);
    /** As responder, for each QP. */
    public static final Field LOG_MAX_RRA = Field.byteBits(0x2b, 5, 0);
    public static final Field LOG_MAX_LSO_SZ = Field.byteBits(0x2d, 4, 0);
    public static final Field RSS = Field.byteAt(0x2e);
    public static final Field LOG_MAX_RDMA_RESOURCES = Field.byteBits(0x2f, 5, 0);
    public static final Field SRQ_RESIZE = Field.byteBits(0x33, 0, 0);
    public static final Field LOCAL_CA_ACK_DELAY = Field.byteBits(0x35, 4, 0);
    public static final Field OLD_MAX_MTU = Field.byteBits(0x36, 7, 4);
    public static final Field OLD_PORT_WIDTH = Field.byteBits(0x36, 3, 0);
    public static final Field OLD_MAX_VL = Field.byteBits(0x37, 7, 4);
    public static final Field NUM_PORTS = Field.byteBits(0x37, 3, 0);
    public static final Field LOG_MAX_MSG = Field.byteBits(0x38, 4, 0);
    public static final Field OLD_LOG_MAX_GID = Field.byteBits(0x3b, 3, 0);
    public static final Field STATIC_RATES = Field.word16(0x3c);
    public static final Field CQ_TIMESTAMP = Field.byteBits(0x3e, 7, 7);
    public static final Field OLD_LOG_MAX_PKEY = Field.byteBits(0x3f, 3, 0);
    /** 64 capability flags, see {@link DevCapFlags}. */
    public static final LongField FLAGS = LongField.word64(0x40);
    public static final Field LOG_RSVD_UAR = Field.byteBits(0x48, 7, 4);
    /** The doorbell pages take {@code 1 MiB << this}. */
    public static final Field LOG_UAR_MIB = Field.byteBits(0x49, 5, 0);
    public static final Field LOG_MIN_PAGE_SZ = Field.byteAt(0x4b);
    public static final Field BLUE_FLAME = Field.byteBits(0x4c, 7, 7);
    public static final Field LOG_BF_REG_SZ = Field.byteBits(0x4d, 4, 0);
    public static final Field LOG_BF_REGS_PER_PAGE = Field.byteBits(0x4e, 5, 0);
    public static final Field LOG_MAX_BF_PAGES = Field.byteBits(0x4f, 5, 0);
    public static final Field MAX_SG_SQ = Field.byteAt(0x51);
    public static final Field MAX_DESC_SZ_SQ = Field.word16(0x52);
    public static final Field MAX_SG_RQ = Field.byteAt(0x55);
    public static final Field MAX_DESC_SZ_RQ = Field.word16(0x56);
    public static final Field LOG_MAX_QP_PER_MCG = Field.byteAt(0x61);
    public static final Field LOG_RSVD_MCG = Field.byteBits(0x62, 3, 0);
    public static final Field LOG_MAX_MCG = Field.byteAt(0x63);
    public static final Field LOG_RSVD_PD = Field.byteBits(0x64, 7, 4);
    public static final Field LOG_MAX_PD = Field.byteBits(0x65, 5, 0);
    public static final Field LOG_RSVD_XRCD = Field.byteBits(0x66, 7, 4);
    public static final Field LOG_MAX_XRCD = Field.byteBits(0x67, 4, 0);
    public static final Field MAX_COUNTERS = Field.word32(0x68);
    /** Software may initialise CQEs itself (SW2HW_CQ with opcode modifier 1). */
    public static final Field SW_CQ_INIT = Field.bit(0x70, 23);
    public static final Field RDMARC_ENTRY_SZ = Field.word16(0x80);
    public static final Field QPC_ENTRY_SZ = Field.word16(0x82);
    public static final Field AUXC_ENTRY_SZ = Field.word16(0x84);
    public static final Field ALTC_ENTRY_SZ = Field.word16(0x86);
    public static final Field EQC_ENTRY_SZ = Field.word16(0x88);
    public static final Field CQC_ENTRY_SZ = Field.word16(0x8a);
    public static final Field SRQC_ENTRY_SZ = Field.word16(0x8c);
    public static final Field CMPT_ENTRY_SZ = Field.word16(0x8e);
    public static final Field MTT_ENTRY_SZ = Field.word16(0x90);
    public static final Field DMPT_ENTRY_SZ = Field.word16(0x92);
    /** Memory management extensions, see {@link DevCapFlags}. */
    public static final Field BMME_FLAGS = Field.word32(0x94);
    public static final Field RESERVED_LKEY = Field.word32(0x98);
    public static final LongField MAX_ICM_SZ = LongField.word64(0xa0);
    public static final Field MAD_DEMUX = Field.bit(0xb0, 0);
    public static final Field HEALTH_BUFFER = Field.word32(0xe4);

    private DevCap() {}
}
