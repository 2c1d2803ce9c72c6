package org.legoos.kernel.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemmapOptionTest {
    private static final long G = 1L << 30;

    @Test
    void readsSizeAndStart() {
        assertThat(MemmapOption.parse("loglevel=7 memmap=4G$4G quiet", 8 * G)).isEqualTo(new Kernel.MemoryRange(4 * G, 4 * G));
        assertThat(MemmapOption.parse("memmap=512K$0x10000000", 8 * G)).isEqualTo(new Kernel.MemoryRange(0x10000000, 512 << 10));
        assertThat(MemmapOption.parse("", 8 * G).sizeBytes()).isZero();
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> MemmapOption.parse("memmap=4G@4G", 8 * G)).hasMessageContaining("expected memmap=SIZE$START");
        assertThatThrownBy(() -> MemmapOption.parse("memmap=1G$4G memmap=1G$5G", 8 * G)).hasMessageContaining("remove one");
        assertThatThrownBy(() -> MemmapOption.parse("memmap=4G$5G", 8 * G)).hasMessageContaining("does not lie in RAM");
        assertThatThrownBy(() -> MemmapOption.parse("memmap=99999999999G$5G", 8 * G)).hasMessageContaining("is not a size");
    }
}
