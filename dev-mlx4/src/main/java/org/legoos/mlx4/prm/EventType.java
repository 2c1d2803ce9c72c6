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

    /** Sub-types of {@link #PORT_MNG_CHANGE}: the attribute that changed. */
    public static final int CHANGE_GUID_INFO = 0x14;
    public static final int CHANGE_PORT_INFO = 0x15;
    public static final int CHANGE_PKEY_TABLE = 0x16;
    public static final int CHANGE_SL_TO_VL = 0x17;

    /** What of PortInfo changed. */
    public static final int CHANGED_SM_LID = 1;
    public static final int CHANGED_GID_PREFIX = 1 << 1;
    public static final int CHANGED_LID = 1 << 2;
    public static final int CHANGED_CLIENT_REREGISTER = 1 << 3;
    public static final int CHANGED_SM_SL = 1 << 4;

    /** Syndromes of {@link #CQ_ERROR}. */
    public static final int CQ_OVERRUN = 1;
    public static final int CQ_ACCESS_VIOLATION = 2;

    private EventType() {}
}
