package org.legoos.mlx4.fabric;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.legoos.mlx4.prm.ClassPortInfo;
import org.legoos.mlx4.prm.Field;
import org.legoos.mlx4.prm.LongField;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.PortCountersMad;

/**
 * The performance management agent of a card or a switch (IBA 16.1): PortCounters, which stop at their largest value, and
 * PortCountersExtended, which do not. A Set begins the selected ones anew from the value given. "All ports" are added up.
 */
public final class PerformanceAgent {
    static final int BASIC_COUNT = 10;

    private static final int VERSION = 1;
    private static final int DATA = Mad.DATA;
    private static final int RESP_TIME_CODE = 18;
    private static final int ALL_PORTS = 0xff;
    private static final LongField EXTENDED = LongField.word64(0);

    /** Where a 32-bit kind's counter is in the attribute, and its bit in the select fields (the second's from bit 16 on). */
    private record Basic(Field field, int select) {}

    private static final Basic[] BASIC = {
        new Basic(PortCountersMad.LINK_DOWNED, PortCountersMad.SELECT_LINK_DOWNED),
        new Basic(PortCountersMad.RCV_ERRORS, PortCountersMad.SELECT_RCV_ERRORS),
        new Basic(PortCountersMad.RCV_SWITCH_RELAY_ERRORS, PortCountersMad.SELECT_RCV_SWITCH_RELAY_ERRORS),
        new Basic(PortCountersMad.XMIT_DISCARDS, PortCountersMad.SELECT_XMIT_DISCARDS),
        new Basic(PortCountersMad.VL15_DROPPED, PortCountersMad.SELECT_VL15_DROPPED),
        new Basic(PortCountersMad.XMIT_DATA, PortCountersMad.SELECT_XMIT_DATA),
        new Basic(PortCountersMad.RCV_DATA, PortCountersMad.SELECT_RCV_DATA),
        new Basic(PortCountersMad.XMIT_PACKETS, PortCountersMad.SELECT_XMIT_PACKETS),
        new Basic(PortCountersMad.RCV_PACKETS, PortCountersMad.SELECT_RCV_PACKETS),
        new Basic(PortCountersMad.XMIT_WAIT, PortCountersMad.SELECT_2_XMIT_WAIT << 16)
    };

    private final List<Port> ports;
    private final int first;

    /** @param first number of the first of them: 0 of a switch, 1 of a card */
    public PerformanceAgent(List<Port> ports, int first) {
        this.ports = ports;
        this.first = first;
    }

    /**
     * Executes a Get or Set; {@code m} is the request and becomes the response. Returns the status.
     *
     * @param arrival number of the port that the request came in by: the one that a card means by 0
     */
    public int execute(MemorySegment m, int arrival) {
        if (Mad.CLASS_VERSION.get(m, 0) != VERSION) {
            return Mad.STATUS_BAD_VERSION;
        }
        boolean isSet = Mad.METHOD.get(m, 0) == Mad.METHOD_SET;
        return switch (Mad.ATTRIBUTE_ID.get(m, 0)) {
            case Mad.ATTR_CLASS_PORT_INFO -> isSet ? Mad.STATUS_BAD_METHOD_ATTR : classPortInfo(m);
            case Mad.ATTR_PORT_COUNTERS -> basic(isSet, selected(m, arrival), m);
            case Mad.ATTR_PORT_COUNTERS_EXTENDED -> extended(isSet, selected(m, arrival), m);
            default -> Mad.STATUS_BAD_METHOD_ATTR;
        };
    }

    private static int classPortInfo(MemorySegment m) {
        m.asSlice(DATA, PortCountersMad.SIZE_BYTES).fill((byte) 0);
        ClassPortInfo.BASE_VERSION.set(m, DATA, VERSION);
        ClassPortInfo.CLASS_VERSION.set(m, DATA, VERSION);
        ClassPortInfo.CAPABILITY_MASK.set(m, DATA, PortCountersMad.CAP_ALL_PORT_SELECT | PortCountersMad.CAP_EXTENDED_WIDTH
                | PortCountersMad.CAP_XMIT_WAIT);
        ClassPortInfo.RESP_TIME.set(m, DATA, RESP_TIME_CODE);
        return 0;
    }

