package org.legoos.mlx4.prm;

/** Primary or alternate path in a {@link QpContext}. */
public final class AddressPath {
    public static final int SIZE_BYTES = 0x2c;

    public static final Field FORCE_LOOPBACK = Field.bit(0x00, 31);
    public static final Field PKEY_INDEX = Field.bits(0x00, 6, 0);
    public static final Field COUNTER_INDEX = Field.byteAt(0x04);
    public static final Field GRH = Field.bit(0x04, 23);
    /** Low 7 bits of the source LID. */
    public static final Field MY_LID_PATH_BITS = Field.bits(0x04, 22, 16);
    public static final Field REMOTE_LID = Field.bits(0x04, 15, 0);
    /** 4.096 us times 2 to this; 0 is off. */
    public static final Field ACK_TIMEOUT = Field.bits(0x08, 31, 27);
    public static final Field MY_GID_INDEX = Field.bits(0x08, 22, 16);
    public static final Field STATIC_RATE = Field.bits(0x08, 11, 8);
    public static final Field HOP_LIMIT = Field.bits(0x08, 7, 0);
    public static final Field TRAFFIC_CLASS = Field.bits(0x0c, 27, 20);
    public static final Field FLOW_LABEL = Field.bits(0x0c, 19, 0);
    public static final LongField REMOTE_GID_HI = LongField.word64(0x10);
    public static final LongField REMOTE_GID_LO = LongField.word64(0x18);
    public static final Field SCHED_QUEUE = Field.byteAt(0x20);

    /** Parts of the scheduling queue byte. */
    public static final int SCHED_QUEUE_DEFAULT = 0x83;

    private AddressPath() {}

    public static int schedQueue(int port, int sl) {
        return SCHED_QUEUE_DEFAULT | (port - 1 & 1) << 6 | (sl & 0xf) << 2;
    }

    public static int schedQueuePort(int schedQueue) {
        return (schedQueue >> 6 & 1) + 1;
    }

    public static int schedQueueSl(int schedQueue) {
        return schedQueue >> 2 & 0xf;
    }
}
