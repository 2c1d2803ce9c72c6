package org.legoos.mlx4.hca;

import java.lang.foreign.MemorySegment;
import org.legoos.mlx4.fabric.PortCounters;
import org.legoos.mlx4.prm.Field;
import org.legoos.mlx4.prm.LongField;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.PortCountersMad;

/**
 * The performance management agent of a port (IBA 16.1): PortCounters, which stop at their largest value, and
 * PortCountersExtended, which do not. A Set begins the selected ones anew from the value given.
 */
final class PerformanceAgent {
    private static final int VERSION = 1;
    private static final int DATA = Mad.DATA;
    private static final int RESP_TIME_CODE = 18;
    private static final int ALL_PORTS = 0xff;
    private static final LongField EXTENDED = LongField.word64(0);

    /** A 32-bit kind's counter: where it is in the attribute, and its bit in the select field. */
    private record Basic(Field field, int select, int index) {}

    private static final int LINK_DOWNED = 0;
    private static final int RCV_ERRORS = 1;
    private static final int RELAY_ERRORS = 2;
    private static final int XMIT_DISCARDS = 3;
    private static final int VL15_DROPPED = 4;
    private static final int XMIT_DATA = 5;
    private static final int RCV_DATA = 6;
    private static final int XMIT_PACKETS = 7;
    private static final int RCV_PACKETS = 8;
    private static final int XMIT_WAIT = 9;
    static final int BASIC_COUNT = 10;

    private static final Basic[] BASIC = {
        new Basic(PortCountersMad.LINK_DOWNED, PortCountersMad.SELECT_LINK_DOWNED, LINK_DOWNED),
        new Basic(PortCountersMad.RCV_ERRORS, PortCountersMad.SELECT_RCV_ERRORS, RCV_ERRORS),
        new Basic(PortCountersMad.RCV_SWITCH_RELAY_ERRORS, PortCountersMad.SELECT_RCV_SWITCH_RELAY_ERRORS,
                RELAY_ERRORS),
        new Basic(PortCountersMad.XMIT_DISCARDS, PortCountersMad.SELECT_XMIT_DISCARDS, XMIT_DISCARDS),
        new Basic(PortCountersMad.VL15_DROPPED, PortCountersMad.SELECT_VL15_DROPPED, VL15_DROPPED),
        new Basic(PortCountersMad.XMIT_DATA, PortCountersMad.SELECT_XMIT_DATA, XMIT_DATA),
        new Basic(PortCountersMad.RCV_DATA, PortCountersMad.SELECT_RCV_DATA, RCV_DATA),
        new Basic(PortCountersMad.XMIT_PACKETS, PortCountersMad.SELECT_XMIT_PACKETS, XMIT_PACKETS),
        new Basic(PortCountersMad.RCV_PACKETS, PortCountersMad.SELECT_RCV_PACKETS, RCV_PACKETS)
    };

    private final HcaCore core;

    PerformanceAgent(HcaCore core) {
        this.core = core;
    }

    /** Executes a Get or Set; {@code m} is the request and becomes the response. Returns the status. */
    int execute(MemorySegment m, HcaPort arrival) {
        if (Mad.CLASS_VERSION.get(m, 0) != VERSION) {
            return Mad.STATUS_BAD_VERSION;
        }
        boolean isSet = Mad.METHOD.get(m, 0) == Mad.METHOD_SET;
        return switch (Mad.ATTRIBUTE_ID.get(m, 0)) {
            case Mad.ATTR_CLASS_PORT_INFO -> isSet ? Mad.STATUS_BAD_METHOD_ATTR : classPortInfo(m);
            case Mad.ATTR_PORT_COUNTERS -> basic(isSet, port(m, arrival), m);
            case Mad.ATTR_PORT_COUNTERS_EXTENDED -> extended(isSet, port(m, arrival), m);
            default -> Mad.STATUS_BAD_METHOD_ATTR;
        };
    }

    private static int classPortInfo(MemorySegment m) {
        m.asSlice(DATA, PortCountersMad.SIZE_BYTES).fill((byte) 0);
        PortCountersMad.BASE_VERSION.set(m, DATA, VERSION);
        PortCountersMad.CLASS_VERSION.set(m, DATA, VERSION);
        PortCountersMad.CAPABILITY_MASK.set(m, DATA,
                PortCountersMad.CAP_EXTENDED_WIDTH | PortCountersMad.CAP_XMIT_WAIT);
        PortCountersMad.RESP_TIME.set(m, DATA, RESP_TIME_CODE);
        return 0;
    }

