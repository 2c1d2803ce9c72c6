package org.legoos.mlx4.prm;

/** Attributes of performance management (IBA 16.1.3), at {@link Mad#DATA}. */
public final class PortCountersMad {
    public static final int SIZE_BYTES = 192;

    /** ClassPortInfo's CapabilityMask: "all ports" can be selected. */
    public static final int CAP_ALL_PORT_SELECT = 1 << 8;
    /** There are 64-bit counters, with unicast and multicast apart. */
    public static final int CAP_EXTENDED_WIDTH = 1 << 9;
    public static final int CAP_XMIT_WAIT = 1 << 12;

    /** Both kinds of counters. */
    public static final Field PORT_SELECT = Field.byteAt(1);
    public static final Field COUNTER_SELECT = Field.word16(2);

    /** PortCounters: they stop at their largest value. */
    public static final Field SYMBOL_ERRORS = Field.word16(4);
    public static final Field LINK_ERROR_RECOVERY = Field.byteAt(6);
    public static final Field LINK_DOWNED = Field.byteAt(7);
    public static final Field RCV_ERRORS = Field.word16(8);
    public static final Field RCV_REMOTE_PHYSICAL_ERRORS = Field.word16(10);
    public static final Field RCV_SWITCH_RELAY_ERRORS = Field.word16(12);
    public static final Field XMIT_DISCARDS = Field.word16(14);
    public static final Field XMIT_CONSTRAINT_ERRORS = Field.byteAt(16);
    public static final Field RCV_CONSTRAINT_ERRORS = Field.byteAt(17);
    /** Bit 0: reset XmitWait. */
    public static final Field COUNTER_SELECT_2 = Field.byteAt(18);
    public static final Field VL15_DROPPED = Field.word16(22);
    public static final Field XMIT_DATA = Field.word32(24);
    public static final Field RCV_DATA = Field.word32(28);
    public static final Field XMIT_PACKETS = Field.word32(32);
    public static final Field RCV_PACKETS = Field.word32(36);
    public static final Field XMIT_WAIT = Field.word32(40);

    /** Bits of {@link #COUNTER_SELECT} for PortCounters; a Set changes the counters whose bit is set. */
    public static final int SELECT_LINK_DOWNED = 1 << 2;
    public static final int SELECT_RCV_ERRORS = 1 << 3;
    public static final int SELECT_RCV_SWITCH_RELAY_ERRORS = 1 << 5;
    public static final int SELECT_XMIT_DISCARDS = 1 << 6;
    public static final int SELECT_VL15_DROPPED = 1 << 11;
    public static final int SELECT_XMIT_DATA = 1 << 12;
    public static final int SELECT_RCV_DATA = 1 << 13;
    public static final int SELECT_XMIT_PACKETS = 1 << 14;
    public static final int SELECT_RCV_PACKETS = 1 << 15;
    public static final int SELECT_2_XMIT_WAIT = 1;

    /** PortCountersExtended: eight 64-bit counters, selected by bits 0 to 7 in this order. */
    public static final int EXTENDED_FIRST = 8;
    public static final int EXTENDED_COUNT = 8;

    private PortCountersMad() {}
}