    /** Empty: no such port. */
    private List<Port> selected(MemorySegment m, int arrival) {
        int selected = PortCountersMad.PORT_SELECT.get(m, DATA);
        if (selected == ALL_PORTS) {
            return ports;
        }
        int index = (selected < first ? arrival : selected) - first;
        return index >= 0 && index < ports.size() ? List.of(ports.get(index)) : List.of();
    }

    private static int basic(boolean isSet, List<Port> selected, MemorySegment m) {
        if (selected.isEmpty()) {
            return Mad.STATUS_BAD_FIELD;
        }
        int portSelect = PortCountersMad.PORT_SELECT.get(m, DATA);
        int counterSelect = PortCountersMad.COUNTER_SELECT.get(m, DATA);
        int select = counterSelect | PortCountersMad.COUNTER_SELECT_2.get(m, DATA) << 16;
        for (int i = 0; isSet && i < BASIC_COUNT; i++) {
            if ((select & BASIC[i].select) != 0) {
                long from = Integer.toUnsignedLong(BASIC[i].field.get(m, DATA));
                for (Port port : selected) {
                    port.counters().basicBase[i] = basic(port.counters(), i) - from;
                }
            }
        }
        m.asSlice(DATA, PortCountersMad.SIZE_BYTES).fill((byte) 0);
        PortCountersMad.PORT_SELECT.set(m, DATA, portSelect);
        PortCountersMad.COUNTER_SELECT.set(m, DATA, counterSelect);
        for (int i = 0; i < BASIC_COUNT; i++) {
            long sum = 0;
            for (Port port : selected) {
                sum += basic(port.counters(), i) - port.counters().basicBase[i];
            }
            Field field = BASIC[i].field;
            field.set(m, DATA, (int) Math.min(sum, Integer.toUnsignedLong(field.maxValue())));
        }
        return 0;
    }

    /** In the order of {@link #BASIC}. */
    private static long basic(PortCounters c, int index) {
        return switch (index) {
            case 0 -> c.linkDowned;
            case 1 -> c.rcvErrors;
            case 2 -> c.rcvSwitchRelayErrors;
            case 3 -> c.xmitDiscards;
            case 4 -> c.vl15Dropped;
            case 5 -> c.xmitDataWords;
            case 6 -> c.rcvDataWords;
            case 7 -> c.xmitPackets;
            case 8 -> c.rcvPackets;
            default -> c.xmitWait;
        };
    }

    private static int extended(boolean isSet, List<Port> selected, MemorySegment m) {
        if (selected.isEmpty()) {
            return Mad.STATUS_BAD_FIELD;
        }
        int select = PortCountersMad.COUNTER_SELECT.get(m, DATA);
        int portSelect = PortCountersMad.PORT_SELECT.get(m, DATA);
        for (int i = 0; isSet && i < PortCountersMad.EXTENDED_COUNT; i++) {
            if ((select >>> i & 1) != 0) {
                for (Port port : selected) {
                    port.counters().extendedBase[i] = extended(port.counters(), i) - EXTENDED.get(m, extendedAt(i));
                }
            }
        }
        m.asSlice(DATA, PortCountersMad.SIZE_BYTES).fill((byte) 0);
        PortCountersMad.PORT_SELECT.set(m, DATA, portSelect);
        PortCountersMad.COUNTER_SELECT.set(m, DATA, select);
        for (int i = 0; i < PortCountersMad.EXTENDED_COUNT; i++) {
            long sum = 0;
            for (Port port : selected) {
                sum += extended(port.counters(), i) - port.counters().extendedBase[i];
            }
            EXTENDED.set(m, extendedAt(i), sum);
        }
        return 0;
    }

    private static long extendedAt(int index) {
        return DATA + PortCountersMad.EXTENDED_FIRST + (long) index * Long.BYTES;
    }

    private static long extended(PortCounters c, int index) {
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
