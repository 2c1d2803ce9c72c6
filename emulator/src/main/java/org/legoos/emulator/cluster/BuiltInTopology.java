package org.legoos.emulator.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.legoos.kernel.kconfig.KConfig;

/**
 * Topologies that need no files: so many processors, memory nodes and at most one storage node. Processor i has memory node
 * i modulo their number as the home of its processes.
 */
final class BuiltInTopology {
    /** For people. */
    static final String FORM = "1P-1M, 1P-1M-1S and others with up to 8P, 8M and 1S";

    private static final Pattern NAME = Pattern.compile("([1-8])P-([1-8])M(-1S)?");

    /** A storage node needs memory for its receive rings and workers only: the host caches its files. */
    private static final long STORAGE_RAM_BYTES = 512L << 20;

    private static final String STORAGE_WORKERS = "4";
    /** They wait for the storage node. */
    private static final String MEMORY_WORKERS = "4";

    private final String name;
    private final int processors;
    private final int memories;
    private final boolean hasStorage;

    private BuiltInTopology(String name, int processors, int memories, boolean hasStorage) {
        this.name = name;
        this.processors = processors;
        this.memories = memories;
        this.hasStorage = hasStorage;
    }

    /** Null when the name is no such topology's. */
    static Topology named(String name) {
        Matcher matcher = NAME.matcher(name);
        return !matcher.matches() ? null : new BuiltInTopology(name, Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)), matcher.group(3) != null).build();
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        IntStream.range(0, processors).forEach(i -> names.add("processor" + i));
        IntStream.range(0, memories).forEach(i -> names.add("memory" + i));
        if (hasStorage) {
            names.add("storage0");
        }
        return names;
    }

    private Topology build() {
        List<String> names = names();
        KConfig common = KConfig.defaults().with("FIT_NR_NODES", "" + names.size())
                .with("FIT_NODE_HOSTNAMES", String.join(",", names))
                .with("FIT_NODE_LIDS", IntStream.rangeClosed(1, names.size()).mapToObj(Integer::toString).collect(Collectors.joining(",")));
        if (hasStorage) {
            common = common.with("USE_RAMFS", "n").with("MEM_PAGE_CACHE", "y").with("MEM_PREFETCH", "y");
        }
        List<NodeSpec> nodes = new ArrayList<>();
        for (int id = 0; id < names.size(); id++) {
            nodes.add(node(id, names.get(id), common.with("FIT_LOCAL_ID", "" + id)));
        }
        return new Topology(name, List.copyOf(nodes));
    }

    private NodeSpec node(int id, String nodeName, KConfig common) {
        int memory = id < processors ? processors + id % memories : Math.min(id, processors + memories - 1);
        KConfig config = common.with("DEFAULT_MEM_NODE", "" + memory)
                .with("DEFAULT_STORAGE_NODE", "" + (hasStorage ? processors + memories : memory));
        if (id < processors) {
            return new NodeSpec(nodeName, Topology.DEFAULT_RAM_BYTES, config.with("COMP_PROCESSOR", "y").with("CMDLINE", Topology.DEFAULT_MEMMAP));
        }
        if (id < processors + memories) {
            KConfig ofMemory = config.with("COMP_MEMORY", "y");
            return new NodeSpec(nodeName, Topology.DEFAULT_RAM_BYTES, hasStorage ? ofMemory.with("THPOOL_NR_WORKERS", MEMORY_WORKERS) : ofMemory);
        }
        return new NodeSpec(nodeName, STORAGE_RAM_BYTES, config.with("COMP_STORAGE", "y").with("THPOOL_NR_WORKERS", STORAGE_WORKERS));
    }
}
