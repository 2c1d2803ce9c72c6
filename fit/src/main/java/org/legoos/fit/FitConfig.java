package org.legoos.fit;

import java.util.List;
import org.legoos.kernel.kconfig.KConfig;

/**
 * FIT's part of the .config, checked as a whole.
 *
 * @param statelessNode the storage node, which may die and start anew while the others go on, or {@link #NONE}
 * @param lids LID of each node; @param hostNames name of each node
 */
record FitConfig(int localId, int nodeCount, int firstQpn, int qpsPerPair, int maxOutstandingSends, long maxTimeoutNs,
        long joinTimeoutNs, int statelessNode, List<String> hostNames, List<Integer> lids, List<String> addresses) {
    private static final int NONE = -1;

    static FitConfig of(KConfig config) {
        int nodes = config.integer("FIT_NR_NODES");
        List<String> names = List.of(config.string("FIT_NODE_HOSTNAMES").split(","));
        List<Integer> lids = java.util.Arrays.stream(config.string("FIT_NODE_LIDS").split(",")).map(String::trim).map(Integer::decode).toList();
        int local = config.integer("FIT_LOCAL_ID");
        if (names.size() < nodes || lids.size() < nodes) {
            throw new IllegalArgumentException("CONFIG_FIT_NODE_HOSTNAMES and CONFIG_FIT_NODE_LIDS must name all "
                    + nodes + " nodes of CONFIG_FIT_NR_NODES");
        }
        if (local >= nodes) {
            throw new IllegalArgumentException("CONFIG_FIT_LOCAL_ID=" + local + " is not below CONFIG_FIT_NR_NODES=" + nodes);
        }
        return new FitConfig(local, nodes, config.integer("FIT_FIRST_QPN"), config.integer("FIT_NR_QPS_PER_PAIR"),
                config.integer("FIT_MAX_OUTSTANDING_SEND"), config.integer("FIT_MAX_RPC_TIMEOUT_SEC") * 1_000_000_000L,
                config.integer("FIT_INITIAL_SLEEP_TIMEOUT") * 1_000_000_000L,
                config.bool("USE_RAMFS") ? NONE : config.integer("DEFAULT_STORAGE_NODE"), names, lids,
                List.of(config.string("FIT_NODE_ADDRESSES").split(",")));
    }

    /** Name, LID and, where nodes are in several processes, address of a node, for messages. */
    String whereIs(int node) {
        String known = hostNames.get(node) + ", LID " + lids.get(node);
        return addresses.size() < nodeCount ? known : known + ", " + addresses.get(node).strip();
    }

    /** Position of a peer among the QPs of a node: peers in ascending order, the node itself left out. */
    static int slotOf(int peer, int onNode) {
        return peer < onNode ? peer : peer - 1;
    }

    /** QPN that {@code onNode} uses for its i-th QP towards {@code peer}. */
    int qpn(int onNode, int peer, int i) {
        return firstQpn + slotOf(peer, onNode) * qpsPerPair + i;
    }

    /** QPN of the datagram QP for joining: before all connected ones, so that nodes which disagree on their number can say so. */
    int helloQpn() {
        return firstQpn - 1;
    }
}
