package org.legoos.emulator.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.legoos.emulator.cluster.Topology;
import org.legoos.kernel.kconfig.KConfig;

/**
 * Programs whose memory does not fit into the ExCache: the answers stay right while lines go to the memory node and
 * come back, whatever evicts them and however victims are chosen.
 */
class SmallExcacheTest {
    private static final List<String> IN_ONE_MEBIBYTE = List.of(
            "hello", "vma", "mremap", "munmap", "large_malloc 2", "pcache_bw", "pcache_conflict", "eviction", "ubench", "memstress 4",
            "madvise", "mprotect", "sigsegv", "strings", "float", "stdio", "files", "exec", "jit", "unaligned", "cpu", "fault stack_overflow",
            "hello.pie");

    private static final List<String> MECHANISMS = List.of("WRITE_PROTECT", "PERSET_LIST", "VICTIM");
    private static final List<String> POLICIES = List.of("LRU", "FIFO", "RANDOM");

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        UsrPrograms.build();
    }

    private static GuestRunner guest(Topology topology) throws IOException {
        GuestRunner guest = new GuestRunner(topology);
        for (Path program : UsrPrograms.all()) {
            guest.file("/usr/" + program.getFileName(), program);
        }
        return guest;
    }

    private static void compare(GuestRunner guest, String command) throws IOException, InterruptedException {
        ProgramCase run = ProgramCase.of(command);
        guest.compare(UsrPrograms.path(run.program()), "/usr/" + run.program(), run.arguments(), run.stdin());
    }

    private static long evictions(GuestRunner guest) {
        return guest.cluster().processor().pcache().stat().nrEviction();
    }

    @TestFactory
    Stream<DynamicTest> programsInOneMebibyte() throws IOException {
        GuestRunner guest = guest(Topology.load("1P-1M").withExcache(1 << 20));
        Stream<DynamicTest> runs = IN_ONE_MEBIBYTE.stream().map(command -> dynamicTest(command, () -> compare(guest, command)));
        Stream<DynamicTest> last = Stream.of(dynamicTest("lines were evicted", () -> assertThat(evictions(guest)).isGreaterThan(1000)));
        return Stream.concat(runs, last).onClose(() -> close(guest));
    }

    /** System call 601, as pcache_bw prints it. */
    @TestFactory
    Stream<DynamicTest> programsSeeTheGeometry() {
        return Stream.of(dynamicTest("pcache_bw -v", () -> {
            try (GuestRunner guest = guest(Topology.load("1P-1M").withExcache(1 << 20))) {
                assertThat(guest.run("/usr/pcache_bw", List.of("1", "-v"), new byte[0]).stdout())
                        .startsWith("64-way nr_cachelines: 256 nr_cachesets: 4 stride: 0x4000 line_size: 4096\n");
            }
        }));
    }

    private static void close(GuestRunner guest) {
        try {
            guest.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Topology configured(long excacheBytes, String mechanism, String policy) {
        return Topology.load("1P-1M").withExcache(excacheBytes).mapConfigs(config -> choose(choose(config,
                "PCACHE_EVICTION_", MECHANISMS, mechanism), "PCACHE_EVICT_", POLICIES, policy));
    }

    private static KConfig choose(KConfig config, String prefix, List<String> choices, String chosen) {
        for (String choice : choices) {
            config = config.with(prefix + choice, choice.equals(chosen) ? "y" : "n");
        }
        return config;
    }

    @TestFactory
    Stream<DynamicTest> everyMechanismAndPolicy() {
        return MECHANISMS.stream().flatMap(mechanism -> POLICIES.stream().map(policy -> dynamicTest(mechanism + " " + policy, () -> {
            try (GuestRunner guest = guest(configured(512 << 10, mechanism, policy))) {
                compare(guest, "memstress 4 6000 77");
                compare(guest, "pcache_conflict 150");
                assertThat(evictions(guest)).isGreaterThan(1000);
            }
        })));
    }

    /** The acceptance test's size, with the defaults. */
    @TestFactory
    Stream<DynamicTest> sixtyFourMebibytesInFour() {
        return Stream.of(dynamicTest("memstress 64", () -> {
            try (GuestRunner guest = guest(Topology.load("1P-1M").withExcache(4 << 20))) {
                compare(guest, "memstress 64 20000");
                assertThat(evictions(guest)).isGreaterThan(10000);
            }
        }));
    }
}
