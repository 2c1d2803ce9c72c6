package org.legoos.isa.pci;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MsixTableTest {
    private static final int CONTROL_AT = TestFunction.MSIX_AT + PciReg.MSIX_CONTROL;
    private static final int ENABLE = 0x8000;
    private static final int MASK_ALL = 0x4000;

    private final TestFunction function = new TestFunction();

    private void program(int vector, int data) {
        function.msix.table().write(16 * vector, 4, 0xfee0_1000L);
        function.msix.table().write(16 * vector + 4, 4, 0);
        function.msix.table().write(16 * vector + 8, 4, data);
    }

    private void mask(int vector, boolean isMasked) {
        function.msix.table().write(16 * vector + 12, 4, isMasked ? 1 : 0);
    }

    private long pending(int firstVector) {
        return function.msix.pba().read(firstVector / 8, 8);
    }

    /** The order in which Linux brings MSI-X up: enable and mask all, program, unmask all. */
    private void enable() {
        function.configWrite(PciReg.COMMAND, 2, PciReg.COMMAND_MEMORY | PciReg.COMMAND_MASTER);
        function.configWrite(CONTROL_AT, 2, ENABLE | MASK_ALL);
        program(0, 0x41);
        program(127, 0x42);
        mask(0, false);
        mask(127, false);
        function.configWrite(CONTROL_AT, 2, ENABLE);
    }

    @Test
    void allVectorsAreMaskedAfterReset() {
        for (int vector = 0; vector < 128; vector++) {
            assertThat(function.msix.table().read(16 * vector + 12, 4)).isEqualTo(1);
        }
        enable();
        function.msix.raise(1);
        assertThat(function.messages).isEmpty();
        assertThat(pending(0)).isEqualTo(2);
        function.reset();
        assertThat(pending(0)).isZero();
        assertThat(function.msix.table().read(12, 4)).isEqualTo(1);
        assertThat(function.msix.isEnabled()).isFalse();
    }

    @Test
    void aRaiseSendsItsMessage() {
        enable();
        function.msix.raise(127);
        function.msix.raise(0);
        assertThat(function.messages).containsExactly(
                new TestFunction.Message(0xfee0_1000L, 0x42), new TestFunction.Message(0xfee0_1000L, 0x41));
        assertThat(pending(0) | pending(64)).isZero();
    }

    @Test
    void aMaskedVectorIsSentOnceWhenUnmasked() {
        enable();
        mask(0, true);
        function.msix.raise(0);
        function.msix.raise(0);
        function.msix.raise(127);
        assertThat(function.messages).hasSize(1);
        assertThat(pending(0)).isEqualTo(1);
        mask(0, false);
        assertThat(function.messages).hasSize(2).last().extracting(TestFunction.Message::data).isEqualTo(0x41);
        assertThat(pending(0)).isZero();
        mask(0, false);
        assertThat(function.messages).hasSize(2);
    }

    @Test
    void functionMaskAndBusMasterHoldEverythingBack() {
        enable();
        function.configWrite(CONTROL_AT, 2, ENABLE | MASK_ALL);
        function.msix.raise(0);
        function.msix.raise(127);
        assertThat(pending(64)).isEqualTo(1L << 63);
        assertThat(function.messages).isEmpty();
        function.configWrite(PciReg.COMMAND, 2, PciReg.COMMAND_MEMORY);
        function.configWrite(CONTROL_AT, 2, ENABLE);
        assertThat(function.messages).isEmpty();
        function.configWrite(PciReg.COMMAND, 2, PciReg.COMMAND_MEMORY | PciReg.COMMAND_MASTER);
        assertThat(function.messages).hasSize(2);
    }

    @Test
    void disabledMeansLost() {
        function.msix.raise(0);
        assertThat(pending(0)).isZero();
        enable();
        assertThat(function.messages).isEmpty();
        function.msix.raise(128);
        function.msix.raise(-1);
        assertThat(function.msix.badVectorCount()).isEqualTo(2);
    }

    @Test
    void tableTakesQuadwordsAndKeepsReservedBitsZero() {
        function.msix.table().write(0, 8, 0x0000_0001_fee0_0003L);
        assertThat(function.msix.table().read(0, 8)).isEqualTo(0x0000_0001_fee0_0000L);
        function.msix.table().write(8, 8, 0xffff_ffff_1234_5678L);
        assertThat(function.msix.table().read(8, 8)).isEqualTo(0x0000_0001_1234_5678L);
        function.msix.table().write(1, 4, 0);
        function.msix.table().write(128 * 16, 4, 0);
        function.msix.table().write(-8, 8, 0);
        assertThat(function.msix.table().read(128 * 16, 4)).isEqualTo(-1);
        assertThat(function.msix.table().read(4, 4)).isEqualTo(1);
        function.msix.pba().write(0, 8, -1);
        assertThat(pending(0)).isZero();
    }

    @Test
    void noInterruptIsLostBetweenRaiseAndUnmask() throws InterruptedException {
        AtomicInteger sent = new AtomicInteger();
        AtomicInteger started = new AtomicInteger();
        AtomicInteger unmasked = new AtomicInteger();
        MsixTable table = new MsixTable(1, (address, data) -> sent.incrementAndGet());
        table.setState(true, false, true);
        int rounds = 50_000;
        Thread unmasker = Thread.ofPlatform().start(() -> {
            for (int round = 1; round <= rounds; round++) {
                awaitValue(started, round);
                table.table().write(12, 4, 0);
                unmasked.set(round);
            }
        });
        int lost = 0;
        for (int round = 1; round <= rounds; round++) {
            table.table().write(12, 4, 1);
            sent.set(0);
            started.set(round);
            for (int delay = round % 40; delay > 0; delay--) {
                started.get();
            }
            table.raise(0);
            awaitValue(unmasked, round);
            lost += sent.get() == 1 ? 0 : 1;
        }
        unmasker.join();
        assertThat(lost).as("rounds without exactly one message").isZero();
    }

    private static void awaitValue(AtomicInteger counter, int value) {
        for (int spins = 0; counter.get() != value; spins++) {
            if (spins > 1000) {
                Thread.yield();
            }
        }
    }
}
