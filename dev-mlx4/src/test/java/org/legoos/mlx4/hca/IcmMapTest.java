package org.legoos.mlx4.hca;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.legoos.mlx4.prm.CmdStatus;

/** The ICM map against a page-by-page model, at random from the seed that is the parameter. */
class IcmMapTest {
    private static final int PAGES = 512;

    @ParameterizedTest
    @ValueSource(longs = {7, 99})
    void agreesWithAPageTable(long seed) {
        Random random = new Random(seed);
        IcmMap icm = new IcmMap(new HcaCounters("card", line -> { }));
        Map<Integer, Long> pages = new TreeMap<>();
        Map<Integer, Integer> blocks = new TreeMap<>(); // first page -> page count
        for (int step = 0; step < 4000; step++) {
            int page = random.nextInt(PAGES);
            if (random.nextInt(4) == 0) {
                int count = 1 + random.nextInt(32);
                icm.unmap((long) page << 12, count);
                blocks.entrySet().removeIf(block -> {
                    boolean isGone = block.getKey() >= page && block.getKey() < page + count;
                    for (int i = 0; isGone && i < block.getValue(); i++) {
                        pages.remove(block.getKey() + i);
                    }
                    return isGone;
                });
            } else {
                int log = random.nextInt(6);
                long dma = (long) random.nextInt(1 << 20) << 12;
                boolean isFree = (page & (1 << log) - 1) == 0;
                for (int i = 0; i < 1 << log; i++) {
                    isFree &= !pages.containsKey(page + i);
                }
                CmdStatus status = icm.map((long) page << 12, dma, log);
                assertThat(status).isEqualTo(isFree ? CmdStatus.OK : CmdStatus.BAD_PARAM);
                if (isFree) {
                    blocks.put(page, 1 << log);
                    for (int i = 0; i < 1 << log; i++) {
                        pages.put(page + i, dma + ((long) i << 12));
                    }
                }
            }
            int probe = random.nextInt(PAGES + 40);
            long inPage = random.nextInt(512) * 8L;
            Long expected = pages.get(probe);
            assertThat(icm.toDma(((long) probe << 12) + inPage, 8))
                    .isEqualTo(expected == null ? IcmMap.UNMAPPED : expected + inPage);
            assertThat(icm.blockCount()).isEqualTo(blocks.size());
        }
    }
}
