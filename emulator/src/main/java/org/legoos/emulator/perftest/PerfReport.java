package org.legoos.emulator.perftest;

import java.util.Arrays;

/** Results in the form of the perftest package's programs. */
final class PerfReport {
    private static final String RULE = "-".repeat(87);
    private static final double MIB = 1 << 20;

    private PerfReport() {}

    static String header(PerfPlan plan, PerfAddress local, PerfAddress remote, String wire) {
        String kind = plan.kind() == PerfPlan.Kind.LAT ? "Latency" : "BW";
        String depth = plan.kind() == PerfPlan.Kind.LAT ? "TX depth" : "CQ Moderation";
        return String.join("\n",
                RULE,
                " ".repeat(20) + plan.verb().title + " " + kind + " Test",
                " Dual-port       : OFF\t\tDevice         : mlx4_0",
                " Number of qps   : 1\t\tTransport type : IB",
                " Connection type : RC\t\tUsing SRQ      : OFF",
                " " + pad(depth) + ": " + (plan.kind() == PerfPlan.Kind.LAT ? plan.depth() : 16),
                " Mtu             : " + plan.mtuBytes() + "[B]",
                " Link type       : " + wire,
                " rdma_cm QPs\t : OFF",
                RULE,
                " local " + local.show(),
                " remote " + remote.show(),
                RULE);
    }

    private static String pad(String name) {
        return String.format("%-16s", name);
    }

    static String latency(PerfPlan plan, long[] ns) {
        Arrays.sort(ns);
        double sum = 0;
        for (long each : ns) {
            sum += each;
        }
        double mean = sum / ns.length;
        double squares = 0;
        for (long each : ns) {
            squares += (each - mean) * (each - mean);
        }
        return " #bytes #iterations    t_min[usec]    t_max[usec]  t_typical[usec]    t_avg[usec]    t_stdev[usec]"
                + "   99% percentile[usec]   99.9% percentile[usec]\n"
                + String.format(" %-7d %-14d %-14.2f %-14.2f %-16.2f %-14.2f %-15.2f %-22.2f %.2f", plan.sizeBytes(), ns.length, ns[0] / 1e3,
                        ns[ns.length - 1] / 1e3, at(ns, 0.5), mean / 1e3, Math.sqrt(squares / ns.length) / 1e3, at(ns, 0.99), at(ns, 0.999))
                + "\n" + RULE;
    }

    private static double at(long[] sorted, double quantile) {
        return sorted[(int) (quantile * (sorted.length - 1))] / 1e3;
    }

    static String bandwidth(PerfPlan plan, long[] times) {
        double seconds = (times[10] - times[0]) / 1e9;
        double best = Double.MAX_VALUE;
        for (int i = 1; i < times.length; i++) {
            best = Math.min(best, (times[i] - times[i - 1]) / 1e9);
        }
        double bytes = (double) plan.sizeBytes() * plan.iterations();
        double messages = plan.iterations() / seconds / 1e6;
        return " #bytes     #iterations    BW peak[MB/sec]    BW average[MB/sec]   MsgRate[Mpps]\n"
                + String.format(" %-10d %-14d %-18.2f %-20.2f %.6f", plan.sizeBytes(), plan.iterations(),
                        bytes / 10 / best / MIB, bytes / seconds / MIB, messages)
                + "\n" + RULE;
    }
}
