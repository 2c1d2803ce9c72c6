package org.legoos.mlx4.prm;

/** Memory translation table entry: the address of one page of a region or queue. */
public final class MttEntry {
    public static final int SIZE_BYTES = 8;

    public static final LongField ENTRY = LongField.word64(0);
    public static final long PRESENT = 1;

    /** WRITE_MTT's mailbox: byte offset of the first entry, a reserved word, then entries. */
    public static final LongField WRITE_MTT_ADDR = LongField.word64(0x00);
    public static final int WRITE_MTT_ENTRIES = 0x10;

    private MttEntry() {}

    public static long present(long pageDmaAddr) {
        return pageDmaAddr | PRESENT;
    }
}
