package org.legoos.emulator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.legoos.emulator.usr.UsrTree;

/** Programs in 1P-1M-1S: their files are a directory of the host, changed there or in an overlay. */
class RootDirectoryTest {
    private static final UsrTree USR = UsrTree.ofHome();

    @TempDir
    private Path directory;

    private Path root;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        USR.make("hello", "files", "dirs");
    }

    @BeforeEach
    void fill() throws IOException {
        root = Files.createDirectories(directory.resolve("root"));
        for (String name : List.of("bin", "tmp", "proc", "dev", "sys")) {
            Files.createDirectory(root.resolve(name));
        }
        for (String program : List.of("hello", "files", "dirs")) {
            Files.copy(USR.path(program), root.resolve("bin").resolve(program), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private Cluster start(Topology topology) {
        return Cluster.start(topology.withExcache(8 << 20).withMemoryRam(128 << 20), new ClusterOptions().serialDir(directory.resolve("serial")));
    }

    private static void runs(Cluster cluster, String program) {
        RunResult result = cluster.run("/bin/" + program, List.of(program), new byte[0]);
        assertThat(result.stdout()).doesNotContain("FAILED");
        assertThat(result.status()).as("%s: %s", program, result.stderr()).isZero();
    }

    private List<String> names(Path in) throws IOException {
        try (var files = Files.list(in)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void programsWorkOnADirectoryOfTheHost() throws IOException {
        try (Cluster cluster = start(Topology.load("1P-1M-1S").withRoot(root.toString(), false, ""))) {
            runs(cluster, "hello");
            runs(cluster, "files");
            runs(cluster, "dirs");
        }
        assertThat(names(root.resolve("tmp"))).as("what programs left is on the host").isNotEmpty();
        assertThat(names(root)).as("and nothing else").containsExactly("bin", "dev", "proc", "sys", "tmp");
    }

    @Test
    void anOverlayTakesWhatProgramsChange() throws IOException {
        Path changes = Files.createDirectories(directory.resolve("changes"));
        Topology topology = Topology.load("1P-1M-1S").withRoot(root.toString(), false, changes.toString());
        try (Cluster cluster = start(topology)) {
            runs(cluster, "files");
        }
        assertThat(names(root.resolve("tmp"))).isEmpty();
        assertThat(names(changes.resolve("upper/tmp"))).isNotEmpty();
    }

    @Test
    void aStorageNodeThatIsGoneIsAnErrorAndNoHang() {
        Topology topology = Topology.load("1P-1M-1S").withRoot(root.toString(), true, "")
                .mapConfigs(config -> config.with("STORAGE_TIMEOUT_MSEC", "3000"));
        try (Cluster cluster = start(topology)) {
            ((StorageNode) cluster.node("storage0")).manager().stop();
            RunResult result = cluster.run("/bin/hello", List.of("hello"), new byte[0]);
            assertThat(result.status()).isNotZero();
            assertThat(result.stdout()).isEmpty();
        }
    }
}
