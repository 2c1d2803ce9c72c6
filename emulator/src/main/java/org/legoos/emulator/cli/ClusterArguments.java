package org.legoos.emulator.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.legoos.emulator.cluster.ClusterOptions;
import org.legoos.emulator.cluster.ConfigException;
import org.legoos.emulator.cluster.GuestPaths;
import org.legoos.emulator.cluster.Sizes;
import org.legoos.emulator.cluster.Topology;
import org.legoos.kernel.kconfig.KConfig;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that shape the cluster, shared by all commands that start one. */
final class ClusterArguments {
    /** Seconds that nodes of a topology of ours wait for each other. */
    private static final String OWN_NODES_WAIT_S = "60";

    @Option(names = {"--topology", "--config"}, paramLabel = "NAME|DIR|FILE",
            description = "built-in topology, a directory made by 'lego defconfig', or one node's .config"
            + " (default: 1P-1M-1S with --root, else 1P-1M)")
    private String topology;

    @Mixin
    private RootArguments root;

    @Option(names = "--node", paramLabel = "NAME",
            description = "only this node is in this process, the others are where CONFIG_FIT_NODE_ADDRESSES says")
    private String node;

    @Option(names = "--excache", paramLabel = "SIZE",
            description = "size of the processor's ExCache, a power of two from 128K to 16G (default: 2G)")
    private String excache;

    @Option(names = "--memory", paramLabel = "SIZE", description = "RAM of a memory node, 64M to 64G (default: 8G)")
    private String memory;

    @Option(names = "--evict", paramLabel = "POLICY", description = "ExCache replacement policy: lru, fifo or random")
    private String policy;

