package org.legoos.emulator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topologies and .config files that are wrong: one line that says where and what was expected, before boot. */
class TopologyTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void writeDefaults() throws IOException {
        Topology.load("1P-1M").write(directory);
    }

    private void edit(String file, String regex, String replacement) throws IOException {
        String before = Files.readString(directory.resolve(file));
        String after = before.replaceFirst("(?m)" + regex, replacement);
        assertThat(after).isNotEqualTo(before);
        Files.writeString(directory.resolve(file), after);
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(() -> Cluster.assemble(Topology.load(directory.toString()), new ClusterOptions().serialDir(directory)).close())
                .isInstanceOf(ConfigException.class)
                .message().doesNotContain("\n").contains(parts);
    }

    @Test
    void theSamplesInDocsAreWhatDefconfigWrites() throws IOException {
        for (String name : List.of("1P-1M", "1P-1M-1S", "2P-2M-1S")) {
            Topology.load(name).write(directory.resolve(name));
            Path samples = Path.of(System.getProperty("legoos.home", ".."), "docs/configs", name);
            try (var files = Files.list(directory.resolve(name))) {
                for (Path file : files.toList()) {
                    assertThat(samples.resolve(file.getFileName())).as("lego defconfig %s docs/configs/%s brings it up to date", name, name)
                            .hasSameTextualContentAs(file);
                }
            }
        }
    }

    @Test
    void manyNodesAreBuiltInToo() {
        Topology topology = Topology.load("3P-2M-1S");
        assertThat(topology.nodes()).extracting(NodeSpec::name)
                .containsExactly("processor0", "processor1", "processor2", "memory0", "memory1", "storage0");
        assertThat(topology.nodes()).extracting(node -> node.config().integer("DEFAULT_MEM_NODE")).startsWith(3, 4, 3);
        assertThat(topology.nodes()).allMatch(node -> node.config().integer("DEFAULT_STORAGE_NODE") == 5);
        for (String name : List.of("0P-1M", "1P-9M", "1P-1M-2S", "1P")) {
            assertThatThrownBy(() -> Topology.load(name)).isInstanceOf(ConfigException.class).hasMessageContaining("built in are 1P-1M");
        }
    }

    @Test
    void aStorageNodeNeedsADirectory() throws IOException {
        Topology topology = Topology.load("1P-1M-1S");
        ClusterOptions options = new ClusterOptions().serialDir(directory);
        assertThatThrownBy(() -> Cluster.assemble(topology, options)).isInstanceOf(ConfigException.class)
                .hasMessageContaining("storage0: CONFIG_STORAGE_ROOT is empty");
        assertThatThrownBy(() -> Cluster.assemble(topology.withRoot("/no/such/directory", false, ""), options))
                .isInstanceOf(ConfigException.class).hasMessageContaining("No such file or directory");
        assertThatThrownBy(() -> Cluster.assemble(topology.withRoot(directory.toString(), true, directory.toString()), options))
                .isInstanceOf(ConfigException.class).hasMessageContaining("either read-only or has an overlay");
    }

    @Test
    void whatWasWrittenIsReadBack() {
        Topology read = Topology.load(directory.toString());
        assertThat(read.nodes()).extracting(NodeSpec::name, NodeSpec::ramBytes).isEqualTo(
                Topology.load("1P-1M").nodes().stream().map(node -> org.assertj.core.groups.Tuple.tuple(node.name(), node.ramBytes())).toList());
        assertThat(read.nodes().get(0).config().toDotConfig()).isEqualTo(Topology.load("1P-1M").nodes().get(0).config().toDotConfig());
    }

    @Test
    void aBadValueIsNamedWithItsLine() throws IOException {
        edit("processor0.config", "^CONFIG_PCACHE_ASSOCIATIVITY_SHIFT=.*", "CONFIG_PCACHE_ASSOCIATIVITY_SHIFT=many");
        int line = Files.readAllLines(directory.resolve("processor0.config")).indexOf("CONFIG_PCACHE_ASSOCIATIVITY_SHIFT=many") + 1;
        assertRefused("processor0.config:" + line + ": ", "CONFIG_PCACHE_ASSOCIATIVITY_SHIFT", "expected a number", "'many'");
    }

    @Test
    void aLineThatIsNoneIsNamed() throws IOException {
        edit("memory0.config", "\\A", "what is this\n");
        assertRefused("memory0.config:1: expected CONFIG_NAME=value");
    }

    @Test
    void aSlipOfThePenIsNamedAndOptionsOfTheOriginalArePassedOver() throws IOException {
        edit("memory0.config", "^CONFIG_FIT_NR_QPS_PER_PAIR=.*", "CONFIG_FIT_NR_QPS_PER_PIAR=8\nCONFIG_HZ_1000=y");
        assertRefused("memory0.config:", "no option CONFIG_FIT_NR_QPS_PER_PIAR: is CONFIG_FIT_NR_QPS_PER_PAIR meant?");
        edit("memory0.config", "^CONFIG_FIT_NR_QPS_PER_PIAR=.*", "CONFIG_FIT_NR_QPS_PER_PAIR=8");
        Topology.load(directory.toString());
    }

    @Test
    void filesThatAreNoConfigurationsAreNamed() throws IOException {
        String missing = directory.resolve("none.config").toString();
        assertThatThrownBy(() -> Topology.load(missing)).isInstanceOf(ConfigException.class).hasMessage(missing + ": No such file or directory");
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertThatThrownBy(() -> Topology.load(empty.toString())).hasMessage(empty + ": there is no file 'topology' in it");
        Path garbage = Files.write(directory.resolve("garbage"), new byte[] {(byte) 0xff, 0, (byte) 0xc0});
        assertThatThrownBy(() -> Topology.load(garbage.toString())).hasMessage("cannot read " + garbage + ": it is not text");
    }

    @Test
    void aBadTopologyLineIsNamed() throws IOException {
        Files.writeString(directory.resolve("topology"), "# comment\nprocessor0 lots processor0.config\n");
        assertRefused("topology:2: 'lots' is not a size");
        Files.writeString(directory.resolve("topology"), "processor0 8G\n");
        assertRefused("topology:1: expected NAME RAM CONFIGFILE");
        Files.writeString(directory.resolve("topology"), "processor0 8G missing.config\n");
        assertRefused("missing.config", "No such file or directory");
        Files.writeString(directory.resolve("topology"), "# nobody\n");
        assertRefused("names no node");
    }

    @Test
    void nodesThatDoNotFitTogetherAreRefused() throws IOException {
        Files.writeString(directory.resolve("topology"), "a 8G processor0.config\na 8G memory0.config\n");
        assertRefused("two nodes are called a");
        Files.writeString(directory.resolve("topology"), "a/b 8G processor0.config\nm 8G memory0.config\n");
        assertRefused("node 'a/b': expected a name");
        Files.writeString(directory.resolve("topology"), "m 8G memory0.config\n");
        assertRefused("CONFIG_FIT_NR_NODES=2, but the topology has 1 nodes");
        Files.writeString(directory.resolve("topology"), "p 8G processor0.config\nm 900G memory0.config\n");
        assertRefused("m: RAM of 900G: expected 64M to 64G");
        Files.writeString(directory.resolve("topology"), "p 8G processor0.config\nm 1M memory0.config\n");
        assertRefused("m: RAM of 1M: expected 64M to 64G");
    }

    @Test
    void badLidsAndNodeIdsAreRefused() throws IOException {
        edit("memory0.config", "^CONFIG_FIT_LOCAL_ID=.*", "CONFIG_FIT_LOCAL_ID=0");
        assertRefused("memory0: CONFIG_FIT_LOCAL_ID=0 is another node's");
        edit("memory0.config", "^CONFIG_FIT_LOCAL_ID=.*", "CONFIG_FIT_LOCAL_ID=1");
        edit("memory0.config", "^CONFIG_FIT_NODE_LIDS=.*", "CONFIG_FIT_NODE_LIDS=\"1,x\"");
        assertRefused("memory0: CONFIG_FIT_NODE_LIDS=\"1,x\": expected 2 LIDs");
    }

    @Test
    void sizesOutOfRangeAreRefused() {
        Topology topology = Topology.load("1P-1M");
        assertThatThrownBy(() -> topology.withExcache(3 << 20)).isInstanceOf(ConfigException.class).hasMessageContaining("power of two from 128K to 16G");
        assertThatThrownBy(() -> topology.withExcache(1 << 10)).isInstanceOf(ConfigException.class).hasMessageContaining("1K");
        assertThatThrownBy(() -> topology.withMemoryRam(1 << 20)).isInstanceOf(ConfigException.class).hasMessageContaining("64M to 64G");
        assertThatThrownBy(() -> Sizes.parse("8Q", "--memory")).isInstanceOf(ConfigException.class).hasMessageContaining("'8Q' is not a size");
    }

    @Test
    void filesAndPortsThatCannotBeOpenedAreRefused() {
        Topology topology = Topology.load("1P-1M");
        assertThatThrownBy(() -> Cluster.assemble(topology, new ClusterOptions().serialDir(directory.resolve("topology"))))
                .isInstanceOf(ConfigException.class).hasMessageContaining("for serial logs: Not a directory");
        assertThatThrownBy(() -> Cluster.assemble(topology, new ClusterOptions().serialDir(directory).file("/x", directory)))
                .isInstanceOf(ConfigException.class).hasMessageContaining("not a regular file");
        assertThatThrownBy(() -> Cluster.assemble(topology, new ClusterOptions().serialDir(directory).serial("nobody:ttyS0", "none")))
                .isInstanceOf(ConfigException.class).hasMessageContaining("there is no node nobody");
        assertThatThrownBy(() -> Cluster.assemble(topology, new ClusterOptions().serialDir(directory).serial("memory0:ttyS1", "tcp:99999")))
                .isInstanceOf(ConfigException.class).hasMessageContaining("memory0: serial port tcp:99999");
    }
}
