package org.legoos.mlx4.prm;

/** BAR 2: doorbell pages, and above them BlueFlame pages. Values are big-endian words. */
public final class Uar {
    public static final long BAR_SIZE_BYTES = 8L << 20;
    /** Doorbell half of the BAR; the other half is BlueFlame. */
    public static final long UAR_AREA_BYTES = 4L << 20;
    public static final int PAGE_SHIFT = 12;
    public static final int PAGE_SIZE_BYTES = 1 << PAGE_SHIFT;
    /** Pages that belong to EQ doorbells; software's own start here. */
    public static final int FIRST_SOFTWARE_PAGE = 128;

    public static final int SEND_DOORBELL = 0x14;
    public static final int CQ_DOORBELL = 0x20;
    public static final int EQ_DOORBELL = 0x800;
    public static final int EQ_DOORBELL_STRIDE = 8;
    public static final int EQS_PER_PAGE = 4;

    /** Fields of the send doorbell word. */
    public static final Field SEND_QPN = Field.bits(0, 31, 8);
    /** Fields of the EQ doorbell word. */
    public static final Field EQ_ARM = Field.bit(0, 31);
    public static final Field EQ_CONSUMER = Field.bits(0, 23, 0);

    private Uar() {}

    public static long sendDoorbell(int page) {
        return ((long) page << PAGE_SHIFT) + SEND_DOORBELL;
    }

    public static long cqDoorbell(int page) {
        return ((long) page << PAGE_SHIFT) + CQ_DOORBELL;
    }

    public static long eqDoorbell(int eqn) {
        return ((long) (eqn / EQS_PER_PAGE) << PAGE_SHIFT) + EQ_DOORBELL + EQ_DOORBELL_STRIDE * (eqn % EQS_PER_PAGE);
    }
}
