package org.legoos.emulator.stats;

import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.ClusterNode;
import org.legoos.kernel.counters.Counter;
import org.legoos.kernel.counters.Counters;
import org.legoos.kernel.counters.Gauge;
import org.legoos.kernel.counters.LatencyHistogram;

/** All counters, gauges and histograms of all nodes as JSON. */
public final class StatsReport {
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};

    private StatsReport() {}

    public static String of(Cluster cluster) {
        StringBuilder json = new StringBuilder("{\n");
        String separator = "";
        for (ClusterNode node : cluster.nodes()) {
            json.append(separator).append("  \"").append(node.name()).append("\": {\n");
            appendCounters(json, node.kernel().counters());
            appendGauges(json, node.kernel().counters());
            appendHistograms(json, node.kernel().counters());
            json.append("  }");
            separator = ",\n";
        }
        return json.append("\n}\n").toString();
    }

    private static void appendCounters(StringBuilder json, Counters counters) {
        json.append("    \"counters\": {");
        String separator = "\n";
        for (Counter counter : counters.counters()) {
            json.append(separator).append("      \"").append(counter.name()).append("\": ").append(counter.value());
            separator = ",\n";
        }
        json.append("\n    },\n");
    }

    private static void appendGauges(StringBuilder json, Counters counters) {
        json.append("    \"held\": {");
        String separator = "\n";
        for (Gauge gauge : counters.gauges()) {
            json.append(separator).append("      \"").append(gauge.name()).append("\": ").append(gauge.value());
            separator = ",\n";
        }
        json.append("\n    },\n");
    }

    private static void appendHistograms(StringBuilder json, Counters counters) {
        json.append("    \"latencies_ns\": {");
        String separator = "\n";
        for (LatencyHistogram histogram : counters.histograms()) {
            json.append(separator).append("      \"").append(histogram.name()).append("\": {\"count\": ").append(histogram.count());
            for (double percentile : PERCENTILES) {
                json.append(", \"").append(nameOf(percentile)).append("\": ").append(histogram.percentileNs(percentile));
            }
            json.append('}');
            separator = ",\n";
        }
        json.append("\n    }\n");
    }

    private static String nameOf(double percentile) {
        boolean isWhole = percentile == (int) percentile;
        return percentile == 100 ? "max" : "p" + (isWhole ? Integer.toString((int) percentile) : Double.toString(percentile));
    }
}
