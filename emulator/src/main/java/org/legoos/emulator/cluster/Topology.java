package org.legoos.emulator.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.legoos.kernel.kconfig.KConfig;
import org.legoos.kernel.kconfig.KConfigParser;

/**
 * The nodes of a cluster. A topology is built in by name ({@link BuiltInTopology}), or read from a directory that
 * holds a file {@code topology} with one line for each node, in order of node id:
 * <pre>
 *   # name      RAM  configuration
 *   processor0  8G   processor0.config
 *   memory0     8G   memory0.config
 * </pre>
 */
public record Topology(String name, List<NodeSpec> nodes) {
    /** Default ExCache reservation of a processor, as in the original's sample: half of it becomes lines. */
    static final String DEFAULT_MEMMAP = "memmap=4G$4G";

    /** Files live in the memory node. */
    public static final String IN_MEMORY = "1P-1M";

    /** Files live on a storage node. */
    public static final String WITH_STORAGE = "1P-1M-1S";

    static final long DEFAULT_RAM_BYTES = 8L << 30;
    private static final long EXCACHE_START = 4L << 30;
    private static final long MEMORY_RAM_BYTES_MIN = 64L << 20;
    private static final long MEMORY_RAM_BYTES_MAX = 64L << 30;

    /** The topology of that name or directory; a ConfigException says what is wrong. */
    public static Topology load(String nameOrDirectory) {
        Topology builtIn = BuiltInTopology.named(nameOrDirectory);
        if (builtIn != null) {
            return builtIn;
        }
        Path directory = Path.of(nameOrDirectory);
        if (Files.isRegularFile(directory)) {
            return ofOneNode(directory);
        }
        if (Files.isRegularFile(directory.resolve("topology"))) {
            return read(directory);
        }
        if (Files.exists(directory) || nameOrDirectory.contains("/")) {
            throw new ConfigException(directory + ": " + (Files.isDirectory(directory) ? "there is no file 'topology' in it"
                    : Files.exists(directory) ? "not a file" : "No such file or directory"));
        }
        throw new ConfigException("no topology '" + nameOrDirectory + "': built in are " + BuiltInTopology.FORM
                + "; or name a directory with a file 'topology', or a .config");
    }

    /** The one node that a .config describes; the others are elsewhere. */
    private static Topology ofOneNode(Path file) {
        KConfig config = parseConfig(file);
        String[] names = config.string("FIT_NODE_HOSTNAMES").split(",");
        int id = config.integer("FIT_LOCAL_ID");
        if (id >= names.length) {
            throw new ConfigException(file + ": CONFIG_FIT_NODE_HOSTNAMES has no name for node " + id);
        }
        return new Topology(names[id].strip(), List.of(new NodeSpec(names[id].strip(), DEFAULT_RAM_BYTES, config)));
    }

    /** Nodes of one topology in processes of their own: the same, each with all their addresses (HOST:PORT). */
    public Topology withAddresses(List<String> addresses) {
        return mapConfigs(config -> config.with(UdpCabling.OPTION, String.join(",", addresses)));
    }

    /** Only the nodes that fit; the others are in other processes. */
    public Topology only(Predicate<NodeSpec> wanted) {
        return new Topology(name, nodes.stream().filter(wanted).toList());
    }

    /** HOST:PORT of a node, as the configuration has it. */
    public String addressOf(NodeSpec node) {
        return node.config().string(UdpCabling.OPTION).split(",")[node.nodeId()].strip();
    }

    /** Does it say where nodes in other processes are? */
    public boolean isOnUdp() {
        return UdpCabling.isAskedFor(nodes.getFirst().config());
    }

    /**
     * Storage nodes with a directory of the host as their files.
     *
     * @param overlay where changes go instead, or empty
     */
    public Topology withRoot(String directory, boolean isReadOnly, String overlay) {
        return new Topology(name, nodes.stream().map(node -> !node.isStorage() ? node : node.withConfig(node.config()
                .with("STORAGE_ROOT", directory).with("STORAGE_READ_ONLY", isReadOnly ? "y" : "n").with("STORAGE_OVERLAY", overlay)))
                .toList());
    }

