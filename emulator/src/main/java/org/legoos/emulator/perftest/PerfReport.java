package org.legoos.emulator.perftest;

/** Results of tests between two of our nodes, in the form of the perftest package's programs. */
final class PerfReport {
    private PerfReport() {}

    static String header(PerfPlan plan, PerfAddress local, PerfAddress remote, String wire) {
        boolean isLatency = plan.kind() == PerfPlan.Kind.LAT;
        PerfBanner banner = new PerfBanner(plan.verb().title + (isLatency ? " Latency" : " BW"), false, 1, "RC", true)
                .with("TX depth", plan.depth());
        if (!isLatency) {
            banner.with("CQ Moderation", PerfLoops.SIGNAL_EVERY);
        }
        return String.join("\n", banner.withMtu(plan.mtuBytes(), wire).end("none"),
                " local " + local.show(), " remote " + remote.show(), PerfFormat.RULE);
    }

    static String latency(PerfPlan plan, long[] ns) {
        return String.join("\n", PerfFormat.LATENCY_HEAD, PerfFormat.latency(plan.sizeBytes(), ns.length, ns), PerfFormat.RULE);
    }

    static String bandwidth(PerfPlan plan, long[] times) {
        double best = Double.MAX_VALUE;
        for (int i = 1; i < times.length; i++) {
            best = Math.min(best, times[i] - times[i - 1]);
        }
        double seconds = (times[10] - times[0]) / 1e9;
        return String.join("\n", PerfFormat.BANDWIDTH_HEAD, PerfFormat.bandwidth(PerfFormat.Bandwidth.of(plan.sizeBytes(), plan.iterations(),
                best / (plan.iterations() / 10.0), seconds)), PerfFormat.RULE);
    }
}
