package org.legoos.mlx4.prm;

/** Mailbox of CONFIG_DEV (Linux, struct mlx4_config_dev): settings of Ethernet and RoCE, which an IB card just keeps. */
public final class ConfigDev {
    public static final int SIZE_BYTES = 0x84;

    /** Which fields a setting changes. */
    public static final Field SET_VXLAN_PORT = Field.bit(0x00, 0);
    public static final Field SET_ROCE_V2_PORT = Field.bit(0x00, 3);

    public static final Field VXLAN_PORT = Field.word16(0x10);
    public static final Field ROCE_V2_ENTROPY = Field.word16(0x14);
    public static final Field ROCE_V2_PORT = Field.word16(0x16);
    public static final Field ROCE_FLAGS = Field.word32(0x18);
    /** Modes of received checksums: bits 2..0 of port 1, 6..4 of port 2. */
    public static final Field RX_CHECKSUM_MODES = Field.byteAt(0x83);

    /** Opcode modifiers. */
    public static final int OP_SET = 0;
    public static final int OP_GET = 1;

    private ConfigDev() {}
}
