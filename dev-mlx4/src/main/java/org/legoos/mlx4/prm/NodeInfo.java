package org.legoos.mlx4.prm;

/** NodeInfo attribute (IBA 14.2.5.3). */
public final class NodeInfo {
    public static final int SIZE_BYTES = 40;

    public static final Field BASE_VERSION = Field.byteAt(0);
    public static final Field CLASS_VERSION = Field.byteAt(1);
    public static final Field NODE_TYPE = Field.byteAt(2);
    public static final Field NUM_PORTS = Field.byteAt(3);
    public static final LongField SYSTEM_IMAGE_GUID = LongField.word64(4);
    public static final LongField NODE_GUID = LongField.word64(12);
    public static final LongField PORT_GUID = LongField.word64(20);
    public static final Field PARTITION_CAP = Field.word16(28);
    public static final Field DEVICE_ID = Field.word16(30);
    public static final Field REVISION = Field.word32(32);
    public static final Field LOCAL_PORT = Field.byteAt(36);
    public static final Field VENDOR_ID = Field.bits(36, 23, 0);

    public static final int TYPE_CA = 1;
    public static final int TYPE_SWITCH = 2;

    private NodeInfo() {}
}
