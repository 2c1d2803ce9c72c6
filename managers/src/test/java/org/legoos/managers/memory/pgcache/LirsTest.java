package org.legoos.managers.memory.pgcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** LIRS against its description: what it keeps, what it lets go, and that its lists stay sound. */
class LirsTest {
    private static final int LIR = 8;
    private static final int CAPACITY = 10;

    private static final class Page extends Lirs.Entry {}

    private Lirs<Page> lirs;
    private List<Page> pages;
    private int misses;

    @BeforeEach
    void make() {
        lirs = new Lirs<>(LIR, 3 * CAPACITY);
        pages = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            pages.add(new Page());
        }
    }

    /** A cache of CAPACITY pages as PageCache uses it. */
    private void use(int number) {
        Page page = pages.get(number);
        if (!page.isResident()) {
            misses++;
            if (lirs.residentCount() == CAPACITY) {
                lirs.evicted(lirs.victims(1).getFirst());
            }
        }
        lirs.access(page);
    }

    @Test
    void aScanPushesOutNothingButItself() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < LIR; i++) {
                use(i);
            }
        }
        for (int i = 100; i < 200; i++) {
            use(i);
        }
        for (int i = 0; i < LIR; i++) {
            assertThat(pages.get(i).isResident()).as("page %d", i).isTrue();
        }
    }

    @Test
    void aLoopSomewhatLargerThanTheCacheStillHits() {
        for (int i = 0; i < 60; i++) {
            use(i % 12);
        }
        int before = misses;
        for (int i = 0; i < 120; i++) {
            use(i % 12);
        }
        assertThat(misses - before).as("LRU would miss each time").isLessThan(60);
    }

    @Test
    void whatReturnsSoonTakesTheOldestOnesPlace() {
        for (int i = 0; i < LIR; i++) {
            use(i);
        }
        use(50);
        use(51);
        use(52); // 50 goes, and is remembered
        assertThat(pages.get(50).isResident()).isFalse();
        use(50);
        use(60);
        use(61);
        use(62);
        assertThat(pages.get(50).isResident()).as("it has become one that stays").isTrue();
        assertThat(pages.get(0).isResident()).as("the least recent of those that stayed").isFalse();
    }

    @Test
    void countsStaySoundUnderAnyUse() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            Page page = pages.get(random.nextInt(pages.size()));
            switch (random.nextInt(8)) {
                case 0 -> lirs.evicted(page);
                case 1 -> lirs.forget(page);
                default -> use(pages.indexOf(page));
            }
            long resident = pages.stream().filter(Lirs.Entry::isResident).count();
            assertThat(lirs.residentCount()).isEqualTo((int) resident).isLessThanOrEqualTo(CAPACITY);
            assertThat(lirs.lirCount()).isBetween(0, LIR);
            assertThat(lirs.ghostCount()).isBetween(0, 3 * CAPACITY);
            assertThat(lirs.victims(CAPACITY + 5)).hasSize((int) resident).doesNotHaveDuplicates();
        }
    }
}
