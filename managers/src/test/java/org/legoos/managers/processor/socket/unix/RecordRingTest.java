package org.legoos.managers.processor.socket.unix;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordRingTest {
    private final RecordRing ring = new RecordRing();
    private final byte[] buffer = new byte[4096];
    private final MemorySegment segment = MemorySegment.ofArray(buffer);
    private final Ancillary anybody = new Ancillary(1, 0, 0, null, null);

    @Test
    void recordsKeepTheirBytesOverGrowthAndWrapping() {
        Random random = new Random(99);
        ArrayDeque<byte[]> model = new ArrayDeque<>();
        for (int step = 0; step < 20_000; step++) {
            if (random.nextInt(model.size() > 40 ? 4 : 2) == 0) {
                byte[] record = new byte[random.nextInt(200)];
                random.nextBytes(record);
                ring.add(MemorySegment.ofArray(record), 0, record.length, anybody, false);
                model.add(record);
            } else if (!model.isEmpty()) {
                byte[] expected = model.poll();
                assertThat(ring.length(0)).isEqualTo(expected.length);
                ring.copy(0, segment, 0, expected.length);
                assertThat(java.util.Arrays.copyOf(buffer, expected.length)).isEqualTo(expected);
                ring.consume(expected.length, true);
            }
            assertThat(ring.count()).isEqualTo(model.size());
        }
    }

    @Test
    void aStreamOfOneSenderIsOneRecord() {
        ring.add(segment, 0, 10, anybody, true);
        ring.add(segment, 0, 20, anybody, true);
        assertThat(ring.count()).isEqualTo(1);
        assertThat(ring.length(0)).isEqualTo(30);
        ring.add(segment, 0, 5, new Ancillary(2, 0, 0, null, null), true);
        assertThat(ring.count()).isEqualTo(2);
        ring.consume(7, false);
        assertThat(ring.length(0)).isEqualTo(23);
        assertThat(ring.usedBytes()).isEqualTo(28);
    }

    @Test
    void emptyRecordsExist() {
        ring.add(segment, 0, 0, anybody, false);
        assertThat(ring.isEmpty()).isFalse();
        ring.consume(0, true);
        assertThat(ring.isEmpty()).isTrue();
    }
}
