package org.legoos.managers.memory.vm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.kernel.mm.FrameAllocator;
import org.legoos.managers.memory.UserFrames;

/** The answers of Linux's memory calls to what is not ordinary. */
class MapCallsTest {
    private static final int RW = 3;
    private static final int ANON = 0x22;
    private static final int FIXED = 0x10;
    private static final long TOP = 0x7ffffffff000L;
    private static final int EPERM = 1;
    private static final int ENOMEM = 12;
    private static final int EFAULT = 14;
    private static final int EEXIST = 17;
    private static final int EINVAL = 22;

    private final PhysicalMemory memory = PhysicalMemory.ofSize(8 << 20);
    private final UserFrames frames = new UserFrames(new FrameAllocator(memory, 4096, (8 << 20) - 4096));
    private final long zeroPa = frames.allocFrame();
    private final MmStruct mm = MmStruct.create(memory, frames, zeroPa, new MmStruct.Layout(TOP, 8 << 20, 0));

    @AfterEach
    void close() {
        mm.destroy();
        memory.close();
    }

    private long map(long va, long length, int flags) {
        return MapCalls.mmap(mm, va, length, RW, ANON | flags, null, 0);
    }

    @Test
    void firstMappingLiesBelowTheBaseThatLinuxHasWithoutRandomisation() {
        assertThat(map(0, 4096, 0)).isEqualTo(0x7ffff7fff000L - 4096);
        assertThat(map(0, 8192, 0)).isEqualTo(0x7ffff7fff000L - 3 * 4096);
        assertThat(mm.vmas.count()).as("neighbours are joined").isEqualTo(1);
    }

    @Test
    void badArgumentsOfMmap() {
        assertThat(map(0, 0, 0)).isEqualTo(-EINVAL);
        assertThat(map(0, -1, 0)).isEqualTo(-ENOMEM);
        assertThat(map(0, 1L << 47, 0)).isEqualTo(-ENOMEM);
        assertThat(map(0x1001, 4096, FIXED)).isEqualTo(-EINVAL);
        assertThat(map(0x1000, 4096, FIXED)).isEqualTo(-EPERM);
        assertThat(map(TOP, 4096, FIXED)).isEqualTo(-ENOMEM);
        assertThat(map(-4096, 8192, FIXED)).isEqualTo(-ENOMEM);
        assertThat(MapCalls.mmap(mm, 0, 4096, RW, 0x20, null, 0)).as("neither shared nor private").isEqualTo(-EINVAL);
        assertThat(MapCalls.mmap(mm, 0, 4096, RW, ANON, null, 5)).isEqualTo(-EINVAL);
        map(0x100000, 4096, FIXED);
        assertThat(map(0x100000, 4096, 0x100000)).isEqualTo(-EEXIST);
        assertThat(mm.vmas.count()).isEqualTo(1);
    }

    @Test
    void hintsAreTakenWhenFree() {
        assertThat(map(0x200123, 4096, 0)).as("rounded up").isEqualTo(0x201000);
        assertThat(map(0x201000, 4096, 0)).as("taken").isEqualTo(0x7ffff7ffe000L);
        assertThat(map(1, 4096, 0)).as("raised to mmap_min_addr").isEqualTo(65536);
    }

    @Test
    void whatCanNeverFitIsRefused() {
        assertThat(map(0, 1L << 40, 0)).isEqualTo(-ENOMEM);
        assertThat(MapCalls.mmap(mm, 0, 1L << 40, 0, ANON, null, 0)).as("reserving addresses only").isPositive();
        assertThat(map(0, 1L << 40, 0x4000)).as("MAP_NORESERVE").isPositive();
        assertThat(MapCalls.mprotect(mm, mm.vmas.get(0).startVa(), 1L << 40, RW)).isIn(0L, -(long) ENOMEM);
        mm.setBrkStart(0x600000);
        assertThat(MapCalls.brk(mm, 0x600000 + (1L << 40))).isEqualTo(0x600000);
    }

    @Test
    void missesEndWhenMemoryEnds() {
        long va = map(0, 8 << 20, 0x4000);
        long used = frames.usedBytes();
        int got = 0;
        while (mm.missPage(va + got * 4096L, 1, true) > 0) {
            got++;
        }
        assertThat(mm.missPage(va + got * 4096L, 1, true)).isEqualTo(-ENOMEM);
        assertThat(mm.flushPage(va + got * 4096L, true)).isEqualTo(-ENOMEM);
        assertThat(got).isBetween(1900, 2047);
        assertThat(mm.missPage(va + got * 4096L, 0, true)).as("reading needs no memory").isEqualTo(zeroPa);
        assertThat(MapCalls.munmap(mm, va, 8 << 20)).isZero();
        assertThat(frames.usedBytes()).isEqualTo(used);
    }

    @Test
    void missesAreCheckedAgainstTheProtection() {
        long va = MapCalls.mmap(mm, 0, 4096, 1, ANON, null, 0);
        assertThat(mm.missPage(va, 0, true)).isEqualTo(zeroPa);
        assertThat(mm.missPage(va, 1, true)).isEqualTo(-EFAULT);
        assertThat(mm.missPage(va, 2, true)).isEqualTo(-EFAULT);
        assertThat(mm.missPage(va + 4096, 0, true)).isEqualTo(-EFAULT);
        assertThat(mm.missPage(-1, 0, true)).isEqualTo(-EFAULT);
        assertThat(mm.missPage(1L << 47, 0, true)).isEqualTo(-EFAULT);
    }

