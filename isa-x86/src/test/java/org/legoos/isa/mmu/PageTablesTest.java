package org.legoos.isa.mmu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.memory.PhysicalMemory;

class PageTablesTest {
    private static final class Frames implements FrameSource {
        private final PhysicalMemory memory;
        private final ArrayDeque<Long> free = new ArrayDeque<>();
        private final Set<Long> used = new HashSet<>();

        Frames(PhysicalMemory memory, int count) {
            this.memory = memory;
            for (int i = 1; i <= count; i++) {
                free.add(i * 4096L);
            }
        }

        @Override
        public synchronized long allocFrame() {
            if (free.isEmpty()) {
                return 0;
            }
            long pa = free.poll();
            memory.zero(pa, 4096);
            used.add(pa);
            return pa;
        }

        @Override
        public synchronized void freeFrame(long pa) {
            assertThat(used.remove(pa)).as("double free").isTrue();
            free.add(pa);
        }
    }

    private final PhysicalMemory memory = PhysicalMemory.ofSize(8 << 20);
    private final Frames frames = new Frames(memory, 1000);
    private final PageTables tables = PageTables.create(memory, frames);

    @AfterEach
    void unmap() {
        memory.close();
    }

    @Test
    void theWalkerFindsWhatWasEntered() {
        long va = 0x7fff_1234_5000L;
        assertThat(tables.ptePa(va)).isZero();
        long ptePa = tables.ensurePtePa(va);
        assertThat(tables.ptePa(va + 0xfff)).isEqualTo(ptePa);
        memory.putLong(ptePa, 0x5000 | Pte.PRESENT | Pte.USER | Pte.WRITABLE);
        assertThat(PageWalker.walk(memory, tables.rootPa(), va + 0x10, PageWalker.WRITE))
                .isEqualTo(Walk.ok(0x5000, Walk.R | Walk.W | Walk.X));
        assertThat(tables.tableCount()).isEqualTo(4);
    }

    @Test
    void onlyTheUserHalfHasTables() {
        assertThat(tables.ensurePtePa(PageTables.END_VA)).isZero();
        assertThat(tables.ensurePtePa(-4096)).isZero();
        assertThat(tables.ptePa(Long.MIN_VALUE)).isZero();
        assertThat(tables.ensurePtePa(PageTables.END_VA - 1)).isNotZero();
    }

    @Test
    void exhaustionIsZeroAndLosesNothing() {
        Frames few = new Frames(memory, 3);
        PageTables small = PageTables.create(memory, few);
        assertThat(small.ensurePtePa(0)).isZero();
        assertThat(small.tableCount()).isEqualTo(3);
        small.destroy();
        assertThat(few.used).isEmpty();
        assertThat(PageTables.create(memory, new Frames(memory, 0))).isNull();
    }

    @Test
    void cursorFindsExactlyTheEntriesOfTheRange() {
        long seed = Long.getLong("legoos.seed", new Random().nextLong());
        System.out.println("PageTablesTest legoos.seed=" + seed);
        Random random = new Random(seed);
        TreeMap<Long, Long> model = new TreeMap<>();
        for (int i = 0; i < 300; i++) {
            long va = randomVa(random);
            long ptePa = tables.ensurePtePa(va);
            assertThat(ptePa).isNotZero();
            memory.putLong(ptePa, i + 1);
            model.put(va, i + 1L);
        }
        int tableCount = tables.tableCount();
        PteCursor cursor = new PteCursor();
        for (int i = 0; i < 200; i++) {
            long start = i == 0 ? 0 : randomVa(random);
            long end = i == 0 ? PageTables.END_VA : start + (randomVa(random) >>> random.nextInt(20) & -4096L);
            List<Long> found = new ArrayList<>();
            cursor.reset(tables, start, end);
            while (cursor.next()) {
                found.add(cursor.va());
                assertThat(cursor.pte()).isEqualTo(model.get(cursor.va()));
                assertThat(cursor.ptePa()).isEqualTo(tables.ptePa(cursor.va()));
            }
            assertThat(found).containsExactlyElementsOf(model.subMap(start, Math.max(start, end)).keySet());
        }
        assertThat(tables.tableCount()).isEqualTo(tableCount);
    }

