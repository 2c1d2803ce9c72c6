package org.legoos.managers.processor.mm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.legoos.kernel.sched.KThread;
import org.legoos.managers.processor.pcache.PcacheConfig;
import org.legoos.managers.processor.pcache.PcacheGeometry;

/** Random programs on a 64-line ExCache whose working set is 16 times as large, for every policy and mechanism. */
class RandomWorkloadTest {
    private static final long EXCACHE_BYTES = 2 * PcacheGeometry.UNIT_BYTES;
    private static final int LINES = 64;

    private final long seed = Long.getLong("seed", new Random().nextLong());

    private TestNode node(PcacheConfig.Policy policy, PcacheConfig.Mechanism mechanism, int ways) {
        System.out.println("RandomWorkloadTest seed " + seed + " " + policy + " " + mechanism);
        return new TestNode(TestNode.config(policy, mechanism, ways), EXCACHE_BYTES);
    }

    @ParameterizedTest
    @CsvSource({
        "LRU,WRITE_PROTECT,2", "LRU,PERSET_LIST,2", "LRU,VICTIM,2",
        "FIFO,WRITE_PROTECT,1", "FIFO,PERSET_LIST,6", "FIFO,VICTIM,1",
        "RANDOM,WRITE_PROTECT,3", "RANDOM,PERSET_LIST,3", "RANDOM,VICTIM,6"
    })
    void seesWhatAFlatMemoryWouldShow(PcacheConfig.Policy policy, PcacheConfig.Mechanism mechanism, int ways) {
        try (TestNode node = node(policy, mechanism, ways)) {
            long framesBefore = node.kernel.frames().freeBytes();
            ProcessAddressSpace space = node.newSpace();
            TlbModel core = new TlbModel(node.memory, space);
            RandomProgram program = new RandomProgram(policy + " " + mechanism, seed, space, core, 16 * LINES);
            program.run(5000);
            program.checkAll();
            assertThat(node.counter("nr_pcache_eviction_succeed")).isGreaterThan(1000);
            assertThat(node.counter("nr_clflush_fail")).isZero();
            assertThat(space.residentBytes()).isBetween(1L, LINES * 4096L);
            space.detach(core.cpu);
            space.destroy();
            assertThat(space.residentBytes()).isZero();
            assertThat(node.home.spaceCount()).isZero();
            assertThat(framesBefore - node.kernel.frames().freeBytes())
                    .as("what stays is message buffers of threads")
                    .isLessThanOrEqualTo(4 * 3 * 4096);
        }
    }

    /** Two threads with a core each in one address space, each with pages of its own, and map calls of both. */
    @ParameterizedTest
    @CsvSource({"LRU,WRITE_PROTECT,2", "LRU,PERSET_LIST,2", "RANDOM,VICTIM,2"})
    void threadsOfAProcessDoNotDisturbEachOther(
            PcacheConfig.Policy policy, PcacheConfig.Mechanism mechanism, int ways) {
        try (TestNode node = node(policy, mechanism, ways)) {
            ProcessAddressSpace space = node.newSpace();
            RandomProgram[] programs = new RandomProgram[2];
            for (int i = 0; i < programs.length; i++) {
                TlbModel core = new TlbModel(node.memory, space);
                programs[i] = new RandomProgram(mechanism + " thread " + i, seed + i, space, core, 300, false);
            }
            AtomicReference<Throwable> failure = new AtomicReference<>();
            KThread[] threads = new KThread[programs.length];
            for (int i = 0; i < programs.length; i++) {
                RandomProgram program = programs[i];
                threads[i] = node.kernel.sched().spawn("thread" + i, self -> runProgram(program, failure));
            }
            awaitAll(node, threads);
            check(failure);
        }
    }

    @ParameterizedTest
    @CsvSource({"LRU,WRITE_PROTECT,4", "LRU,PERSET_LIST,4", "RANDOM,VICTIM,4"})
    void processesThatEvictEachOtherDoNotMix(PcacheConfig.Policy policy, PcacheConfig.Mechanism mechanism, int ways) {
        try (TestNode node = node(policy, mechanism, ways)) {
            AtomicReference<Throwable> failure = new AtomicReference<>();
            KThread[] threads = new KThread[3];
            for (int i = 0; i < threads.length; i++) {
                ProcessAddressSpace space = node.newSpace();
                TlbModel core = new TlbModel(node.memory, space);
                String name = policy + " " + mechanism + " process " + i;
                long ownSeed = seed + i;
                threads[i] = node.kernel.sched().spawn(name, self -> {
                    runProgram(new RandomProgram(name, ownSeed, space, core, 300), failure);
                    space.destroy();
                });
            }
            awaitAll(node, threads);
            check(failure);
            assertThat(node.counter("nr_clflush_fail")).isZero();
        }
    }

    private static void runProgram(RandomProgram program, AtomicReference<Throwable> failure) {
        try {
            program.run(2000);
            program.checkAll();
        } catch (Throwable t) {
            failure.compareAndSet(null, t);
        }
    }

    private static void awaitAll(TestNode node, KThread[] threads) {
        for (KThread thread : threads) {
            assertThat(thread.awaitExit(node.kernel.clock(), node.kernel.clock().nowNs() + 60_000_000_000L))
                    .as(thread.name() + " ends")
                    .isTrue();
        }
    }

    private void check(AtomicReference<Throwable> failure) {
        if (failure.get() != null) {
            throw new AssertionError("seed " + seed, failure.get());
        }
    }
}
