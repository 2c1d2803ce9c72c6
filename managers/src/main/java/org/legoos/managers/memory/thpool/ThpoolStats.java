package org.legoos.managers.memory.thpool;

/**
 * How long requests waited for a worker: the original's COUNTER_THPOOL, 40 bins of 5 microseconds. Guarded by the
 * pool's ring.
 */
final class ThpoolStats {
    private static final int BINS = 40;
    private static final long BIN_NS = 5_000;

    private final long[] bins = new long[BINS];
    private int queued;
    private int maxQueued;
    private long requests;
    private long totalNs;
    private long maxNs;
    private long minNs = Long.MAX_VALUE;

    void queued(int nowQueued) {
        queued = nowQueued;
        maxQueued = Math.max(maxQueued, nowQueued);
    }

    void taken(long waitedNs, int leftQueued) {
        queued = leftQueued;
        requests++;
        totalNs += waitedNs;
        maxNs = Math.max(maxNs, waitedNs);
        minNs = Math.min(minNs, waitedNs);
        bins[Math.clamp(waitedNs / BIN_NS, 0, BINS - 1)]++;
    }

    String report() {
        long averageNs = requests == 0 ? 0 : totalNs / requests;
        long shortestNs = requests == 0 ? 0 : minNs;
        StringBuilder text = new StringBuilder();
        text.append("max_queued %d current_queued %d requests %d%n".formatted(maxQueued, queued, requests));
        text.append("queueing ns: total %d avg %d max %d min %d%n".formatted(totalNs, averageNs, maxNs, shortestNs));
        for (int i = 0; i < BINS; i++) {
            long percent = requests == 0 ? 0 : bins[i] * 100 / requests;
            text.append("[%6d, %6d) %3d%%%n".formatted(i * BIN_NS, (i + 1) * BIN_NS, percent));
        }
        return text.toString();
    }
}
