package org.legoos.managers.processor.mm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.legoos.managers.processor.pcache.PcacheConfig;
import org.legoos.managers.processor.pcache.PcacheConfig.Mechanism;
import org.legoos.managers.processor.pcache.PcacheConfig.Policy;
import org.legoos.managers.processor.pcache.PcacheGeometry;
import org.legoos.managers.rpc.Opcode;

/** Threads that want a page at the worst moment: while it is on its way home. */
class EvictionRaceTest {
    private static final long PAGE = 4096;
    private static final int LINES = 32;
    private static final int ANONYMOUS = Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS;

    /** Runs the body on a thread of its own until it ends or sleeps: it has got as far as it can. */
    private static Thread runUntilStuck(Runnable body) {
        Thread thread = new Thread(body, "racer");
        thread.setDaemon(true);
        thread.start();
        while (true) {
            Thread.State state = thread.getState();
            if (state == Thread.State.TERMINATED || state == Thread.State.TIMED_WAITING) {
                return thread;
            }
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @EnumSource(Mechanism.class)
    void pageThatIsBeingSentHomeIsNotFetchedFromThere(Mechanism mechanism) throws InterruptedException {
        PcacheConfig config = new PcacheConfig(5, Policy.FIFO, mechanism, 1, 0, true, false, true, true, 1);
        try (TestNode node = new TestNode(config, PcacheGeometry.UNIT_BYTES)) {
            ProcessAddressSpace space = node.newSpace();
            TlbModel core = new TlbModel(node.memory, space);
            long va = space.mmap(0, 3 * LINES * PAGE, 3, ANONYMOUS, null, 0);
            for (int i = 0; i < LINES; i++) {
                core.store(va + i * PAGE, 1000 + i);
            }
            TlbModel secondCore = new TlbModel(node.memory, space);
            AtomicReference<Long> seen = new AtomicReference<>();
            AtomicReference<Thread> racer = new AtomicReference<>();
            node.home.beforeFlush = () -> racer.set(runUntilStuck(() -> {
                secondCore.store(va + 8, 77);
                seen.set(secondCore.load(va));
            }));
            for (int i = LINES; racer.get() == null; i++) {
                core.store(va + i * PAGE, 1000 + i); // the first of these evicts the page at va
            }
            racer.get().join();
            assertThat(seen.get()).as("what was written before").isEqualTo(1000);
            assertThat(core.load(va + 8)).as("what was written meanwhile").isEqualTo(77);
            for (int i = 0; i < LINES; i++) {
                assertThat(core.load(va + i * PAGE)).isEqualTo(1000 + i);
            }
        }
    }

    @Test
    void twoThreadsThatMissTheSamePageFetchItOnce() throws InterruptedException {
        try (TestNode node = new TestNode(TestNode.usual(), PcacheGeometry.UNIT_BYTES)) {
            ProcessAddressSpace space = node.newSpace();
            TlbModel core = new TlbModel(node.memory, space);
            long va = space.mmap(0, 2 * LINES * PAGE, 3, ANONYMOUS, null, 0);
            for (int i = 0; i < 2 * LINES; i++) {
                core.store(va + i * PAGE, i + 1);
            }
            node.home.missed.clear();
            AtomicReference<Thread> racer = new AtomicReference<>();
            node.home.beforeMiss = () -> racer.set(runUntilStuck(() -> space.fault(va, 0)));
            assertThat(core.load(va)).isEqualTo(1);
            racer.get().join();
            assertThat(node.home.missed.stream().filter(page -> page == va)).hasSize(1);
        }
    }

    @Test
    void mapCallWaitsForThePageThatIsBeingFilled() throws InterruptedException {
        try (TestNode node = new TestNode(TestNode.usual(), PcacheGeometry.UNIT_BYTES)) {
            ProcessAddressSpace space = node.newSpace();
            TlbModel core = new TlbModel(node.memory, space);
            long va = space.mmap(0, 2 * LINES * PAGE, 3, ANONYMOUS, null, 0);
            for (int i = 0; i < 2 * LINES; i++) {
                core.store(va + i * PAGE, i + 1);
            }
            AtomicReference<Thread> racer = new AtomicReference<>();
            node.home.beforeMiss = () -> racer.set(runUntilStuck(() -> space.munmap(va, 2 * LINES * PAGE)));
            space.fault(va, 0);
            racer.get().join();
            assertThat(core.load(va)).isNull();
            assertThat(space.residentBytes()).isZero();
            assertThat(node.home.count(Opcode.P2M_MUNMAP)).isOne();
        }
    }

    @Test
    void lineIsNotReusedWhileTheKernelCopiesFromIt() throws InterruptedException {
        try (TestNode node = new TestNode(TestNode.usual(), PcacheGeometry.UNIT_BYTES)) {
            ProcessAddressSpace space = node.newSpace();
            PageTableUserMemory user = (PageTableUserMemory) space.newUserMemory();
            user.enter();
            Thread evictor = new Thread(() -> space.tlb().invalidatePage(0x1000));
            evictor.start();
            for (int i = 0; i < 1000; i++) {
                Thread.yield();
                assertThat(evictor.isAlive()).isTrue();
            }
            user.leave();
            evictor.join();
            space.tlb().invalidatePage(0x1000); // and at rest it waits for nothing
        }
    }
}
