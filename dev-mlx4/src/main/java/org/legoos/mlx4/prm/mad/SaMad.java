package org.legoos.mlx4.prm.mad;

import org.legoos.mlx4.prm.Field;
import org.legoos.mlx4.prm.LongField;

/** A datagram of subnet administration behind the common header: multi-packet header, its own header, data (IBA 15.2.1.1). */
public final class SaMad {
    public static final int CLASS_SUBN_ADM = 0x03;
    public static final int CLASS_VERSION = 2;

    public static final Field RMPP_VERSION = Field.byteAt(24);
    public static final Field RMPP_TYPE = Field.byteAt(25);
    public static final Field RMPP_RESP_TIME = Field.byteBits(26, 7, 3);
    public static final Field RMPP_FLAGS = Field.byteBits(26, 2, 0);
    public static final Field RMPP_STATUS = Field.byteAt(27);
    public static final Field RMPP_SEGMENT = Field.word32(28);
    /** Of data: bytes behind the multi-packet header; in the first segment of all, in the last one of the last. */
    public static final Field RMPP_PAYLOAD_LENGTH = Field.word32(32);
    /** Of an acknowledgement: the last segment that may be sent. */
    public static final Field RMPP_NEW_WINDOW_LAST = Field.word32(32);
    public static final LongField SM_KEY = LongField.word64(36);
    public static final Field ATTRIBUTE_OFFSET = Field.word16(44);
    public static final LongField COMPONENT_MASK = LongField.word64(48);

    public static final int ATTR_SERVICE_RECORD = 0x31;
    public static final int ATTR_MC_MEMBER_RECORD = 0x38;

    public static final int RMPP_HEADER_END = 36;
    /** The class's own header is repeated in each segment and counted in its payload. */
    public static final int CLASS_HEADER_BYTES = 20;
    public static final int DATA = 56;
    public static final int DATA_BYTES = 200;

    public static final int RMPP_VERSION_1 = 1;
    public static final int TYPE_DATA = 1;
    public static final int TYPE_ACK = 2;
    public static final int TYPE_STOP = 3;
    public static final int TYPE_ABORT = 4;
    public static final int FLAG_ACTIVE = 1;
    public static final int FLAG_FIRST = 2;
    public static final int FLAG_LAST = 4;
    /** "Says nothing about time." */
    public static final int RESP_TIME_NONE = 0x1f;

    public static final int METHOD_REPORT = 0x06;
    public static final int METHOD_REPORT_RESP = 0x86;
    public static final int METHOD_GET_TABLE = 0x12;
    public static final int METHOD_GET_TRACE_TABLE = 0x13;
    public static final int METHOD_GET_MULTI = 0x14;
    public static final int METHOD_DELETE = 0x15;
    public static final int METHOD_GET_TABLE_RESP = 0x92;

    /** Status of the class (IBA 15.2.2), in the upper byte of the header's status. */
    public static final int STATUS_NO_RESOURCES = 1 << 8;
    public static final int STATUS_REQ_INVALID = 2 << 8;
    public static final int STATUS_NO_RECORDS = 3 << 8;
    public static final int STATUS_TOO_MANY_RECORDS = 4 << 8;
    public static final int STATUS_INVALID_GID = 5 << 8;
    public static final int STATUS_INSUFFICIENT_COMPONENTS = 6 << 8;
    public static final int STATUS_DENIED = 7 << 8;

    /** ClassPortInfo's CapabilityMask. */
    public static final int CAP_NOTICES = 1 << 1;
    public static final int CAP_OPTIONAL_RECORDS = 1 << 8;
    public static final int CAP_UD_MULTICAST = 1 << 9;
    public static final int CAP_PORT_INFO_CAP_MASK_MATCH = 1 << 13;
    /** Attribute modifier of a PortInfoRecord query: the capability mask asks for ports that have at least these bits. */
    public static final int MODIFIER_CAP_MASK_MATCH = 1 << 31;

    private SaMad() {}
}
