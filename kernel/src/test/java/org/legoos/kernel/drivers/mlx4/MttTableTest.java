package org.legoos.kernel.drivers.mlx4;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.time.VirtualClock;
import org.legoos.kernel.mm.FrameAllocator;
import org.legoos.kernel.printk.Printk;

class MttTableTest {
    private static final long TABLE = 0x1000;

    private final PhysicalMemory memory = PhysicalMemory.ofSize(1 << 20);
    private final VirtualClock clock = new VirtualClock();
    private final MttTable mtts =
            new MttTable(new HostResources(memory, new FrameAllocator(memory, 0, 1 << 20), clock, new Printk(clock)), TABLE, 16, 2048);

    @AfterEach
    void close() {
        memory.close();
    }

    private long entry(int index) {
        return Long.reverseBytes(memory.getLong(TABLE + 8L * index));
    }

    /** What the card computes for an address: see the MPT entry's access algorithm. */
    private long translate(MttTable.Mapping mapping, long start, long virtual) {
        int log = mapping.logPageSize();
        long index = (virtual >>> log) - (start >>> log);
        assertThat(index).isBetween(0L, mapping.count() - 1L);
        long entry = entry(mapping.first() + (int) index);
        assertThat(entry & 1).as("present").isEqualTo(1);
        return (entry & -(1L << log)) + (virtual & (1L << log) - 1);
    }

    @Test
    void onePageOfTheDocumentedExample() {
        MttTable.Mapping mapping = mtts.map(0x1_2345_6000L, 0x1_2345_6000L, 4096);
        assertThat(mapping.byteOffset()).isEqualTo(16 * 8);
        assertThat(entry(16)).isEqualTo(0x0000_0001_2345_6001L);
    }

    @Test
    void theCardFindsEachByteWhateverTheAlignment() {
        long[][] cases = {
            {0, 0x20_0000, 0x1_0000}, {0x7f00_0000_0123L, 0x12_3123, 0x8000}, {0x5000, 0x12_4000, 1}, {0x10_0000_0fffL, 0x33_3fff, 2},
            {0x4000_0000L, 0x20_0000, 0x4000_0000L},
        };
        for (long[] one : cases) {
            MttTable.Mapping mapping = mtts.map(one[0], one[1], one[2]);
            assertThat(translate(mapping, one[0], one[0])).isEqualTo(one[1]);
            assertThat(translate(mapping, one[0], one[0] + one[2] / 2)).isEqualTo(one[1] + one[2] / 2);
            assertThat(translate(mapping, one[0], one[0] + one[2] - 1)).isEqualTo(one[1] + one[2] - 1);
        }
    }

    @Test
    void aligned1GiBTakesFewEntries() {
        assertThat(mtts.map(0x1_4000_0000L, 0x4000_0000L, 0x4000_0000L).count()).isEqualTo(1);
    }

    @Test
    void aQueueIsFoundThroughItsPages() {
        MttTable.Mapping mapping = mtts.mapQueue(new HostResources.DmaBuffer(0x3000, 5));
        for (long offset = 0; offset < 5 * 4096; offset += 4096) {
            int page = (int) (offset >>> mapping.logPageSize());
            assertThat((entry(mapping.first() + page) & ~1L) + (offset & (1L << mapping.logPageSize()) - 1)).isEqualTo(0x3000 + offset);
        }
    }
}
