package org.legoos.isa.mmu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.memory.PhysicalMemory;

/** Single cases by the letter of the SDM; {@link PageWalkerRandomTest} covers their combinations. */
class PageWalkerTest {
    private static final long ALL = Pte.PRESENT | Pte.WRITABLE | Pte.USER;
    private static final long PML4 = 0x1000;
    private static final long PDPT = 0x2000;
    private static final long PD = 0x3000;
    private static final long PT = 0x4000;
    private static final long PAGE = 0x7000;
    private static final long VA = (3L << 39) | (5L << 30) | (7L << 21) | (9L << 12) | 0x123;
    private static final long PTE_PA = PT + 9 * 8;

    private final PhysicalMemory memory = PhysicalMemory.ofSize(16 << 20);

    PageWalkerTest() {
        memory.putLong(PML4 + 3 * 8, PDPT | ALL);
        memory.putLong(PDPT + 5 * 8, PD | ALL);
        memory.putLong(PD + 7 * 8, PT | ALL);
        memory.putLong(PTE_PA, PAGE | ALL);
    }

    @AfterEach
    void unmap() {
        memory.close();
    }

    private long walk(int access) {
        return PageWalker.walk(memory, PML4, VA, access);
    }

    private void assertFault(int access, int errorCode) {
        long walk = walk(access);
        assertThat(Walk.isFault(walk)).isTrue();
        assertThat(Walk.errorCode(walk)).isEqualTo(errorCode);
    }

    @Test
    void aReadGivesNoWritePermissionUntilThePageIsDirty() {
        assertThat(walk(PageWalker.READ)).isEqualTo(Walk.ok(PAGE, Walk.R | Walk.X));
        assertThat(walk(PageWalker.WRITE)).isEqualTo(Walk.ok(PAGE, Walk.R | Walk.W | Walk.X));
        assertThat(walk(PageWalker.READ)).isEqualTo(Walk.ok(PAGE, Walk.R | Walk.W | Walk.X));
    }

    @Test
    void accessedIsSetOnEveryLevelAndDirtyOnlyInTheLeaf() {
        walk(PageWalker.READ);
        assertThat(memory.getLong(PML4 + 3 * 8)).isEqualTo(PDPT | ALL | Pte.ACCESSED);
        assertThat(memory.getLong(PDPT + 5 * 8)).isEqualTo(PD | ALL | Pte.ACCESSED);
        assertThat(memory.getLong(PD + 7 * 8)).isEqualTo(PT | ALL | Pte.ACCESSED);
        assertThat(memory.getLong(PTE_PA)).isEqualTo(PAGE | ALL | Pte.ACCESSED);
        walk(PageWalker.WRITE);
        assertThat(memory.getLong(PD + 7 * 8)).isEqualTo(PT | ALL | Pte.ACCESSED);
        assertThat(memory.getLong(PTE_PA)).isEqualTo(PAGE | ALL | Pte.ACCESSED | Pte.DIRTY);
    }

    @Test
    void notPresentIsToldPerKindOfAccess() {
        memory.putLong(PTE_PA, 0);
        assertFault(PageWalker.READ, 0x4);
        assertFault(PageWalker.WRITE, 0x6);
        assertFault(PageWalker.FETCH, 0x14);
        memory.putLong(PTE_PA, ~Pte.PRESENT); // software's, whatever it holds
        assertFault(PageWalker.READ, 0x4);
        assertThat(memory.getLong(PTE_PA)).isEqualTo(~Pte.PRESENT);
    }

    @Test
    void aDeniedAccessLeavesTheLeafUnmarked() {
        memory.putLong(PTE_PA, PAGE | Pte.PRESENT | Pte.USER | Pte.NO_EXECUTE);
        assertFault(PageWalker.WRITE, 0x7);
        assertFault(PageWalker.FETCH, 0x15);
        assertThat(memory.getLong(PTE_PA)).isEqualTo(PAGE | Pte.PRESENT | Pte.USER | Pte.NO_EXECUTE);
        assertThat(walk(PageWalker.READ)).isEqualTo(Walk.ok(PAGE, Walk.R));
    }

    @Test
    void anyLevelCanTakePermissionsAway() {
        memory.putLong(PML4 + 3 * 8, PDPT | Pte.PRESENT | Pte.USER);
        assertFault(PageWalker.WRITE, 0x7);
        memory.putLong(PML4 + 3 * 8, PDPT | ALL);
        memory.putLong(PDPT + 5 * 8, PD | ALL | Pte.NO_EXECUTE);
        assertFault(PageWalker.FETCH, 0x15);
        memory.putLong(PD + 7 * 8, PT | Pte.PRESENT | Pte.WRITABLE);
        assertFault(PageWalker.READ, 0x5);
    }

