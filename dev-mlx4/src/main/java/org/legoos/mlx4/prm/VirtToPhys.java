package org.legoos.mlx4.prm;

/** One mapping in the mailbox of MAP_FA, MAP_ICM and MAP_ICM_AUX (which have no virtual address). */
public final class VirtToPhys {
    public static final int SIZE_BYTES = 0x10;
    public static final int MAX_ENTRIES = 256;
    public static final int PAGE_SHIFT = 12;

    public static final LongField VIRTUAL = LongField.bits(0x00, 63, 12);
    public static final LongField PHYSICAL = LongField.bits(0x08, 63, 12);
    public static final Field LOG_PAGES = Field.bits(0x0c, 5, 0);

    private VirtToPhys() {}
}
