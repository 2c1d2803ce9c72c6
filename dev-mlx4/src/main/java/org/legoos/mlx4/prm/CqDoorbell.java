package org.legoos.mlx4.prm;

/**
 * CQ doorbell record in memory, and the CQ arm doorbell register. The record's first word is the consumer index, its
 * second word and the register's first have the arm command; the register's second word is the consumer index.
 */
public final class CqDoorbell {
    public static final int SIZE_BYTES = 8;

    public static final Field RECORD_CONSUMER = Field.bits(0x00, 23, 0);
    public static final Field RECORD_ARM_SN = Field.bits(0x04, 29, 28);
    public static final Field RECORD_ARM_CMD = Field.bits(0x04, 26, 24);
    public static final Field RECORD_ARM_CONSUMER = Field.bits(0x04, 23, 0);

    public static final Field SN = Field.bits(0x00, 29, 28);
    public static final Field CMD = Field.bits(0x00, 26, 24);
    public static final Field CQN = Field.bits(0x00, 23, 0);
    public static final Field CONSUMER = Field.bits(0x04, 23, 0);

    public static final int CMD_NEXT_SOLICITED = 1;
    public static final int CMD_NEXT_ANY = 2;

    private CqDoorbell() {}
}
