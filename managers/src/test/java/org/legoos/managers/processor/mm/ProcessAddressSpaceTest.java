package org.legoos.managers.processor.mm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.memory.PhysicalMemory;
import org.legoos.isa.mmu.PageWalker;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.memory.vm.MappedFile;
import org.legoos.managers.processor.pcache.PcacheConfig;
import org.legoos.managers.processor.pcache.PcacheConfig.Mechanism;
import org.legoos.managers.processor.pcache.PcacheConfig.Policy;
import org.legoos.managers.processor.pcache.PcacheGeometry;
import org.legoos.managers.rpc.Opcode;

/** What single calls and faults do, on an ExCache of 32 lines. */
class ProcessAddressSpaceTest {
    private static final long PAGE = 4096;
    private static final int LINES = 32;
    private static final int RW = Linux.PROT_READ | Linux.PROT_WRITE;
    private static final int ANONYMOUS = Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS;

    private TestNode node;
    private ProcessAddressSpace space;
    private TlbModel core;

    private void start(PcacheConfig config) {
        node = new TestNode(config, PcacheGeometry.UNIT_BYTES);
        space = node.newSpace();
        core = new TlbModel(node.memory, space);
    }

    private void start() {
        start(TestNode.usual());
    }

    @AfterEach
    void close() {
        if (node != null) {
            node.close();
        }
    }

    private long map(long pages) {
        long va = space.mmap(0, pages * PAGE, RW, ANONYMOUS, null, 0);
        assertThat(va).isPositive();
        return va;
    }

    private void fill(long va, int pages) {
        for (int i = 0; i < pages; i++) {
            assertThat(core.store(va + i * PAGE, va + i)).as("page " + i).isTrue();
        }
    }

    private void check(long va, int pages) {
        for (int i = 0; i < pages; i++) {
            assertThat(core.load(va + i * PAGE)).as("page " + i).isEqualTo(va + i);
        }
    }

    @Test
    void firstTouchOfAnonymousMemoryNeedsNoMessage() {
        start();
        long va = map(LINES);
        int before = node.home.total();
        fill(va, LINES);
        assertThat(node.home.total()).isEqualTo(before);
        assertThat(node.counter("nr_pcache_fill_zerofill")).isEqualTo(LINES);
        assertThat(space.residentBytes()).isEqualTo(LINES * PAGE);
    }

    @Test
    void withoutZerofillEveryFirstTouchIsAMiss() {
        PcacheConfig c = TestNode.usual();
        start(new PcacheConfig(2, c.policy(), c.mechanism(), 4, 0, false, false, true, true, 1));
        fill(map(4), 4);
        assertThat(node.home.count(Opcode.P2M_PCACHE_MISS)).isEqualTo(4);
    }

