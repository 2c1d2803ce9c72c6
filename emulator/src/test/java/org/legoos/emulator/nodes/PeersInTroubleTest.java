package org.legoos.emulator.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.ClusterOptions;
import org.legoos.emulator.cluster.ConfigException;
import org.legoos.emulator.cluster.NodeMissingException;
import org.legoos.emulator.cluster.NodeSpec;
import org.legoos.emulator.cluster.Topology;

/**
 * Two nodes that are configured each for itself, as in two processes, and do not fit together: the processor gives up at once, with a
 * line that names the node, what is wrong and the option to change. They are in one JVM here, on UDP sockets all the same.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class PeersInTroubleTest {
    @TempDir
    Path directory;

    private final List<Thread> booting = new ArrayList<>();
    private Topology whole;

    @BeforeEach
    void writeTopology() throws Exception {
        whole = LegoProcesses.write(directory.resolve("topology"), Topology.load("1P-1M"));
    }

    private Cluster assemble(Topology part) {
        return Cluster.assemble(part, new ClusterOptions().serialDir(directory.resolve("serial")));
    }

    private Topology processor() {
        return whole.only(NodeSpec::isProcessor);
    }

    private Topology memory() {
        return whole.only(NodeSpec::isMemory);
    }

    private static Topology set(Topology topology, String name, String value) {
        return topology.mapConfigs(config -> config.with(name, value));
    }

    /** Boots a node beside; it ends when it is closed. */
    private void boots(Cluster cluster, AtomicReference<String> failure) {
        booting.add(Thread.ofPlatform().start(() -> {
            try {
                cluster.boot();
            } catch (ConfigException e) {
                failure.set(e.getMessage());
            }
        }));
    }

    @AfterEach
    void awaitAll() throws InterruptedException {
        for (Thread thread : booting) {
            thread.join();
        }
    }

    /** What the processor says of a memory node with that configuration. */
    private String complaintOver(Topology memory) {
        AtomicReference<String> ofMemory = new AtomicReference<>();
        try (Cluster other = assemble(memory); Cluster here = assemble(processor())) {
            boots(other, ofMemory);
            NodeMissingException why = catchThrowableOfType(NodeMissingException.class, here::boot);
            assertThat(why).hasMessageStartingWith("processor0: node 1 (memory0, LID 2, " + whole.addressOf(memory().nodes().getFirst()) + ") ");
            assertThat(ofMemory.get()).as("it waits on, for one that is mended").isNull();
            return why.getMessage().replaceFirst(".*?\\) ", "");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FIT_NR_QPS_PER_PAIR | 8                 | cannot join: it has CONFIG_FIT_NR_QPS_PER_PAIR=8, we have 12
            FIT_UDP_MTU         | 1024              | cannot join: it sends packets of 1024 bytes, we of 2048: give both the same CONFIG_FIT_UDP_MTU
            FIT_NODE_HOSTNAMES  | processor0,store  | cannot join: it calls itself store, but here it is memory0 (CONFIG_FIT_NODE_HOSTNAMES): \
            is its topology another?
            """)
    void aPeerThatIsConfiguredOtherwise(String option, String value, String complaint) {
        assertThat(complaintOver(set(memory(), option, value))).isEqualTo(complaint);
    }

    @Test
    void aPeerOfALargerCluster() {
        Topology larger = set(set(set(set(memory(), "FIT_NR_NODES", "3"), "FIT_NODE_LIDS", "1,2,3"),
                "FIT_NODE_HOSTNAMES", "processor0,memory0,memory1"), "FIT_NODE_ADDRESSES",
                whole.addressOf(processor().nodes().getFirst()) + "," + whole.addressOf(memory().nodes().getFirst()) + ",127.0.0.1:1");
        assertThat(complaintOver(larger)).isEqualTo("cannot join: it has CONFIG_FIT_NR_NODES=3, we have 2");
    }

    @Test
    void aPeerThatSaysItIsAnother() {
        String[] addresses = {whole.addressOf(processor().nodes().getFirst()), whole.addressOf(memory().nodes().getFirst())};
        Topology wrong = set(set(set(memory(), "FIT_LOCAL_ID", "0"), "FIT_NODE_LIDS", "2,1"), "FIT_NODE_ADDRESSES",
                addresses[1] + "," + addresses[0]);
        assertThat(complaintOver(wrong))
                .isEqualTo("cannot join: it says that it is node 0 (CONFIG_FIT_LOCAL_ID): is its address that of another?");
    }

    @Test
    void aPeerAtAnotherAddressThanWeThink() throws Exception {
        String other = "127.0.0.1:" + FreePorts.onLoopback(1).getFirst().getPort();
        Topology misled = set(set(processor(), "FIT_NODE_ADDRESSES", whole.addressOf(processor().nodes().getFirst()) + "," + other),
                "FIT_INITIAL_SLEEP_TIMEOUT", "5");
        AtomicReference<String> ofMemory = new AtomicReference<>();
        try (Cluster there = assemble(memory())) {
            boots(there, ofMemory);
            try (Cluster here = assemble(misled)) {
                assertThatThrownBy(here::boot).isInstanceOf(NodeMissingException.class)
                        .hasMessage("processor0: node 1 (memory0, LID 2, " + other + ") did not join within 5 s: nothing was heard of it, "
                                + "but packets came from " + whole.addressOf(memory().nodes().getFirst())
                                + ", which CONFIG_FIT_NODE_ADDRESSES does not name");
            }
        }
    }

    @Test
    void anAddressThatIsTakenOrOfAnotherHost() {
        String address = whole.addressOf(memory().nodes().getFirst());
        try (Cluster first = assemble(memory())) {
            assertThat(first.nodes()).hasSize(1);
            assertThatThrownBy(() -> assemble(memory())).isInstanceOf(ConfigException.class).hasMessage("memory0: cannot bind UDP " + address
                    + ": Address already in use: another program has it, or another node has CONFIG_FIT_LOCAL_ID=1, too");
        }
        Topology far = set(memory(), "FIT_NODE_ADDRESSES", "127.0.0.1:4791,192.0.2.7:4791"); // RFC 5737: nobody's
        assertThatThrownBy(() -> assemble(far)).isInstanceOf(ConfigException.class)
                .hasMessage("memory0: CONFIG_FIT_NODE_ADDRESSES says that this node, CONFIG_FIT_LOCAL_ID=1, is at 192.0.2.7, "
                        + "but that is no address of this host");
    }
}
