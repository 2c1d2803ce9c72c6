package org.legoos.mlx4.prm;

/** Second segment of a UD send: an {@link AddressVector}, then destination QP and Q_Key. */
public final class DatagramSegment {
    public static final int SIZE_BYTES = 0x30;

    public static final Field DEST_QPN = Field.bits(0x20, 23, 0);
    /** With bit 31 set the QP context's Q_Key is used. */
    public static final Field QKEY = Field.word32(0x24);

    private DatagramSegment() {}
}
