package org.legoos.mlx4.prm;

/** Output mailbox of QUERY_PORT. */
public final class QueryPort {
    public static final int SIZE_BYTES = 0x100;

    public static final Field LINK_UP = Field.byteBits(0x00, 7, 7);
    public static final Field DEFAULT_SENSE = Field.byteBits(0x00, 4, 4);
    public static final Field SUGGESTED_TYPE = Field.byteBits(0x00, 3, 3);
    public static final Field SUPPORTED_TYPES = Field.byteBits(0x00, 1, 0);
    public static final Field IB_MTU = Field.byteBits(0x01, 3, 0);
    public static final Field ETH_MTU = Field.word16(0x02);
    public static final Field IB_LINK_SPEED = Field.byteBits(0x04, 3, 0);
    public static final Field ETH_LINK_SPEED = Field.byteAt(0x05);
    public static final Field IB_PORT_WIDTH = Field.byteBits(0x06, 3, 0);
    public static final Field LOG_MAX_GID = Field.byteBits(0x07, 7, 4);
    public static final Field LOG_MAX_PKEY = Field.byteBits(0x07, 3, 0);
    public static final Field LOG_MAX_VLAN = Field.byteBits(0x0a, 7, 4);
    public static final Field LOG_MAX_MAC = Field.byteBits(0x0a, 3, 0);
    public static final Field MAX_VL = Field.byteBits(0x0b, 3, 0);
    public static final LongField DEFAULT_MAC = LongField.bits(0x10, 47, 0);

    public static final int TYPE_IB = 1;
    public static final int TYPE_ETH = 2;

    private QueryPort() {}
}
