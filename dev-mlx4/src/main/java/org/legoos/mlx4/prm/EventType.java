package org.legoos.mlx4.prm;

/** Event types of an {@link EqEntry}. */
public final class EventType {
    public static final int COMPLETION = 0x00;
    public static final int PATH_MIGRATED = 0x01;
    public static final int COMM_ESTABLISHED = 0x02;
    public static final int SQ_DRAINED = 0x03;
    public static final int CQ_ERROR = 0x04;
    public static final int WQ_CATASTROPHIC_ERROR = 0x05;
    public static final int QPC_CATASTROPHIC_ERROR = 0x06;
    public static final int PATH_MIGRATION_FAILED = 0x07;
    public static final int LOCAL_CATASTROPHIC_ERROR = 0x08;
    public static final int PORT_CHANGE = 0x09;
    public static final int COMMAND = 0x0a;
    public static final int EQ_OVERFLOW = 0x0f;
    public static final int WQ_INVALID_REQUEST = 0x10;
    public static final int WQ_ACCESS_ERROR = 0x11;
    public static final int SRQ_CATASTROPHIC_ERROR = 0x12;
    public static final int SRQ_LAST_WQE = 0x13;
    public static final int SRQ_LIMIT = 0x14;
    public static final int PORT_MNG_CHANGE = 0x1d;
    public static final int RECOVERABLE_ERROR = 0x3e;

    /** Sub-types of {@link #PORT_CHANGE}. */
    public static final int PORT_DOWN = 1;
    public static final int PORT_ACTIVE = 4;

    /** Syndromes of {@link #CQ_ERROR}. */
    public static final int CQ_OVERRUN = 1;
    public static final int CQ_ACCESS_VIOLATION = 2;

    private EventType() {}
}
