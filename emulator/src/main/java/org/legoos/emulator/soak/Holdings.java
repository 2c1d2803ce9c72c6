package org.legoos.emulator.soak;

import java.util.Map;
import java.util.TreeMap;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.ClusterNode;
import org.legoos.kernel.counters.Gauge;

/** What a cluster holds at one moment, by "node/gauge"; and what the host holds for it. */
final class Holdings {
    private Holdings() {}

    static Map<String, Long> ofNodes(Cluster cluster) {
        Map<String, Long> holdings = new TreeMap<>();
        for (ClusterNode node : cluster.nodes()) {
            for (Gauge gauge : node.kernel().counters().gauges()) {
                holdings.put(node.name() + "/" + gauge.name(), gauge.value());
            }
        }
        return holdings;
    }

    /** With the host's; takes a full garbage collection. */
    static Map<String, Long> ofAll(Cluster cluster) {
        Map<String, Long> holdings = ofNodes(cluster);
        HostState.addTo(holdings);
        return holdings;
    }
}
