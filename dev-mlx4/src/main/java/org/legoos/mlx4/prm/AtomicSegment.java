package org.legoos.mlx4.prm;

/** Operands of an atomic request; masked compare-and-swap has the two masks as well. */
public final class AtomicSegment {
    public static final int SIZE_BYTES = 0x10;
    public static final int MASKED_SIZE_BYTES = 0x20;

    public static final LongField SWAP_ADD = LongField.word64(0x00);
    public static final LongField COMPARE = LongField.word64(0x08);
    public static final LongField SWAP_ADD_MASK = LongField.word64(0x10);
    public static final LongField COMPARE_MASK = LongField.word64(0x18);

    private AtomicSegment() {}
}
