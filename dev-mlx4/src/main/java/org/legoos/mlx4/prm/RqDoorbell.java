package org.legoos.mlx4.prm;

/** RQ or SRQ doorbell record in memory: how many WQEs were ever posted, modulo 2^16. */
public final class RqDoorbell {
    public static final int SIZE_BYTES = 4;

    public static final Field POSTED = Field.bits(0x00, 15, 0);

    private RqDoorbell() {}
}
