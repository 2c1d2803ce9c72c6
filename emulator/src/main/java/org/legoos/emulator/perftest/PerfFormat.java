package org.legoos.emulator.perftest;

import java.util.Arrays;
import java.util.Locale;

/** Results in the very form of the perftest package's programs (25.01), tabs and all, for whoever reads theirs. */
public final class PerfFormat {
    public static final String RULE = "-".repeat(87);
    public static final String LATENCY_HEAD = " #bytes #iterations    t_min[usec]    t_max[usec]  t_typical[usec]    t_avg[usec]"
            + "    t_stdev[usec]   99% percentile[usec]   99.9% percentile[usec] ";
    public static final String BANDWIDTH_HEAD = " #bytes     #iterations    BW peak[MiB/sec]    BW average[MiB/sec]   MsgRate[Mpps]";
    private static final double US_NS = 1e3;

    private PerfFormat() {}

    /**
     * A line of the latency table.
     *
     * @param iterations as asked for; @param ns of each message, in any order; sorted here
     */
    public static String latency(long sizeBytes, int iterations, long[] ns) {
        Arrays.sort(ns);
        double mean = Arrays.stream(ns).average().orElse(0);
        double variance = Arrays.stream(ns).mapToDouble(each -> (each - mean) * (each - mean)).average().orElse(0);
        return String.format(Locale.ROOT, " %-7d %d          %-7.2f        %-7.2f      %-7.2f  \t       %-7.2f     \t%-7.2f\t\t%-7.2f \t\t%-7.2f",
                sizeBytes, iterations, ns[0] / US_NS, ns[ns.length - 1] / US_NS, at(ns, 0.5), mean / US_NS, Math.sqrt(variance) / US_NS,
                at(ns, 0.99), at(ns, 0.999));
    }

    private static double at(long[] sorted, double quantile) {
        return sorted[(int) Math.ceil(quantile * (sorted.length - 1))] / US_NS;
    }

    /** A line of the bandwidth table. */
    public static String bandwidth(Bandwidth result) {
        return String.format(Locale.ROOT, " %-7d    %-10d       %-7.2f            %-7.2f\t\t     %-7.6f", result.sizeBytes(), result.iterations(),
                result.peakMibS(), result.averageMibS(), result.messagesMpps());
    }

    /**
     * What a bandwidth test measured.
     *
     * @param iterations messages of all queue pairs; @param peakMibS 0: not measured
     */
    public record Bandwidth(long sizeBytes, long iterations, double peakMibS, double averageMibS, double messagesMpps) {
        private static final double MIB = 1 << 20;

        public static Bandwidth of(long sizeBytes, long iterations, double peakNsPerMessage, double seconds) {
            double peak = peakNsPerMessage == 0 ? 0 : sizeBytes / MIB / (peakNsPerMessage / 1e9);
            return new Bandwidth(sizeBytes, iterations, peak, sizeBytes * iterations / MIB / seconds, iterations / seconds / 1e6);
        }

        /** Of both directions at once. */
        public Bandwidth plus(Bandwidth other) {
            return new Bandwidth(sizeBytes, iterations, peakMibS + other.peakMibS, averageMibS + other.averageMibS,
                    messagesMpps + other.messagesMpps);
        }
    }
}
