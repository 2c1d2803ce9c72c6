package org.legoos.mlx4.prm;

/** Header of data that is in the WQE itself; it may not cross a 64-byte boundary, and the next one is 16-aligned. */
public final class InlineSegment {
    public static final int HEADER_BYTES = 4;
    public static final int BOUNDARY_BYTES = 64;

    public static final Field INLINE = Field.bit(0x00, 31);
    public static final Field BYTE_COUNT = Field.bits(0x00, 9, 0);

    private InlineSegment() {}
}
