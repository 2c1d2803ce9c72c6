package org.legoos.emulator.mlx4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.legoos.emulator.bench.BareNode;
import org.legoos.isa.time.HostClock;
import org.legoos.isa.time.VirtualClock;
import org.legoos.kernel.drivers.mlx4.Mlx4Driver;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.ib.QpCapabilities;
import org.legoos.kernel.ib.QpType;

/** The driver on the device model, from reset to ready. */
class BringUpTest {
    @Test
    void probeBringsTheCardUp() {
        try (BareNode node = new BareNode(1, HostClock.instance())) {
            node.probe();
            assertThat(node.device.nodeGuid()).isEqualTo(0x0002_c903_0000_1010L);
            assertThat(node.log.dump()).contains("[15b3:1003]", "FW version 2.42.5000");
            assertThat(node.cardLog).isEmpty();
        }
    }

    @Test
    void probeNeedsNoTimeToPass() {
        try (BareNode node = new BareNode(1, new VirtualClock())) {
            node.probe();
            assertThat(node.device.queryPort(1).active()).isFalse();
            assertThat(node.device.queryPort(1).maxMtuBytes()).isEqualTo(4096);
        }
    }

    @Test
    void queuePairNumbersAscendFrom72() {
        try (BareNode node = new BareNode(1, new VirtualClock())) {
            node.probe();
            var pd = node.device.allocPd();
            var cq = node.device.createCq(16, () -> { });
            for (int qpn = 72; qpn < 84; qpn++) {
                assertThat(node.device.createQp(pd, QpType.RC, new QpCapabilities(1, 1, 1, 1, 0), cq, cq).qpn()).isEqualTo(qpn);
            }
        }
    }

    @Test
    void withoutACableThePortStaysDownAndTheWaitEnds() {
        try (BareNode node = new BareNode(1, HostClock.instance())) {
            node.probe();
            assertThat(Mlx4Driver.awaitPort(node.device, 1, 1_000_000, node.log).active()).isFalse();
            assertThat(node.log.dump()).contains("is there a subnet manager?");
        }
    }

    @Test
    void resourcesEndWithAnError() {
        try (BareNode node = new BareNode(1, new VirtualClock())) {
            node.probe();
            assertThatThrownBy(() -> {
                for (int i = 0; i < 1000; i++) {
                    node.device.createCq(16, () -> { });
                }
            }).isInstanceOf(IbException.class).hasMessageContaining("completion queues");
            assertThatThrownBy(() -> node.device.queryPort(2)).isInstanceOf(IbException.class);
        }
    }

    @Test
    void theCardComesUpAgainAfterItWasClosed() {
        try (BareNode node = new BareNode(1, new VirtualClock())) {
            long freeBefore = node.frames.freeBytes();
            node.probe();
            long used = freeBefore - node.frames.freeBytes();
            assertThat(used).as("bytes of RAM for the driver").isLessThan(4L << 20);
            var pd = node.device.allocPd();
            var cq = node.device.createCq(16, () -> { });
            node.device.createQp(pd, QpType.RC, new QpCapabilities(1, 1, 1, 1, 0), cq, cq).close();
            cq.close();
            node.device.close();
            assertThat(node.frames.freeBytes()).as("all memory is back").isEqualTo(freeBefore);
            node.probe();
            assertThat(node.device.queryPort(1).active()).isFalse();
        }
    }
}
