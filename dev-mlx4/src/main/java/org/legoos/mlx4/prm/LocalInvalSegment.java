package org.legoos.mlx4.prm;

/** Invalidation of a key by its owner. */
public final class LocalInvalSegment {
    public static final int SIZE_BYTES = 0x20;

    public static final Field KEY = Field.word32(0x08);

    private LocalInvalSegment() {}
}
