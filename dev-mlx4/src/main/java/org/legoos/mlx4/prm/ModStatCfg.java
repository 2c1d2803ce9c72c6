package org.legoos.mlx4.prm;

/** Mailbox of MOD_STAT_CFG. */
public final class ModStatCfg {
    public static final int SIZE_BYTES = 0x100;

    public static final Field MODIFY_LOG_PG_SZ = Field.byteAt(0x02);
    public static final Field LOG_PG_SZ = Field.byteAt(0x03);
    public static final Field PORT_GUID_HI = Field.word32(0x14);
    public static final Field PORT_GUID_LO = Field.word32(0x1c);

    private ModStatCfg() {}
}
