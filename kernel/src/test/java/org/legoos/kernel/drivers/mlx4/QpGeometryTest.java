package org.legoos.kernel.drivers.mlx4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.legoos.kernel.ib.IbException;
import org.legoos.kernel.ib.QpCapabilities;
import org.legoos.kernel.ib.QpType;

class QpGeometryTest {
    private static QpGeometry of(QpType type, int sends, int receives, int sendSges, int receiveSges, int inlineBytes) {
        return QpGeometry.of(type, new QpCapabilities(sends, receives, sendSges, receiveSges, inlineBytes), IcmLayoutTest.caps());
    }

    @Test
    void sendQueueHasHeadroomForThePrefetcher() {
        QpGeometry small = of(QpType.RC, 1, 1, 1, 1, 0);
        assertThat(small.logSendStride()).isEqualTo(6);
        assertThat(small.headroomSlots()).isEqualTo(33);
        assertThat(small.sendSlots()).isEqualTo(64);
        QpGeometry wide = of(QpType.RC, 24, 8, 2, 1, 128);
        assertThat(wide.logSendStride()).as("control, address, 128 bytes in three runs").isEqualTo(8);
        assertThat(wide.headroomSlots()).isEqualTo(9);
        assertThat(wide.maxSends()).isGreaterThanOrEqualTo(24);
    }

    @Test
    void theQueueWithLargerSlotsComesFirst() {
        QpGeometry usual = of(QpType.RC, 16, 16, 1, 1, 0);
        assertThat(usual.sendOffset()).isZero();
        assertThat(usual.receiveOffset()).isEqualTo(usual.sendSlots() * 64);
        QpGeometry wideReceives = of(QpType.RC, 16, 16, 1, 8, 0);
        assertThat(wideReceives.receiveOffset()).isZero();
        assertThat(wideReceives.sendOffset()).isEqualTo(16 * 128);
    }

    @Test
    void requestsThatNoQpCanHaveAreRefused() {
        assertThatThrownBy(() -> of(QpType.RC, 1 << 20, 1, 1, 1, 0)).isInstanceOf(IbException.class);
        assertThatThrownBy(() -> of(QpType.RC, 1, 1, 1, 1, 2000)).isInstanceOf(IbException.class);
        assertThatThrownBy(() -> of(QpType.RC, 1, 1, 5, 1, 0)).isInstanceOf(IbException.class);
        assertThatThrownBy(() -> of(QpType.RC, -1, 1, 1, 1, 0)).isInstanceOf(IbException.class);
    }
}