    @Test
    void anEntryOutsideRamIsAReservedBitFault() {
        memory.putLong(PTE_PA, memory.sizeBytes() | ALL);
        assertFault(PageWalker.READ, 0xd);
        memory.putLong(PTE_PA, Pte.FRAME_MASK | ALL);
        assertFault(PageWalker.WRITE, 0xf);
        memory.putLong(PDPT + 5 * 8, Pte.FRAME_MASK | ALL);
        assertFault(PageWalker.FETCH, 0x1d);
        assertThat(Walk.errorCode(PageWalker.walk(memory, 0x000f_ffff_ffff_f000L, VA, PageWalker.READ))).isEqualTo(0xd);
        assertThat(Walk.errorCode(PageWalker.walk(memory, -1, VA, PageWalker.READ))).isEqualTo(0xd);
    }

    @Test
    void twoMebibytePageTranslatesWithItsOffset() {
        memory.putLong(PD + 7 * 8, (4L << 20) | ALL | Pte.LARGE | Pte.LARGE_PAT);
        assertThat(walk(PageWalker.WRITE)).isEqualTo(Walk.ok((4L << 20) + 0x9000, Walk.R | Walk.W | Walk.X));
        memory.putLong(PD + 7 * 8, (4L << 20) | 0x4000 | ALL | Pte.LARGE);
        assertFault(PageWalker.READ, 0xd);
        memory.putLong(PD + 7 * 8, (16L << 20) | ALL | Pte.LARGE);
        assertFault(PageWalker.READ, 0xd);
    }

    @Test
    void oneGibibytePageTranslatesWithItsOffset() {
        try (PhysicalMemory big = PhysicalMemory.ofSize(4L << 30)) {
            big.putLong(PML4 + 3 * 8, PDPT | ALL);
            big.putLong(PDPT + 5 * 8, (2L << 30) | ALL | Pte.LARGE);
            assertThat(PageWalker.walk(big, PML4, VA, PageWalker.READ))
                    .isEqualTo(Walk.ok((2L << 30) + (7L << 21) + 0x9000, Walk.R | Walk.X));
            big.putLong(PDPT + 5 * 8, (4L << 30) | ALL | Pte.LARGE);
            assertThat(Walk.errorCode(PageWalker.walk(big, PML4, VA, PageWalker.READ))).isEqualTo(0xd);
        }
    }

    @Test
    void largeBitIsReservedInThePml4AndIsPatInTheLeaf() {
        memory.putLong(PTE_PA, PAGE | ALL | Pte.LARGE);
        assertThat(walk(PageWalker.READ)).isEqualTo(Walk.ok(PAGE, Walk.R | Walk.X));
        memory.putLong(PML4 + 3 * 8, PDPT | ALL | Pte.LARGE);
        assertFault(PageWalker.READ, 0xd);
    }

    @Test
    void nonCanonicalAddressesAreNotPresent() {
        for (long va : new long[] {1L << 47, -(1L << 47) - 1, Long.MIN_VALUE, Long.MAX_VALUE, VA | (1L << 48)}) {
            assertThat(PageWalker.walk(memory, PML4, va, PageWalker.WRITE)).isEqualTo(Walk.fault(0x6));
        }
    }

    @Test
    void anEntryClearedMeanwhileNeverComesBack() throws InterruptedException {
        // One thread walks for writing, the other sets and clears the entry; after its clear the entry must stay 0.
        // The clear must fall between the walk's load and its store, some nanoseconds: hence many rounds, short delays.
        Thread walker = Thread.ofPlatform().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                walk(PageWalker.WRITE);
            }
        });
        try {
            Random random = new Random(1);
            int comebacks = 0;
            for (int i = 0; i < 300_000; i++) {
                memory.putLongRelease(PTE_PA, PAGE | ALL);
                delay(random.nextInt(100));
                memory.putLongRelease(PTE_PA, 0);
                delay(100);
                comebacks += memory.getLongAcquire(PTE_PA) != 0 ? 1 : 0;
            }
            assertThat(comebacks).isZero();
        } finally {
            walker.interrupt();
            walker.join();
        }
    }

    private void delay(int loads) {
        for (int i = 0; i < loads; i++) {
            memory.getLongAcquire(0);
        }
    }
}
