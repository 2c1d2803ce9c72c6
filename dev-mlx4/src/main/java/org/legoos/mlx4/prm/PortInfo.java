package org.legoos.mlx4.prm;

/** PortInfo attribute (IBA 14.2.5.6). */
public final class PortInfo {
    public static final int SIZE_BYTES = 64;

    public static final LongField M_KEY = LongField.word64(0);
    public static final LongField GID_PREFIX = LongField.word64(8);
    public static final Field LID = Field.word16(16);
    public static final Field MASTER_SM_LID = Field.word16(18);
    public static final Field CAPABILITY_MASK = Field.word32(20);
    public static final Field DIAG_CODE = Field.word16(24);
    public static final Field M_KEY_LEASE_S = Field.word16(26);
    public static final Field LOCAL_PORT = Field.byteAt(28);
    public static final Field WIDTH_ENABLED = Field.byteAt(29);
    public static final Field WIDTH_SUPPORTED = Field.byteAt(30);
    public static final Field WIDTH_ACTIVE = Field.byteAt(31);
    public static final Field SPEED_SUPPORTED = Field.byteBits(32, 7, 4);
    public static final Field PORT_STATE = Field.byteBits(32, 3, 0);
    public static final Field PHYS_STATE = Field.byteBits(33, 7, 4);
    public static final Field DOWN_DEFAULT_STATE = Field.byteBits(33, 3, 0);
    public static final Field M_KEY_PROTECT = Field.byteBits(34, 7, 6);
    public static final Field LMC = Field.byteBits(34, 2, 0);
    public static final Field SPEED_ACTIVE = Field.byteBits(35, 7, 4);
    public static final Field SPEED_ENABLED = Field.byteBits(35, 3, 0);
    public static final Field NEIGHBOR_MTU = Field.byteBits(36, 7, 4);
    public static final Field MASTER_SM_SL = Field.byteBits(36, 3, 0);
    public static final Field VL_CAP = Field.byteBits(37, 7, 4);
    public static final Field VL_HIGH_LIMIT = Field.byteAt(38);
    public static final Field VL_ARB_HIGH_CAP = Field.byteAt(39);
    public static final Field VL_ARB_LOW_CAP = Field.byteAt(40);
    public static final Field MTU_CAP = Field.byteBits(41, 3, 0);
    public static final Field VL_STALL_COUNT = Field.byteBits(42, 7, 5);
    public static final Field HOQ_LIFE = Field.byteBits(42, 4, 0);
    public static final Field OPERATIONAL_VLS = Field.byteBits(43, 7, 4);
    public static final Field MKEY_VIOLATIONS = Field.word16(44);
    public static final Field PKEY_VIOLATIONS = Field.word16(46);
    public static final Field QKEY_VIOLATIONS = Field.word16(48);
    public static final Field GUID_CAP = Field.byteAt(50);
    public static final Field CLIENT_REREGISTER = Field.byteBits(51, 7, 7);
    public static final Field SUBNET_TIMEOUT = Field.byteBits(51, 4, 0);
    public static final Field RESP_TIME = Field.byteBits(52, 4, 0);
    public static final Field LOCAL_PHY_ERRORS = Field.byteBits(53, 7, 4);
    public static final Field OVERRUN_ERRORS = Field.byteBits(53, 3, 0);

    /** Bits of {@link #CAPABILITY_MASK}. */
    public static final int CAP_IS_SM = 1 << 1;
    public static final int CAP_NOTICE = 1 << 2;
    public static final int CAP_TRAP = 1 << 3;
    public static final int CAP_SYSTEM_IMAGE_GUID = 1 << 11;
    public static final int CAP_CLIENT_REREGISTER = 1 << 25;

    public static final int PHYS_NO_CHANGE = 0;
    public static final int PHYS_SLEEP = 1;
    public static final int PHYS_POLLING = 2;
    public static final int PHYS_DISABLED = 3;
    public static final int PHYS_LINK_UP = 5;
    public static final long DEFAULT_GID_PREFIX = 0xfe80000000000000L;

    private PortInfo() {}
}
