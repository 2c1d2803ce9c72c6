package org.legoos.emulator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.legoos.emulator.usr.UsrTree;

/** Processes that end in all ways leave nothing behind on any node: frames, lines, numbers, tasks, threads, cores. */
class ForksTest {
    private static final UsrTree USR = UsrTree.ofHome();

    /** What must be the same after few processes and after many. */
    private record Footprint(long memoryBytes, long memoryFrames, long processorFrames, int processes, int taken, long lines, int threads) {}

    @TempDir
    private Path directory;

    private static Footprint footprint(Cluster cluster) {
        MemoryNode memory = (MemoryNode) cluster.node("memory0");
        ProcessorNode processor = cluster.processor();
        return new Footprint(memory.manager().usedBytes(), memory.kernel().frames().freeBytes() >> 20,
                processor.kernel().frames().freeBytes() >> 16, processor.manager().processes().size(),
                processor.manager().takenIds(), processor.pcache().usedLines(), processor.kernel().sched().threads().size());
    }

    private static void fork(Cluster cluster, int count) {
        RunResult result = cluster.run("/forks", List.of("/forks", Integer.toString(count)), new byte[0]);
        assertThat(result.stdout()).isEqualTo(count + " of " + count + " processes ended well\n");
        assertThat(result.status()).isZero();
    }

    @Test
    void manyForksLeaveNothingBehind() throws IOException, InterruptedException {
        USR.make("forks");
        ClusterOptions options = new ClusterOptions().serialDir(directory.resolve("serial")).file("/forks", USR.path("forks"));
        try (Cluster cluster = Cluster.start(Topology.load("1P-1M").withExcache(8 << 20).withMemoryRam(64 << 20), options)) {
            fork(cluster, 60);
            Footprint few = footprint(cluster);
            fork(cluster, 60 * Integer.getInteger("legoos.forks", 10));
            Footprint many = footprint(cluster);
            assertThat(many).usingRecursiveComparison().ignoringFields("threads").isEqualTo(few);
            // The last program's thread may be on its way out at either moment.
            assertThat(many.threads()).isLessThanOrEqualTo(few.threads() + 1);
            assertThat(few.processes()).isZero();
            assertThat(few.taken()).isZero();
            assertThat(few.lines()).isZero();
        }
    }
}
