package org.legoos.mlx4.prm;

/** First segment of an SRQ WQE: which WQE comes after it. */
public final class SrqNextSegment {
    public static final int SIZE_BYTES = 0x10;

    public static final Field NEXT_WQE_INDEX = Field.word16(0x02);

    private SrqNextSegment() {}
}
