package org.legoos.kernel.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.memory.PhysicalMemory;

class FrameAllocatorTest {
    private final PhysicalMemory memory = PhysicalMemory.ofSize(1 << 20);
    private final FrameAllocator frames = new FrameAllocator(memory, 0x10000, 16 * 4096);

    @AfterEach
    void unmap() {
        memory.close();
    }

    @Test
    void givesEveryFrameOnceAndThenZero() {
        Set<Long> given = new HashSet<>();
        for (int i = 0; i < 16; i++) {
            long pa = frames.alloc();
            assertThat(pa).isBetween(0x10000L, 0x10000L + 15 * 4096);
            assertThat(given.add(pa)).isTrue();
        }
        assertThat(frames.alloc()).isZero();
        assertThat(frames.freeBytes()).isZero();
    }

    @Test
    void framesComeBackZeroed() {
        long pa = frames.allocContiguous(16);
        memory.putLong(pa + 8192, 42);
        frames.freeContiguous(pa, 16);
        assertThat(memory.getLong(frames.allocContiguous(16) + 8192)).isZero();
    }

    @Test
    void contiguousRunsFitIntoHoles() {
        long first = frames.allocContiguous(4);
        frames.allocContiguous(12);
        assertThat(frames.allocContiguous(1)).isZero();
        frames.freeContiguous(first, 4);
        assertThat(frames.allocContiguous(5)).isZero();
        assertThat(frames.allocContiguous(4)).isEqualTo(first);
    }

    @Test
    void aDoubleFreeIsOurBugAndSaysSo() {
        long pa = frames.alloc();
        frames.free(pa);
        assertThatThrownBy(() -> frames.free(pa)).isInstanceOf(IllegalStateException.class);
    }
}
