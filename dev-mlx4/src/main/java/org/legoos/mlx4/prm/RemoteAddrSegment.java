package org.legoos.mlx4.prm;

/** Remote address of an RDMA or atomic request. */
public final class RemoteAddrSegment {
    public static final int SIZE_BYTES = 0x10;

    public static final LongField ADDRESS = LongField.word64(0x00);
    public static final Field RKEY = Field.word32(0x08);

    private RemoteAddrSegment() {}
}