    @Option(names = "--mechanism", paramLabel = "NAME", description = "eviction mechanism: write-protect, perset-list or victim")
    private String mechanism;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "set a configuration option on all nodes, e.g. PCACHE_ZEROFILL=n")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--aslr", description = "randomise the address space layout")
    private boolean aslr;

    @Option(names = "--serial-dir", paramLabel = "DIR", defaultValue = "serial",
            description = "directory of the serial logs NODE-ttySn.log (default: ${DEFAULT-VALUE})")
    private Path serialDir;

    @Option(names = "--serial", paramLabel = "NODE:ttySn=BACKEND",
            description = "wire a serial port to file:PATH, stdout, stderr, terminal, pty, tcp:[HOST:]PORT or none")
    private List<String> serial = new ArrayList<>();

    @Option(names = "--file", paramLabel = "HOSTFILE[:GUESTPATH]", description = "put a host file into the cluster's ramfs (repeatable)")
    private List<String> files = new ArrayList<>();

    @Option(names = "--pcap", paramLabel = "[NODE:]FILE",
            description = "record what all nodes send, or both directions of one node's link, for Wireshark (repeatable)")
    private List<String> captures = new ArrayList<>();

    @Option(names = "--vfio-user", paramLabel = "SOCKET",
            description = "serve a card for a QEMU guest on this socket, on the nodes' switch (repeatable)")
    private List<Path> guestCards = new ArrayList<>();

    @Option(names = "--ibsim", paramLabel = "PORT", arity = "0..1", fallbackValue = "7070", preprocessor = AttachedValue.class,
            description = "let infiniband-diags and opensm see the subnet, through libumad2sim (--ibsim=PORT; default: 7070)")
    private String ibsim;

    @Option(names = "--cpus", paramLabel = "N", defaultValue = "2", description = "cores that a node shows (default: ${DEFAULT-VALUE})")
    private int cpus;

    Topology topology() {
        Topology chosen = root.applyTo(Topology.load(topology != null ? topology
                : root.isGiven() ? Topology.WITH_STORAGE : Topology.IN_MEMORY));
        if (topology == null) {
            // Nobody chose how long to wait: all nodes are on this host, and a busy host is no reason to give up.
            chosen = chosen.mapConfigs(config -> config.with("FIT_INITIAL_SLEEP_TIMEOUT", OWN_NODES_WAIT_S));
        }
        if (excache != null) {
            chosen = chosen.withExcache(Sizes.parse(excache, "--excache"));
        }
        if (memory != null) {
            chosen = chosen.withMemoryRam(Sizes.parse(memory, "--memory"));
        }
        List<String> all = new ArrayList<>(settings);
        if (policy != null) {
            all.add(policyOption() + "=y");
        }
        if (mechanism != null) {
            all.add(mechanismOption() + "=y");
        }
        if (aslr) {
            all.add("RANDOMIZE_VA_SPACE=y");
        }
        for (String setting : all) {
            chosen = chosen.mapConfigs(config -> set(config, setting));
        }
        return node == null ? chosen : onlyNode(chosen);
    }

    private Topology onlyNode(Topology whole) {
        if (!whole.isOnUdp()) {
            throw new ConfigException("--node " + node + ": the topology says nothing of other processes; see 'lego defconfig --udp'");
        }
        Topology chosen = whole.only(each -> each.name().equals(node));
        if (chosen.nodes().isEmpty()) {
            throw new ConfigException("--node " + node + ": topology " + whole.name() + " has no such node");
        }
        return chosen;
    }

    private String policyOption() {
        return switch (policy) {
            case "lru" -> "PCACHE_EVICT_LRU";
            case "fifo" -> "PCACHE_EVICT_FIFO";
            case "random" -> "PCACHE_EVICT_RANDOM";
            default -> throw new ConfigException("--evict " + policy + ": expected lru, fifo or random");
        };
    }

    private String mechanismOption() {
        return switch (mechanism) {
            case "write-protect" -> "PCACHE_EVICTION_WRITE_PROTECT";
            case "perset-list" -> "PCACHE_EVICTION_PERSET_LIST";
            case "victim" -> "PCACHE_EVICTION_VICTIM";
            default -> throw new ConfigException("--mechanism " + mechanism + ": expected write-protect, perset-list or victim");
        };
    }

    private static KConfig set(KConfig config, String setting) {
        int equals = setting.indexOf('=');
        if (equals < 0) {
            throw new ConfigException("--set " + setting + ": expected NAME=VALUE");
        }
        String name = setting.substring(0, equals).replaceFirst("^CONFIG_", "");
        try {
            return config.with(name, setting.substring(equals + 1));
        } catch (IllegalArgumentException e) {
            throw new ConfigException("--set " + setting + ": " + e.getMessage());
        }
    }

    /** The root directory that was asked for. */
    RootArguments root() {
        return root;
    }

    ClusterOptions options() {
        ClusterOptions options = new ClusterOptions().serialDir(serialDir).cores(cpus);
        if (cpus < 1 || cpus > 64) {
            throw new ConfigException("--cpus " + cpus + ": expected 1 to 64");
        }
        if (ibsim != null) {
            options.ibsim(ibsimPort());
        }
        captures.forEach(capture -> addCapture(options, capture));
        guestCards.forEach(options::virtualMachineCard);
        for (String wiring : serial) {
            int equals = wiring.indexOf('=');
            if (equals < 0 || !wiring.substring(0, equals).matches("[^:]+:ttyS[01]")) {
                throw new ConfigException("--serial " + wiring + ": expected NODE:ttySn=BACKEND, e.g. memory0:ttyS1=stderr");
            }
            options.serial(wiring.substring(0, equals), wiring.substring(equals + 1));
        }
        if (root.isGiven() && !files.isEmpty()) {
            throw new ConfigException("--file puts files into the memory node; with --root they belong below that directory");
        }
        for (String file : files) {
            int colon = file.lastIndexOf(':');
            String host = colon < 0 ? file : file.substring(0, colon);
            options.file(colon < 0 ? GuestPaths.of(host) : file.substring(colon + 1), Path.of(host));
        }
        return options;
    }

    /** What stands before the first colon is a node if it can be one; a file of such a name is written as ./NAME:REST. */
    private static void addCapture(ClusterOptions options, String capture) {
        int colon = capture.indexOf(':');
        boolean namesNode = colon > 0 && capture.indexOf('/') < 0 || colon > 0 && capture.indexOf('/') > colon;
        options.capture(namesNode ? capture.substring(0, colon) : "", Path.of(namesNode ? capture.substring(colon + 1) : capture));
    }

    private int ibsimPort() {
        String port = ibsim.isEmpty() ? "7070" : ibsim;
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_525) {
            throw new ConfigException("--ibsim=" + port + ": expected a UDP port from 1 to 65525");
        }
        return Integer.parseInt(port);
    }
}