    /** The selected port; 0 and "all" mean the one that was asked, which is what one-port agents do. */
    private HcaPort port(MemorySegment m, HcaPort arrival) {
        int selected = PortCountersMad.PORT_SELECT.get(m, DATA);
        return selected == 0 || selected == ALL_PORTS ? arrival : core.port(selected);
    }

    private static int basic(boolean isSet, HcaPort port, MemorySegment m) {
        if (port == null) {
            return Mad.STATUS_BAD_FIELD;
        }
        int select = PortCountersMad.COUNTER_SELECT.get(m, DATA);
        boolean selectsWait =
                (PortCountersMad.COUNTER_SELECT_2.get(m, DATA) & PortCountersMad.SELECT_2_XMIT_WAIT) != 0;
        for (Basic counter : BASIC) {
            if (isSet && (select & counter.select) != 0) {
                restart(port, counter.index, counter.field.get(m, DATA));
            }
        }
        if (isSet && selectsWait) {
            restart(port, XMIT_WAIT, PortCountersMad.XMIT_WAIT.get(m, DATA));
        }
        int portSelect = PortCountersMad.PORT_SELECT.get(m, DATA);
        m.asSlice(DATA, PortCountersMad.SIZE_BYTES).fill((byte) 0);
        PortCountersMad.PORT_SELECT.set(m, DATA, portSelect);
        PortCountersMad.COUNTER_SELECT.set(m, DATA, select);
        for (Basic counter : BASIC) {
            store(counter.field, port, counter.index, m);
        }
        store(PortCountersMad.XMIT_WAIT, port, XMIT_WAIT, m);
        return 0;
    }

    private static void restart(HcaPort port, int index, int value) {
        port.basicCounterBase[index] = raw(port, index) - Integer.toUnsignedLong(value);
    }

    private static void store(Field field, HcaPort port, int index, MemorySegment m) {
        long value = raw(port, index) - port.basicCounterBase[index];
        field.set(m, DATA, (int) Math.min(value, Integer.toUnsignedLong(field.maxValue())));
    }

    private static long raw(HcaPort port, int index) {
        PortCounters c = port.port.counters();
        return switch (index) {
            case LINK_DOWNED -> port.linkDowned;
            case RCV_ERRORS -> c.rcvErrors;
            case RELAY_ERRORS -> c.rcvSwitchRelayErrors;
            case XMIT_DISCARDS -> c.xmitDiscards;
            case VL15_DROPPED -> c.vl15Dropped;
            case XMIT_DATA -> c.xmitDataWords;
            case RCV_DATA -> c.rcvDataWords;
            case XMIT_PACKETS -> c.xmitPackets;
            case RCV_PACKETS -> c.rcvPackets;
            default -> c.xmitWait;
        };
    }

    private static int extended(boolean isSet, HcaPort port, MemorySegment m) {
        if (port == null) {
            return Mad.STATUS_BAD_FIELD;
        }
        int select = PortCountersMad.COUNTER_SELECT.get(m, DATA);
        int portSelect = PortCountersMad.PORT_SELECT.get(m, DATA);
        for (int i = 0; isSet && i < PortCountersMad.EXTENDED_COUNT; i++) {
            if ((select >>> i & 1) != 0) {
                port.extendedCounterBase[i] = rawExtended(port, i) - EXTENDED.get(m, extendedAt(i));
            }
        }
        m.asSlice(DATA, PortCountersMad.SIZE_BYTES).fill((byte) 0);
        PortCountersMad.PORT_SELECT.set(m, DATA, portSelect);
        PortCountersMad.COUNTER_SELECT.set(m, DATA, select);
        for (int i = 0; i < PortCountersMad.EXTENDED_COUNT; i++) {
            EXTENDED.set(m, extendedAt(i), rawExtended(port, i) - port.extendedCounterBase[i]);
        }
        return 0;
    }

    private static long extendedAt(int index) {
        return DATA + PortCountersMad.EXTENDED_FIRST + (long) index * Long.BYTES;
    }

    private static long rawExtended(HcaPort port, int index) {
        PortCounters c = port.port.counters();
        return switch (index) {
            case 0 -> c.xmitDataWords;
            case 1 -> c.rcvDataWords;
            case 2 -> c.xmitPackets;
            case 3 -> c.rcvPackets;
            case 4 -> c.xmitPackets - c.multicastXmitPackets;
            case 5 -> c.rcvPackets - c.multicastRcvPackets;
            case 6 -> c.multicastXmitPackets;
            default -> c.multicastRcvPackets;
        };
    }
}
