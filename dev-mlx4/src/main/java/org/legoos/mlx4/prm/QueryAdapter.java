package org.legoos.mlx4.prm;

/** Output mailbox of QUERY_ADAPTER. The board id is 16 characters whose 32-bit groups are byte-swapped. */
public final class QueryAdapter {
    public static final int SIZE_BYTES = 0x100;

    public static final Field INTA_PIN = Field.byteAt(0x10);
    public static final int VSD = 0x20;
    public static final int BOARD_ID = 0xf0;
    public static final int BOARD_ID_BYTES = 16;

    private QueryAdapter() {}
}
