package org.legoos.isa.irq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InterruptControllerTest {
    private final InterruptController irq = new InterruptController();
    private int calls;

    @Test
    void aMessageReachesTheVectorOfItsDataByte() {
        int vector = irq.allocateVector("mlx4-0", () -> calls++);
        irq.msi(InterruptController.MSI_BASE, vector);
        irq.msi(0xfee0_3008L, 0x4100 | vector); // other destination, level, lowest priority: same processor here
        assertThat(calls).isEqualTo(2);
        assertThat(irq.count(vector)).isEqualTo(2);
        assertThat(irq.name(vector)).isEqualTo("mlx4-0");
        assertThat(irq.spuriousCount()).isZero();
    }

    @Test
    void strayMessagesAreCounted() {
        int vector = irq.allocateVector("x", () -> calls++);
        irq.msi(0xfed0_0000L, vector);
        irq.msi(0x1_fee0_0000L, vector);
        irq.msi(InterruptController.MSI_BASE, vector + 1);
        irq.msi(InterruptController.MSI_BASE, -1);
        irq.raiseIsaLine(4);
        assertThat(calls).isZero();
        assertThat(irq.spuriousCount()).isEqualTo(5);
        irq.freeVector(vector);
        irq.msi(InterruptController.MSI_BASE, vector);
        assertThat(irq.spuriousCount()).isEqualTo(6);
        assertThat(irq.name(vector)).isNull();
    }

    @Test
    void isaLinesHaveTheirOwnVectors() {
        irq.requestIsaLine(4, "ttyS0", () -> calls++);
        irq.raiseIsaLine(4);
        irq.raiseIsaLine(3);
        assertThat(calls).isEqualTo(1);
        assertThat(irq.count(InterruptController.isaVector(4))).isEqualTo(1);
        assertThatThrownBy(() -> irq.requestIsaLine(4, "again", () -> {})).isInstanceOf(IllegalStateException.class);
        irq.freeIsaLine(4);
        irq.requestIsaLine(4, "again", () -> {});
    }

    @Test
    void vectorsAreDistinctUntilTheyRunOut() {
        Set<Integer> seen = new HashSet<>();
        assertThatThrownBy(() -> {
            while (true) {
                assertThat(seen.add(irq.allocateVector("v", () -> {}))).isTrue();
            }
        }).isInstanceOf(IllegalStateException.class).hasMessageContaining("no interrupt vector");
        assertThat(seen).hasSizeGreaterThan(150).allMatch(v -> v >= 0x40 && v < 0xff);
        int freed = seen.iterator().next();
        irq.freeVector(freed);
        assertThat(irq.allocateVector("v", () -> {})).isEqualTo(freed);
    }
}
