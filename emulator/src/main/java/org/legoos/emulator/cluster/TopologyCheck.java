package org.legoos.emulator.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.legoos.kernel.kconfig.KConfig;

/** Everything about a topology that can be said before a machine is made. */
final class TopologyCheck {
    private static final long RAM_MIN_BYTES = 64L << 20;
    private static final long RAM_MAX_BYTES = 64L << 30;

    private TopologyCheck() {}

    /** A ConfigException says what does not fit together. */
    static void check(Topology topology, ClusterOptions options) {
        Set<String> names = new HashSet<>();
        Set<Integer> ids = new HashSet<>();
        boolean isPart = !topology.nodes().isEmpty() && UdpCabling.isAskedFor(topology.nodes().getFirst().config());
        int processors = 0;
        int memories = 0;
        for (NodeSpec node : topology.nodes()) {
            checkNode(node, isPart ? node.config().integer("FIT_NR_NODES") : topology.nodes().size());
            if (!names.add(node.name())) {
                throw new ConfigException("topology " + topology.name() + ": two nodes are called " + node.name());
            }
            if (!ids.add(node.nodeId())) {
                throw new ConfigException(node.name() + ": CONFIG_FIT_LOCAL_ID=" + node.nodeId() + " is another node's");
            }
            processors += node.isProcessor() ? 1 : 0;
            memories += node.isMemory() ? 1 : 0;
        }
        if (!isPart && (processors == 0 || memories == 0)) {
            throw new ConfigException("topology " + topology.name() + ": expected a processor node and a memory node, there is no "
                    + (processors == 0 ? "node with CONFIG_COMP_PROCESSOR=y" : "node with CONFIG_COMP_MEMORY=y"));
        }
        checkPorts(names, options.serialPorts());
    }

    private static void checkNode(NodeSpec node, int nodeCount) {
        String name = node.name();
        KConfig config = node.config();
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new ConfigException("node '" + name + "': expected a name of letters, digits, '.', '_' and '-'");
        }
        if (node.ramBytes() < RAM_MIN_BYTES || node.ramBytes() > RAM_MAX_BYTES) {
            throw new ConfigException(name + ": RAM of " + Sizes.format(node.ramBytes()) + ": expected 64M to 64G");
        }
        int roles = (node.isProcessor() ? 1 : 0) + (node.isMemory() ? 1 : 0) + (node.isStorage() ? 1 : 0);
        if (roles != 1) {
            throw new ConfigException(name + ": expected one of CONFIG_COMP_PROCESSOR=y, CONFIG_COMP_MEMORY=y and CONFIG_COMP_STORAGE=y");
        }
        checkRoot(name, node);
        if (config.integer("FIT_NR_NODES") != nodeCount) {
            throw new ConfigException(name + ": CONFIG_FIT_NR_NODES=" + config.integer("FIT_NR_NODES")
                    + ", but the topology has " + nodeCount + " nodes");
        }
        if (node.nodeId() < 0 || node.nodeId() >= nodeCount) {
            throw new ConfigException(name + ": CONFIG_FIT_LOCAL_ID=" + node.nodeId() + ": expected 0 to " + (nodeCount - 1));
        }
        checkLids(name, config.string("FIT_NODE_LIDS"), nodeCount);
    }

    /** A storage node needs directories of the host that are there. */
    private static void checkRoot(String name, NodeSpec node) {
        String root = node.config().string("STORAGE_ROOT");
        String overlay = node.config().string("STORAGE_OVERLAY");
        if (!node.isStorage()) {
            return;
        }
        if (root.isEmpty()) {
            throw new ConfigException(name + ": CONFIG_STORAGE_ROOT is empty: --root names the directory of the host that programs see");
        }
        for (String directory : overlay.isEmpty() ? new String[] {root} : new String[] {root, overlay}) {
            Path path = Path.of(directory);
            if (!Files.isDirectory(path) || !Files.isReadable(path) || !Files.isExecutable(path)) {
                throw new ConfigException(name + ": " + directory + ": " + (!Files.exists(path) ? "No such file or directory"
                        : Files.isDirectory(path) ? "Permission denied" : "Not a directory"));
            }
        }
        if (!overlay.isEmpty() && node.config().bool("STORAGE_READ_ONLY")) {
            throw new ConfigException(name + ": a root is either read-only or has an overlay");
        }
    }

    private static void checkLids(String name, String lids, int nodeCount) {
        String[] words = lids.split(",");
        boolean isGood = words.length >= nodeCount;
        for (String word : words) {
            isGood &= word.strip().matches("[0-9]{1,5}|0[xX][0-9a-fA-F]{1,4}") && Integer.decode(decimal(word.strip())) < 0xc000
                    && Integer.decode(decimal(word.strip())) > 0;
        }
        if (!isGood) {
            throw new ConfigException(name + ": CONFIG_FIT_NODE_LIDS=\"" + lids + "\": expected " + nodeCount
                    + " LIDs from 1 to 49151, separated by commas");
        }
    }

    /** Leading zeros are no octal numbers here. */
    private static String decimal(String word) {
        return word.matches("0[0-9]+") ? word.replaceFirst("^0+(?=.)", "") : word;
    }

    private static void checkPorts(Set<String> names, Map<String, String> ports) {
        for (String port : ports.keySet()) {
            String node = port.replaceFirst(":.*", "");
            if (!names.contains(node)) {
                throw new ConfigException("serial port " + port + ": there is no node " + node + "; nodes are "
                        + String.join(", ", new java.util.TreeSet<>(names)));
            }
        }
    }
}
