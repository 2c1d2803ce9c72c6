package org.legoos.mlx4.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.time.VirtualClock;
import org.legoos.mlx4.prm.ClassPortInfo;
import org.legoos.mlx4.prm.LongField;
import org.legoos.mlx4.prm.Mad;
import org.legoos.mlx4.prm.PortCountersMad;

/** Counters of a switch, asked for by performance management. */
class PerformanceAgentTest {
    private static final int DATA = Mad.DATA;
    private static final int ALL_PORTS = 0xff;
    private static final int ALL_COUNTERS = 0xffff;

    private final Fabric fabric = new Fabric(new VirtualClock());
    private final SaTester host = new SaTester("host", 0x100);
    private Switch only;

    @BeforeEach
    void cable() {
        only = fabric.addSwitch("only", 4);
        fabric.connect(host.port.port(), only.port(1));
    }

    private MemorySegment ask(int method, int attribute, int port, int select) {
        byte[] mad = new byte[Mad.SIZE_BYTES];
        MemorySegment m = MemorySegment.ofArray(mad);
        Mad.BASE_VERSION.set(m, 0, 1);
        Mad.MGMT_CLASS.set(m, 0, Mad.CLASS_PERF);
        Mad.CLASS_VERSION.set(m, 0, 1);
        Mad.METHOD.set(m, 0, method);
        Mad.ATTRIBUTE_ID.set(m, 0, attribute);
        PortCountersMad.PORT_SELECT.set(m, DATA, port);
        PortCountersMad.COUNTER_SELECT.set(m, DATA, select);
        return MemorySegment.ofArray(host.ask(mad));
    }

    @Test
    void theClassSaysWhatItCounts() {
        int capabilities = ClassPortInfo.CAPABILITY_MASK.get(ask(Mad.METHOD_GET, Mad.ATTR_CLASS_PORT_INFO, 0, 0), DATA);
        assertThat(capabilities & PortCountersMad.CAP_ALL_PORT_SELECT).isNotZero();
        assertThat(capabilities & PortCountersMad.CAP_EXTENDED_WIDTH).isNotZero();
    }

    @Test
    void countersStopAtTheirLargestValueAndAMaskClearsThem() {
        only.port(2).counters().rcvErrors = 70_000;
        only.port(2).counters().xmitDiscards = 5;
        MemorySegment before = ask(Mad.METHOD_GET, Mad.ATTR_PORT_COUNTERS, 2, 0);
        assertThat(PortCountersMad.RCV_ERRORS.get(before, DATA)).isEqualTo(0xffff);
        MemorySegment cleared = ask(Mad.METHOD_SET, Mad.ATTR_PORT_COUNTERS, 2, PortCountersMad.SELECT_RCV_ERRORS);
        assertThat(PortCountersMad.RCV_ERRORS.get(cleared, DATA)).isZero();
        assertThat(PortCountersMad.XMIT_DISCARDS.get(cleared, DATA)).as("not selected").isEqualTo(5);
        only.port(2).counters().rcvErrors += 3;
        assertThat(PortCountersMad.RCV_ERRORS.get(ask(Mad.METHOD_GET, Mad.ATTR_PORT_COUNTERS, 2, 0), DATA)).isEqualTo(3);
    }

    @Test
    void allPortsAreAddedUpAndClearedTogether() {
        for (int i = 0; i <= 4; i++) {
            only.port(i).counters().xmitDiscards = 10 + i;
        }
        assertThat(PortCountersMad.XMIT_DISCARDS.get(ask(Mad.METHOD_GET, Mad.ATTR_PORT_COUNTERS, ALL_PORTS, 0), DATA)).isEqualTo(60);
        ask(Mad.METHOD_SET, Mad.ATTR_PORT_COUNTERS, ALL_PORTS, ALL_COUNTERS);
        for (int i = 0; i <= 4; i++) {
            MemorySegment after = ask(Mad.METHOD_GET, Mad.ATTR_PORT_COUNTERS, i, 0);
            assertThat(PortCountersMad.XMIT_DISCARDS.get(after, DATA)).as("port %d", i).isZero();
        }
    }

    @Test
    void extendedCountersDoNotStopAndLinksThatFailAreCounted() {
        only.port(3).counters().xmitDataWords = 1L << 40;
        LongField first = LongField.word64(PortCountersMad.EXTENDED_FIRST);
        assertThat(first.get(ask(Mad.METHOD_GET, Mad.ATTR_PORT_COUNTERS_EXTENDED, 3, 0), DATA)).isEqualTo(1L << 40);
        SaTester other = new SaTester("other", 0x200);
        Link link = fabric.connect(other.port.port(), only.port(4));
        fabric.setUp(link, false);
        assertThat(PortCountersMad.LINK_DOWNED.get(ask(Mad.METHOD_GET, Mad.ATTR_PORT_COUNTERS, 4, 0), DATA)).isEqualTo(1);
        fabric.setUp(link, true);
        other.port.port().setEnabled(false);
        assertThat(only.port(4).state()).isEqualTo(PortState.DOWN);
        assertThat(only.port(4).counters().linkDowned).as("what somebody switched off has not failed").isEqualTo(1);
    }

    @Test
    void whatIsNotThereIsRefused() {
        assertThat(Mad.STATUS.get(ask(Mad.METHOD_GET, Mad.ATTR_PORT_COUNTERS, 9, 0), 0)).isEqualTo(Mad.STATUS_BAD_FIELD);
        assertThat(Mad.STATUS.get(ask(Mad.METHOD_GET, 0x77, 1, 0), 0)).isEqualTo(Mad.STATUS_BAD_METHOD_ATTR);
        assertThat(Mad.STATUS.get(ask(0x33, Mad.ATTR_PORT_COUNTERS, 1, 0), 0)).isEqualTo(Mad.STATUS_BAD_METHOD);
    }
}
