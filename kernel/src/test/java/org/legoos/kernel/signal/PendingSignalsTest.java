package org.legoos.kernel.signal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PendingSignalsTest {
    private final PendingSignals pending = new PendingSignals();

    @Test
    void ordinarySignalsAreKeptOnceAndRealTimeOnesAreQueuedInOrder() {
        pending.add(SigInfo.fromProcess(Signals.SIGUSR1, 0, 1, 0));
        pending.add(SigInfo.fromProcess(Signals.SIGUSR1, 0, 2, 0));
        for (int value = 1; value <= 3; value++) {
            pending.add(SigInfo.timer(40, 0, 0, value));
        }
        assertThat(pending.take(-1).pid()).isEqualTo(1);
        assertThat(pending.take(-1).value()).isEqualTo(1);
        assertThat(pending.take(-1).value()).isEqualTo(2);
        assertThat(pending.take(~Signals.bit(40))).isNull();
        assertThat(pending.take(-1).value()).isEqualTo(3);
        assertThat(pending.take(-1)).isNull();
        assertThat(pending.mask()).isZero();
    }

    @Test
    void faultsComeFirst() {
        pending.add(SigInfo.fromKernel(Signals.SIGHUP));
        pending.add(SigInfo.fault(Signals.SIGSEGV, SigInfo.SEGV_MAPERR, 0x1234));
        assertThat(pending.take(-1).address()).isEqualTo(0x1234);
        assertThat(pending.take(-1).signal()).isEqualTo(Signals.SIGHUP);
    }

    @Test
    void theQueueIsBounded() {
        for (int i = 0; i < PendingSignals.QUEUED_MAX; i++) {
            assertThat(pending.add(SigInfo.fromKernel(50))).isTrue();
        }
        assertThat(pending.add(SigInfo.fromKernel(50))).isFalse();
        assertThat(pending.add(SigInfo.fromKernel(Signals.SIGTERM))).isTrue();
        pending.discard(Signals.bit(50));
        assertThat(pending.mask()).isEqualTo(Signals.bit(Signals.SIGTERM));
        assertThat(pending.add(SigInfo.fromKernel(50))).isTrue();
    }
}