    @Test
    void pagesThatWereOnlyReadAreDroppedAndZerosAgain() {
        start();
        long va = map(4 * LINES);
        int before = node.home.total();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 4 * LINES; i++) {
                assertThat(core.load(va + i * PAGE)).isZero();
            }
        }
        assertThat(node.home.total()).as("never a message").isEqualTo(before);
        assertThat(node.counter("nr_clflush_clean_skipped")).isEqualTo(7 * LINES);
    }

    @Test
    void mappingAHugeRangeWritesNothing() {
        start();
        long framesBefore = node.kernel.frames().freeBytes();
        long va = space.mmap(0, 1L << 40, RW, ANONYMOUS | Linux.MAP_NORESERVE, null, 0);
        assertThat(va).isPositive();
        assertThat(node.kernel.frames().freeBytes()).isEqualTo(framesBefore);
        assertThat(core.store(va + (1L << 39), 1)).isTrue();
        assertThat(space.munmap(va, 1L << 40)).isZero();
        assertThat(core.load(va + (1L << 39))).isNull();
        // Tables that became empty are back; one fault's buffers stay with the thread.
        assertThat(framesBefore - node.kernel.frames().freeBytes()).isLessThanOrEqualTo(4 * PAGE);
    }

    @Test
    void dirtyVictimTravelsWithTheMissThatTakesItsPlace() {
        start();
        long va = map(2 * LINES);
        fill(va, 2 * LINES); // the first half was flushed on its own: zero fills send nothing that it could go with
        int flushes = node.home.count(Opcode.P2M_PCACHE_FLUSH);
        assertThat(flushes).isEqualTo(LINES);
        check(va, LINES); // each miss pushes out a dirty page of the second half
        assertThat(node.home.count(Opcode.P2M_PCACHE_FLUSH)).as("no flush of its own").isEqualTo(flushes);
        assertThat(node.home.count(Opcode.P2M_PCACHE_MISS)).isEqualTo(LINES);
        assertThat(node.counter("nr_pcache_fill_from_memory_piggyback")).isEqualTo(LINES);
        check(va, 2 * LINES);
    }

    @Test
    void cleanPagesAreDroppedWithoutAFlush() {
        start();
        long va = map(2 * LINES);
        fill(va, 2 * LINES);
        check(va, 2 * LINES);
        long flushed = node.counter("nr_clflush");
        check(va, 2 * LINES);
        check(va, 2 * LINES);
        assertThat(node.counter("nr_clflush")).as("read-only rounds").isEqualTo(flushed);
    }

    @Test
    void victimCacheGivesPagesBackWithoutAMessage() {
        start(TestNode.config(Policy.LRU, Mechanism.VICTIM, 2));
        long stride = node.pcache.geometry().wayStrideBytes();
        long va = map(5 * stride / PAGE);
        for (int way = 0; way < 5; way++) {
            core.store(va + way * stride, 100 + way);
        }
        int misses = node.home.count(Opcode.P2M_PCACHE_MISS);
        assertThat(core.load(va)).isEqualTo(100);
        assertThat(node.home.count(Opcode.P2M_PCACHE_MISS)).isEqualTo(misses);
        assertThat(node.counter("nr_victim_hit")).isOne();
        assertThat(node.counter("nr_pcache_fill_from_victim")).isOne();
        for (int way = 0; way < 5; way++) {
            assertThat(core.load(va + way * stride)).isEqualTo(100 + way);
        }
    }

    @Test
    void writeProtectShootsDownTwice() {
        start(TestNode.config(Policy.FIFO, Mechanism.WRITE_PROTECT, 2));
        long va = map(LINES + 1);
        fill(va, LINES);
        int before = core.shootdowns;
        core.store(va + LINES * PAGE, 1);
        assertThat(core.shootdowns).isEqualTo(before + 2);
        check(va, LINES);
    }

    @Test
    void sweepKeepsWhatIsUsedAndFifoDoesNot() {
        assertThat(missesOfAHotPage(true)).isLessThan(missesOfAHotPage(false));
    }

    private long missesOfAHotPage(boolean sweeps) {
        start(TestNode.config(Policy.LRU, Mechanism.PERSET_LIST, 5)); // one set of 32 ways
        long va = map(8 * LINES);
        fill(va, LINES);
        core.store(va, 7);
        for (int i = LINES; i < 8 * LINES; i++) {
            core.load(va + i * PAGE);
            assertThat(core.load(va)).isEqualTo(7);
            if (sweeps) {
                node.pcache.sweep();
            }
        }
        long misses = node.home.missed.stream().filter(page -> page == va).count();
        close();
        node = null;
        return misses;
    }

    @Test
    void mremapMovesLinesWithinASetAndBetweenSets() {
        start();
        long va = map(4);
        fill(va, 4);
        long setBytes = node.pcache.geometry().wayStrideBytes();
        long same = (0x2000_0000_0000L & -setBytes) + va % setBytes;
        assertThat(space.mremap(va, 4 * PAGE, 4 * PAGE, 3, same)).isEqualTo(same);
        assertThat(node.counter("nr_mremap_pset_same")).isEqualTo(4);
        long other = same + 16 * setBytes + PAGE;
        assertThat(space.mremap(same, 4 * PAGE, 8 * PAGE, 3, other)).isEqualTo(other);
        assertThat(node.counter("nr_mremap_pset_diff")).isEqualTo(4);
        for (int i = 0; i < 4; i++) {
            assertThat(core.load(other + i * PAGE)).isEqualTo(va + i);
            assertThat(core.load(same + i * PAGE)).as("old address").isNull();
            assertThat(core.fault).isEqualTo(AddressSpace.FAULT_MAPERR);
        }
        assertThat(core.load(other + 7 * PAGE)).isZero();
        assertThat(node.home.count(Opcode.P2M_PCACHE_MISS)).isZero();
    }

    @Test
    void mprotectIsReal() {
        start();
        long va = map(3);
        fill(va, 3);
        assertThat(space.mprotect(va + PAGE, PAGE, Linux.PROT_READ)).isZero();
        assertThat(core.store(va + PAGE, 1)).isFalse();
        assertThat(core.fault).isEqualTo(AddressSpace.FAULT_ACCERR);
        assertThat(core.load(va + PAGE)).isEqualTo(va + 1);
        assertThat(space.mprotect(va, 3 * PAGE, 0)).isZero();
        assertThat(core.load(va)).isNull();
        assertThat(space.mprotect(va, 3 * PAGE, RW)).isZero();
        check(va, 3);
        assertThat(space.fault(va, PageWalker.FETCH)).as("no right to execute").isEqualTo(AddressSpace.FAULT_ACCERR);
        assertThat(space.mprotect(va, 4 * PAGE, RW)).as("a hole").isEqualTo(-Errno.ENOMEM);
    }

    @Test
    void pagesWrittenBeforeTheyBecameReadOnlyAreNotLost() {
        start();
        long va = map(4 * LINES);
        fill(va, LINES / 2);
        space.mprotect(va, 4 * LINES * PAGE, Linux.PROT_READ);
        for (int i = LINES / 2; i < 4 * LINES; i++) {
            core.load(va + i * PAGE);
        }
        check(va, LINES / 2);
    }

    @Test
    void brkGrowsAndShrinks() {
        start();
        long start = space.brk(0);
        assertThat(start).isEqualTo(TestHome.HEAP_START);
        assertThat(space.brk(start + 3 * PAGE)).isEqualTo(start + 3 * PAGE);
        fill(start, 3);
        assertThat(space.brk(start + PAGE)).isEqualTo(start + PAGE);
        assertThat(core.load(start + PAGE)).isNull();
        assertThat(space.brk(start + 2 * PAGE)).isEqualTo(start + 2 * PAGE);
        assertThat(core.load(start + PAGE)).as("fresh again").isZero();
        assertThat(core.load(start)).isEqualTo(start);
        List<String> names = new ArrayList<>();
        space.forEachRange((from, to, prot, flags, offset, name) -> names.add(name));
        assertThat(names).containsExactly("[heap]", "[stack]");
    }

    @Test
    void stackGrowsToItsLimitAndNotBeyond() {
        start();
        long top = TestHome.STACK_TOP;
        assertThat(core.store(TestHome.STACK_START - 5 * PAGE, 5)).isTrue();
        assertThat(core.load(TestHome.STACK_START - 5 * PAGE)).isEqualTo(5);
        assertThat(core.load(TestHome.STACK_START - 3 * PAGE)).as("between").isZero();
        assertThat(core.store(top - (8 << 20), 6)).isTrue();
        assertThat(core.store(top - (8 << 20) - PAGE, 7)).isFalse();
        assertThat(core.fault).isEqualTo(AddressSpace.FAULT_MAPERR);
        assertThat(space.isMapped(top - (8 << 20))).isTrue();
    }

    @Test
    void madviseDontneedGivesZeros() {
        start();
        long va = map(4 * LINES);
        fill(va, 4 * LINES); // some pages are here, some at home
        assertThat(space.madvise(va, 4 * LINES * PAGE, Linux.MADV_DONTNEED)).isZero();
        for (int i = 0; i < 4 * LINES; i++) {
            assertThat(core.load(va + i * PAGE)).isZero();
        }
    }

    @Test
    void homeWithoutMemoryCostsTheFaultNotTheData() {
        start();
        long va = map(LINES + 8);
        fill(va, LINES);
        node.home.flushErrno = Errno.ENOMEM;
        assertThat(core.store(va + LINES * PAGE, 1)).isFalse();
        assertThat(core.fault).isEqualTo(AddressSpace.FAULT_OOM);
        assertThat(node.counter("nr_pcache_eviction_failure_evict")).isPositive();
        node.home.flushErrno = 0;
        check(va, LINES);
        fill(va + LINES * PAGE, 8);
        check(va, LINES);
    }

    @Test
    void failedPiggybackOfAFailedMissKeepsTheVictim() {
        start();
        long va = map(2 * LINES);
        fill(va, 2 * LINES);
        node.cluster.ibapi(TestHome.NODE).setConnected(false);
        assertThat(core.load(va)).isNull();
        assertThat(core.fault).isEqualTo(AddressSpace.FAULT_BUS);
        node.cluster.ibapi(TestHome.NODE).setConnected(true);
        check(va, 2 * LINES);
    }

    @Test
    void twoAddressSpacesShareTheCacheButNotThePages() {
        start();
        ProcessAddressSpace other = node.newSpace();
        TlbModel otherCore = new TlbModel(node.memory, other);
        long va = map(LINES);
        assertThat(other.mmap(va, LINES * PAGE, RW, ANONYMOUS | Linux.MAP_FIXED, null, 0)).isEqualTo(va);
        fill(va, LINES);
        for (int i = 0; i < LINES; i++) {
            assertThat(otherCore.load(va + i * PAGE)).isZero();
            otherCore.store(va + i * PAGE, -i);
        }
        check(va, LINES);
        for (int i = 0; i < LINES; i++) {
            assertThat(otherCore.load(va + i * PAGE)).isEqualTo(-i);
        }
        other.destroy();
        check(va, LINES);
    }

    @Test
    void msyncSendsDirtyPagesHomeAndKeepsThem() {
        start();
        long va = map(4);
        fill(va, 4);
        assertThat(space.msync(va, 4 * PAGE, 4)).isZero();
        assertThat(node.home.count(Opcode.P2M_PCACHE_FLUSH)).isEqualTo(4);
        check(va, 4);
        core.store(va, 1);
        assertThat(space.msync(va, 4 * PAGE, 4)).isZero();
        assertThat(node.home.count(Opcode.P2M_PCACHE_FLUSH)).as("only what was written since").isEqualTo(5);
    }

    @Test
    void hostileArgumentsOfMapCallsAreErrors() {
        start();
        long[] values = {0, 1, -1, PAGE, -PAGE, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 47, (1L << 47) - PAGE, 0x7fff_ffff_f000L};
        for (long a : values) {
            for (long b : values) {
                space.munmap(a, b);
                space.mprotect(a, b, RW);
                space.madvise(a, b, Linux.MADV_DONTNEED);
                space.msync(a, b, 4);
                space.mremap(a, b, b, 3, a ^ PAGE);
                space.mremap(a, PAGE, b, 1, 0);
                space.brk(a);
                space.fault(a, PageWalker.WRITE);
                space.isMapped(a);
                long va = space.mmap(a, b, RW, ANONYMOUS | Linux.MAP_FIXED, null, 0);
                if (va >= 0) {
                    space.munmap(va, b);
                }
            }
        }
        assertThat(space.munmap(1, PAGE)).isEqualTo(-Errno.EINVAL);
        fill(map(4), 4);
    }

    /** A file of two and a half pages at the home node. */
    private final class TestFile implements MappedFile {
        final long basePa = node.cluster.kernel(TestHome.NODE).frames().allocContiguous(3);
        final PhysicalMemory memory = node.cluster.kernel(TestHome.NODE).memory();

        TestFile() {
            for (int i = 0; i < 3; i++) {
                memory.putLong(basePa + i * PAGE, 500 + i);
            }
        }

        @Override
        public String path() {
            return "/data";
        }

        @Override
        public long sizeBytes() {
            return 2 * PAGE + PAGE / 2;
        }

        @Override
        public long pagePa(long pageIndex) {
            return basePa + pageIndex * PAGE;
        }

        @Override
        public long ensurePagePa(long pageIndex) {
            return pagePa(pageIndex);
        }

        @Override
        public boolean tryLock() {
            return true;
        }

        @Override
        public void lock() {}

        @Override
        public void unlock() {}

        @Override
        public void retain() {}

        @Override
        public void release() {}
    }

    @Test
    void privateFileMappingReadsTheFileAndKeepsWritesToItself() {
        start();
        TestFile file = new TestFile();
        node.home.file = file;
        long va = space.mmap(0, 4 * PAGE, RW, Linux.MAP_PRIVATE, "/data", 0);
        assertThat(core.load(va + PAGE)).isEqualTo(501);
        assertThat(core.store(va, 9)).isTrue();
        fill(map(2 * LINES), 2 * LINES); // pushes all of it out
        assertThat(core.load(va)).isEqualTo(9);
        assertThat(core.load(va + 2 * PAGE)).isEqualTo(502);
        assertThat(file.memory.getLong(file.basePa)).as("the file").isEqualTo(500);
        assertThat(core.load(va + 3 * PAGE)).isNull();
        assertThat(core.fault).as("beyond its end").isEqualTo(AddressSpace.FAULT_BUS);
        assertThat(space.madvise(va, 4 * PAGE, Linux.MADV_DONTNEED)).isZero();
        assertThat(core.load(va)).as("the file's content again").isEqualTo(500);
    }

    @Test
    void sharedFileMappingReachesTheFile() {
        start();
        TestFile file = new TestFile();
        node.home.file = file;
        long va = space.mmap(0, 2 * PAGE, RW, Linux.MAP_SHARED, "/data", PAGE);
        assertThat(core.store(va, 9)).isTrue();
        assertThat(space.madvise(va, 2 * PAGE, Linux.MADV_DONTNEED)).as("drops nothing that is shared").isZero();
        assertThat(space.msync(va, 2 * PAGE, 4)).isZero();
        assertThat(file.memory.getLong(file.basePa + PAGE)).isEqualTo(9);
        assertThat(core.store(va + PAGE, 10)).isTrue();
        assertThat(space.munmap(va, 2 * PAGE)).isZero();
        assertThat(file.memory.getLong(file.basePa + 2 * PAGE)).as("munmap writes back").isEqualTo(10);
        long again = space.mmap(0, PAGE, RW, Linux.MAP_SHARED, "/data", 0);
        core.store(again, 11);
        space.destroy();
        assertThat(file.memory.getLong(file.basePa)).as("so does the end of the process").isEqualTo(11);
    }
}
