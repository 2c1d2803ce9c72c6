package org.legoos.isa.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PhysicalMemoryTest {
    @Test
    void theLargestNodeIsZeroAndUsableToItsLastByte() {
        try (PhysicalMemory memory = PhysicalMemory.ofSize(PhysicalMemory.MAX_SIZE_BYTES)) {
            long lastPa = memory.sizeBytes() - 8;
            assertThat(memory.getLong(lastPa)).isZero();
            memory.putLong(lastPa, 42);
            assertThat(memory.getLong(lastPa)).isEqualTo(42);
        }
    }

    @Test
    void sizesAreWholePagesUpToTheLimit() {
        for (long bad : new long[] {0, -4096, 4095, 4097, PhysicalMemory.MAX_SIZE_BYTES + 4096}) {
            assertThatThrownBy(() -> PhysicalMemory.ofSize(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void accessorsAreLittleEndianAndNeedNoAlignment() {
        try (PhysicalMemory memory = PhysicalMemory.ofSize(8192)) {
            memory.putLong(4093, 0x0807_0605_0403_0201L);
            for (int i = 0; i < 8; i++) {
                assertThat(memory.getByte(4093 + i)).isEqualTo((byte) (i + 1));
            }
            assertThat(memory.getShort(4094)).isEqualTo((short) 0x0302);
            assertThat(memory.getInt(4094)).isEqualTo(0x0504_0302);
            memory.putShort(0, (short) 0xbeef);
            memory.putInt(2, 0xdeadbeef);
            assertThat(memory.getLong(0)).isEqualTo(0xdead_beef_beefL);
        }
    }

    @Test
    void backingIsOnlyForWhatLiesWhollyInside() {
        try (PhysicalMemory memory = PhysicalMemory.ofSize(8192)) {
            assertThat(memory.backing(0, 8192)).isSameAs(memory.segment());
            assertThat(memory.backing(8191, 1)).isNotNull();
            assertThat(memory.backing(8191, 2)).isNull();
            assertThat(memory.backing(-1, 1)).isNull();
            assertThat(memory.backing(0, -1)).isNull();
            assertThat(memory.backing(Long.MAX_VALUE, Long.MAX_VALUE)).isNull();
            assertThat(memory.backing(4096, Long.MAX_VALUE)).isNull();
            assertThat(memory.backing(Long.MIN_VALUE, Long.MAX_VALUE)).isNull();
        }
    }

    @Test
    void copiesMayOverlapAndDiscardedPagesAreZero() {
        try (PhysicalMemory memory = PhysicalMemory.ofSize(16384)) {
            byte[] text = {1, 2, 3, 4, 5};
            memory.write(100, text, 0, 5);
            memory.copy(100, 102, 5);
            byte[] read = new byte[7];
            memory.read(100, read, 0, 7);
            assertThat(read).containsExactly(1, 2, 1, 2, 3, 4, 5);
            memory.putLong(4096, -1);
            memory.discard(0, 4096);
            assertThat(memory.getLong(100)).isZero();
            assertThat(memory.getLong(4096)).isEqualTo(-1);
            memory.zero(4098, 2);
            assertThat(memory.getLong(4096)).isEqualTo(0xffff_ffff_0000_ffffL);
        }
    }

    @Test
    void compareAndSetOnlyChangesWhatWasExpected() {
        try (PhysicalMemory memory = PhysicalMemory.ofSize(4096)) {
            memory.putLongRelease(8, 5);
            assertThat(memory.compareAndSetLong(8, 4, 9)).isFalse();
            assertThat(memory.compareAndSetLong(8, 5, 9)).isTrue();
            assertThat(memory.getLongAcquire(8)).isEqualTo(9);
        }
    }
}