    @Test
    void freeEmptyKeepsWhatIsInUse() {
        long seed = Long.getLong("legoos.seed", new Random().nextLong());
        System.out.println("PageTablesTest legoos.seed=" + seed);
        Random random = new Random(seed);
        TreeMap<Long, Long> model = new TreeMap<>();
        for (int round = 0; round < 200; round++) {
            long va = randomVa(random);
            memory.putLong(tables.ensurePtePa(va), va | 1);
            model.put(va, va | 1);
            if (round % 4 == 3) {
                long start = randomVa(random);
                long end = start + (randomVa(random) >>> random.nextInt(20) & -4096L);
                for (Long gone : List.copyOf(model.subMap(start, Math.max(start, end)).keySet())) {
                    memory.putLong(tables.ptePa(gone), 0);
                    model.remove(gone);
                }
                tables.freeEmpty(start, end, () -> {});
            }
            model.forEach((at, pte) -> assertThat(memory.getLong(tables.ptePa(at))).isEqualTo(pte));
            assertThat(frames.used).hasSize(tables.tableCount());
        }
        model.keySet().forEach(at -> memory.putLong(tables.ptePa(at), 0));
        tables.freeEmpty(0, PageTables.END_VA, () -> {});
        assertThat(tables.tableCount()).isEqualTo(1);
        tables.destroy();
        assertThat(frames.used).isEmpty();
    }

    @Test
    void freeEmptyReachesTheLowTablesOfLaterBranches() {
        long startVa = (5L << 39) | (300L << 30) | (300L << 21);
        tables.ensurePtePa(startVa);
        tables.ensurePtePa((5L << 39) | (301L << 30) | (2L << 21));
        tables.ensurePtePa((6L << 39) | (1L << 30) | (500L << 21));
        tables.ensurePtePa((6L << 39) | (2L << 30) | (7L << 21)); // behind the end
        assertThat(tables.tableCount()).isEqualTo(11);
        tables.freeEmpty(startVa, (6L << 39) | (2L << 30) | (6L << 21), () -> {});
        assertThat(tables.tableCount()).as("the root and the last branch").isEqualTo(4);
    }

    @Test
    void nothingIsFreedBeforeQuiesceHasRun() {
        tables.ensurePtePa(0x40_0000);
        int[] usedAtQuiesce = new int[1];
        tables.freeEmpty(0x40_0000, 0x40_1000, () -> {
            usedAtQuiesce[0] = frames.used.size();
            assertThat(tables.ptePa(0x40_0000)).isZero();
        });
        assertThat(usedAtQuiesce[0]).isEqualTo(4);
        assertThat(frames.used).hasSize(1);
        tables.freeEmpty(0, PageTables.END_VA, () -> {
            throw new AssertionError("nothing to free");
        });
    }

    @Test
    void twoThreadsMakeEachTableOnce() throws InterruptedException {
        long[][] found = new long[2][400];
        Thread[] threads = new Thread[2];
        for (int t = 0; t < 2; t++) {
            long[] mine = found[t];
            threads[t] = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < mine.length; i++) {
                    mine[i] = tables.ensurePtePa((long) i << 21);
                }
            });
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(found[0]).isEqualTo(found[1]);
        assertThat(frames.used).hasSize(tables.tableCount());
        tables.destroy();
        assertThat(frames.used).isEmpty();
    }

    /** Clustered, so that tables are shared and holes of every size occur. */
    private static long randomVa(Random random) {
        long va = (long) random.nextInt(4) << 12;
        va |= (long) (random.nextInt(3) * 255) << 21;
        va |= (long) (random.nextInt(3) * 255) << 30;
        va |= (long) (random.nextInt(3) * 127) << 39;
        return va & (PageTables.END_VA - 1);
    }
}