    public boolean hasStorage() {
        return nodes.stream().anyMatch(NodeSpec::isStorage);
    }

    private static Topology read(Path directory) {
        Path file = directory.resolve("topology");
        List<NodeSpec> nodes = new ArrayList<>();
        int number = 0;
        for (String line : readText(file).split("\n", -1)) {
            number++;
            String text = line.replaceFirst("#.*", "").strip();
            if (!text.isEmpty()) {
                nodes.add(readNode(directory, file + ":" + number, text));
            }
        }
        if (nodes.isEmpty()) {
            throw new ConfigException(file + ": names no node");
        }
        return new Topology(directory.getFileName().toString(), List.copyOf(nodes));
    }

    private static NodeSpec readNode(Path directory, String where, String text) {
        String[] words = text.split("\\s+");
        if (words.length != 3) {
            throw new ConfigException(where + ": expected NAME RAM CONFIGFILE");
        }
        long ram = Sizes.parse(words[1], where);
        return new NodeSpec(words[0], ram, parseConfig(directory.resolve(words[2])));
    }

    private static KConfig parseConfig(Path file) {
        try {
            return KConfigParser.parse(file.toString(), readText(file));
        } catch (KConfigParser.KConfigException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    private static String readText(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ConfigException("cannot read " + file + ": " + HostErrors.reason(e));
        }
    }

    /** Writes the topology in the form that {@link #load} reads. */
    public void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        StringBuilder lines = new StringBuilder("# name  RAM  configuration\n");
        for (NodeSpec node : nodes) {
            String file = node.name() + ".config";
            lines.append(node.name()).append("  ").append(Sizes.format(node.ramBytes())).append("  ").append(file).append('\n');
            Files.writeString(directory.resolve(file), node.config().toDotConfig());
        }
        Files.writeString(directory.resolve("topology"), lines.toString());
    }

    /** Every node's configuration changed. */
    public Topology mapConfigs(Function<KConfig, KConfig> change) {
        return new Topology(name, nodes.stream().map(node -> node.withConfig(change.apply(node.config()))).toList());
    }

    /** Processor nodes with an ExCache of that many bytes of lines (a power of two from 128K to 16G). */
    public Topology withExcache(long lineBytes) {
        if (Long.bitCount(lineBytes) != 1 || lineBytes < 128 << 10 || lineBytes > 16L << 30) {
            throw new ConfigException("an ExCache of " + Sizes.format(lineBytes) + ": expected a power of two from 128K to 16G");
        }
        long reserved = 2 * lineBytes;
        return new Topology(name, nodes.stream().map(node -> node.isProcessor() ? withReservation(node, reserved) : node).toList());
    }

    private static NodeSpec withReservation(NodeSpec node, long reservedBytes) {
        String others = node.config().string("CMDLINE").replaceAll("(^|\\s)memmap=\\S+", "").strip();
        String memmap = "memmap=" + Sizes.format(reservedBytes) + "$" + Sizes.format(EXCACHE_START);
        return node.withConfig(node.config().with("CMDLINE", others.isEmpty() ? memmap : others + " " + memmap))
                .withRam(Math.max(node.ramBytes(), EXCACHE_START + reservedBytes));
    }

    /** Memory nodes with that much RAM. */
    public Topology withMemoryRam(long ramBytes) {
        if (ramBytes < MEMORY_RAM_BYTES_MIN || ramBytes > MEMORY_RAM_BYTES_MAX) {
            throw new ConfigException("a memory node of " + Sizes.format(ramBytes) + ": expected "
                    + Sizes.format(MEMORY_RAM_BYTES_MIN) + " to " + Sizes.format(MEMORY_RAM_BYTES_MAX));
        }
        return new Topology(name, nodes.stream().map(node -> node.isMemory() ? node.withRam(ramBytes) : node).toList());
    }
}
