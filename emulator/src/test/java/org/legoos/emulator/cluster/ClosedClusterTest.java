package org.legoos.emulator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.legoos.isa.time.HostClock;
import org.legoos.kernel.boot.Kernel;
import org.legoos.kernel.sched.Completion;

/** Whoever starts clusters one after the other, as tests and fuzzers do, pays for one at a time. */
class ClosedClusterTest {
    private static final long LIMIT_NS = 60_000_000_000L;

    @TempDir
    private Path directory;

    @Test
    void nothingOfItsNodesIsHeldWhenItIsClosed() throws InterruptedException {
        List<WeakReference<Kernel>> kernels = kernelsOfAClosedCluster();
        long deadlineNs = HostClock.instance().nowNs() + LIMIT_NS;
        while (kernels.stream().anyMatch(kernel -> kernel.get() != null) && HostClock.instance().nowNs() < deadlineNs) {
            System.gc();
            Thread.sleep(20); // its threads are on their way out
        }
        assertThat(kernels).allMatch(kernel -> kernel.get() == null);
    }

    @Test
    void whatAThreadUsesThatDoesNotEndIsNotTakenFromIt() throws IOException {
        Completion mayEnd = new Completion();
        Completion ended = new Completion();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (Cluster cluster = Cluster.start(Topology.load("1P-1M"), new ClusterOptions().serialDir(directory.resolve("serial")))) {
            Kernel kernel = cluster.nodes().getFirst().kernel();
            kernel.sched().spawn("stubborn", self -> {
                try {
                    mayEnd.await(kernel.clock(), 0, kernel.clock().nowNs() + LIMIT_NS);
                    kernel.memory().putInt(0, kernel.memory().getInt(0));
                } catch (Throwable t) {
                    failure.set(t);
                } finally {
                    ended.complete();
                }
            });
        }
        mayEnd.complete();
        assertThat(ended.await(HostClock.instance(), 0, HostClock.instance().nowNs() + LIMIT_NS)).isTrue();
        assertThat(failure).hasNullValue();
        try (Stream<Path> logs = Files.walk(directory)) {
            assertThat(logs.filter(Files::isRegularFile).toList()).anySatisfy(log -> assertThat(log).content().contains("do not end: stubborn"));
        }
    }

    private List<WeakReference<Kernel>> kernelsOfAClosedCluster() {
        List<WeakReference<Kernel>> kernels = new ArrayList<>();
        try (Cluster cluster = Cluster.start(Topology.load("1P-1M"), new ClusterOptions().serialDir(directory.resolve("serial")))) {
            cluster.nodes().forEach(node -> kernels.add(new WeakReference<>(node.kernel())));
        }
        assertThat(kernels).hasSize(2);
        return kernels;
    }
}