    @Test
    void stackGrowsToItsLimitAndKeepsItsGap() {
        MapCalls.mapFixed(mm, new Vma(TOP - 0x21000, TOP, RW, 0x2 | 0x20 | 0x100, null, 0, "[stack]"));
        assertThat(mm.missPage(TOP - 0x22000, 1, true)).isPositive();
        assertThat(mm.vmas.get(0).startVa()).isEqualTo(TOP - 0x22000);
        assertThat(mm.missPage(TOP - (8 << 20), 1, true)).isPositive();
        assertThat(mm.missPage(TOP - (8 << 20) - 1, 1, true)).as("beyond RLIMIT_STACK").isEqualTo(-EFAULT);
        assertThat(mm.vmas.count()).isEqualTo(1);
    }

    @Test
    void stackDoesNotGrowIntoItsNeighbour() {
        MapCalls.mapFixed(mm, new Vma(TOP - 0x21000, TOP, RW, 0x2 | 0x20 | 0x100, null, 0, "[stack]"));
        long below = TOP - 0x21000 - 0x200000;
        assertThat(map(below, 4096, FIXED)).isEqualTo(below);
        assertThat(mm.missPage(below + 4096 + (1 << 20), 1, true)).isPositive();
        assertThat(mm.missPage(below + 4096 + (1 << 20) - 1, 1, true)).isEqualTo(-EFAULT);
    }

    @Test
    void mremapRules() {
        long va = map(0x10000000, 4 * 4096, FIXED);
        assertThat(Mremap.mremap(mm, va + 1, 4096, 8192, 1, 0)).isEqualTo(-EINVAL);
        assertThat(Mremap.mremap(mm, va, 4096, 0, 1, 0)).isEqualTo(-EINVAL);
        assertThat(Mremap.mremap(mm, va, 4096, 8192, 1 | 4, 0)).as("MREMAP_DONTUNMAP").isEqualTo(-EINVAL);
        assertThat(Mremap.mremap(mm, va, 5 * 4096, 8192, 1, 0)).as("more than the range").isEqualTo(-EFAULT);
        assertThat(Mremap.mremap(mm, 0x20000000, 4096, 8192, 1, 0)).isEqualTo(-EFAULT);
        assertThat(Mremap.mremap(mm, va, 4096, 8192, 0, 0)).as("in the middle, not to be moved").isEqualTo(-ENOMEM);
        memory.putInt(mm.flushPage(va + 4096, true), 77);
        assertThat(Mremap.mremap(mm, va, 2 * 4096, 3 * 4096, 3, 0x30000000)).isEqualTo(0x30000000);
        assertThat(memory.getInt(mm.missPage(0x30001000, 0, true))).isEqualTo(77);
        assertThat(mm.vmas.find(va + 4096)).isNull();
        assertThat(mm.vmas.find(va + 8192)).isNotNull();
    }

    @Test
    void adviceRules() {
        long va = map(0x10000000, 2 * 4096, FIXED);
        assertThat(MapCalls.madvise(mm, va, 4096, 5)).isEqualTo(-EINVAL);
        assertThat(MapCalls.madvise(mm, va, 4096, 14)).isZero();
        assertThat(MapCalls.madvise(mm, va + 1, 4096, 4)).isEqualTo(-EINVAL);
        memory.putInt(mm.flushPage(va, true), 77);
        assertThat(MapCalls.madvise(mm, va, 3 * 4096, 8)).as("a hole behind it, applied all the same").isEqualTo(-ENOMEM);
        assertThat(mm.residentPages()).isZero();
        assertThat(MapCalls.msync(mm, va, 8192, 4)).isZero();
        assertThat(MapCalls.msync(mm, va, 8192, 5)).isEqualTo(-EINVAL);
        assertThat(MapCalls.msync(mm, va, 12288, 4)).isEqualTo(-ENOMEM);
    }

    @Test
    void numberOfRangesIsLimited() {
        long base = 0x100000000L;
        for (int i = 0; i < VmFlags.MAX_MAP_COUNT; i++) {
            mm.vmas.insert(new Vma(base + i * 8192L, base + i * 8192L + 4096, RW, ANON, null, 0, null));
        }
        assertThat(map(0, 4096, 0)).isEqualTo(-ENOMEM);
        assertThat(MapCalls.mprotect(mm, base, 4096, 0)).isEqualTo(-ENOMEM);
        assertThat(MapCalls.munmap(mm, base, 1L << 40)).isZero();
        assertThat(mm.vmas.count()).isZero();
    }

    @Test
    void rangesOfAllAddressSpacesTogetherAreLimited() {
        frames.countRanges(1 << 17);
        assertThat(map(0, 4096, 0)).isEqualTo(-ENOMEM);
        frames.countRanges(-(1 << 17));
        assertThat(map(0, 4096, 0)).isPositive();
        mm.destroy();
        frames.countRanges((1 << 17) - 1);
        assertThat(frames.hasTooManyRanges()).as("a dead space has none").isFalse();
    }
}
