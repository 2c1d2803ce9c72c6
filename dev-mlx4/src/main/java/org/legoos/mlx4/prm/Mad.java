package org.legoos.mlx4.prm;

/** Common header of a management datagram (IBA 13.4.2), and the subnet management kind's use of the rest. */
public final class Mad {
    public static final int SIZE_BYTES = 256;

    public static final Field BASE_VERSION = Field.byteAt(0);
    public static final Field MGMT_CLASS = Field.byteAt(1);
    public static final Field CLASS_VERSION = Field.byteAt(2);
    public static final Field METHOD = Field.byteAt(3);
    public static final Field STATUS = Field.word16(4);
    /** Directed route only. */
    public static final Field HOP_POINTER = Field.byteAt(6);
    public static final Field HOP_COUNT = Field.byteAt(7);
    public static final LongField TRANSACTION_ID = LongField.word64(8);
    public static final Field ATTRIBUTE_ID = Field.word16(16);
    public static final Field ATTRIBUTE_MODIFIER = Field.word32(20);
    /** Subnet management only. */
    public static final LongField M_KEY = LongField.word64(24);
    /** Directed route only: byte i of a path is the port of hop i. */
    public static final int INITIAL_PATH = 128;
    public static final int RETURN_PATH = 192;
    /** Hops that a path has room for, the unused first included. */
    public static final int HOPS_MAX = 64;
    /** Status bit of a directed-route packet on its way back. */
    public static final int STATUS_DIRECTION = 1 << 15;
    /** Where the attribute is, in a subnet management packet (and, as it happens, in performance management). */
    public static final int DATA = 64;
    public static final int SMP_DATA_BYTES = 64;

    public static final int CLASS_SUBN_LID = 0x01;
    public static final int CLASS_SUBN_DIRECTED = 0x81;
    public static final int CLASS_PERF = 0x04;

    public static final int METHOD_GET = 0x01;
    public static final int METHOD_SET = 0x02;
    public static final int METHOD_TRAP = 0x05;
    public static final int METHOD_TRAP_REPRESS = 0x07;
    public static final int METHOD_GET_RESP = 0x81;

    public static final int ATTR_CLASS_PORT_INFO = 0x01;
    public static final int ATTR_NOTICE = 0x02;
    public static final int ATTR_INFORM_INFO = 0x03;
    public static final int ATTR_NODE_DESC = 0x10;
    public static final int ATTR_NODE_INFO = 0x11;
    public static final int ATTR_SWITCH_INFO = 0x12;
    public static final int ATTR_GUID_INFO = 0x14;
    public static final int ATTR_PORT_INFO = 0x15;
    public static final int ATTR_PKEY_TABLE = 0x16;
    public static final int ATTR_SL_TO_VL = 0x17;
    public static final int ATTR_VL_ARBITRATION = 0x18;
    public static final int ATTR_LINEAR_FORWARDING = 0x19;
    public static final int ATTR_MULTICAST_FORWARDING = 0x1b;
    public static final int ATTR_SM_INFO = 0x20;
    public static final int ATTR_EXT_PORT_INFO = 0xff90;

    /** Performance management. */
    public static final int ATTR_PORT_COUNTERS = 0x12;
    public static final int ATTR_PORT_COUNTERS_EXTENDED = 0x1d;

    /** Method bit of everything that is not a request. */
    public static final int METHOD_RESPONSE_BIT = 0x80;

    public static final int STATUS_BAD_VERSION = 1 << 2;
    public static final int STATUS_BAD_METHOD = 2 << 2;
    public static final int STATUS_BAD_METHOD_ATTR = 3 << 2;
    public static final int STATUS_BAD_FIELD = 7 << 2;

    /** LIDs in a block of a linear forwarding table, and multicast LIDs in one of a multicast forwarding table. */
    public static final int LIDS_PER_BLOCK = 64;
    public static final int MLIDS_PER_BLOCK = 32;
    public static final int GUIDS_PER_BLOCK = 8;
    public static final int PKEYS_PER_BLOCK = 32;

    private Mad() {}
}
